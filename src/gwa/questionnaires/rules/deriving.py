"""The variable dictionary that follows from a form: what it adds, and what it may not change.

A form never takes anything out of the dictionary: other forms ask it, and old answers stay. A
variable whose type would change is refused, because old answers would lie.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from gwa.questionnaires.xform.definitions import Choice, Form, Kind, Question
from gwa.variables.rules.content import NAME
from gwa.variables.rules.definitions import (
    CODED,
    ChoiceDefinition,
    Dictionary,
    Labels,
    Level,
    SectionDefinition,
    ValueType,
    VariableDefinition,
)

HOUSEHOLDS, PERSONS = "menages", "personnes"
LEVELS: Mapping[str, Level] = {HOUSEHOLDS: Level.HOUSEHOLD, PERSONS: Level.PERSON}
"""The entity lists that the registry keeps, and whom each describes."""

_YES_NO = frozenset({"yes", "no"})
_LONGEST_LABEL = 200
_REFERENCE = re.compile(r"\$\{[^}]*\}|\*\*|__")
_TYPES: Mapping[Kind, frozenset[ValueType]] = {
    Kind.TEXT: frozenset({ValueType.TEXT}),
    Kind.BARCODE: frozenset({ValueType.TEXT}),
    Kind.INTEGER: frozenset({ValueType.INTEGER}),
    Kind.DECIMAL: frozenset({ValueType.DECIMAL}),
    Kind.DATE: frozenset({ValueType.DATE, ValueType.YEAR_MONTH}),
    Kind.DATETIME: frozenset({ValueType.DATE}),
    Kind.SELECT_ONE: frozenset({ValueType.CHOICE, ValueType.BOOLEAN, ValueType.TEXT}),
    Kind.SELECT_MULTIPLE: frozenset({ValueType.CHOICES}),
    Kind.ACKNOWLEDGE: frozenset({ValueType.BOOLEAN}),
    # A calculation gives what the variable takes; its values are checked at each interview.
    Kind.HIDDEN: frozenset(ValueType),
}


class RefusalKind(StrEnum):
    """Why a form cannot be published; `words.say_refusal` has the sentence of each."""

    SAVES_NOTHING = "saves_nothing"
    TYPE_CHANGED = "type_changed"
    LEVEL_CHANGED = "level_changed"
    KIND_NOT_KEPT = "kind_not_kept"
    BAD_NAME = "bad_name"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One question that cannot be saved as the form says."""

    kind: RefusalKind
    question: str = ""
    variable: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Derived:
    """The dictionary with the form's variables, what came to it, and what is refused."""

    dictionary: Dictionary
    added: tuple[VariableDefinition, ...]
    choices_added: Mapping[str, tuple[str, ...]]
    refused: tuple[Refusal, ...]

    @property
    def changes_nothing(self) -> bool:
        """Tell whether the dictionary in force says everything already."""
        return not (self.added or self.choices_added)


def derive(form: Form, current: Dictionary, known: frozenset[str]) -> Derived:
    """Read the variables of a form. `known`: the registry's own columns, which are no variables."""
    added: dict[str, VariableDefinition] = {}
    choices: dict[str, tuple[ChoiceDefinition, ...]] = {}
    refused: list[Refusal] = []
    if not any(entity.dataset in LEVELS for entity in form.entities):
        refused.append(Refusal(RefusalKind.SAVES_NOTHING))
    for question, level in _saved(form):
        before = current.by_name.get(question.save_to)
        # A point is where the household lives, which the registry keeps in columns of its own.
        if question.kind == Kind.GEOPOINT or (before is None and question.save_to in known):
            continue
        if before is None:
            made = _make(question, level, form)
            if isinstance(made, Refusal):
                refused.append(made)
            else:
                added[made.name] = made
            continue
        offered = form.choices_of(question)
        refusal = _refuse(question, offered, level, before)
        if refusal is not None:
            refused.append(refusal)
        elif new := _new_choices(offered, before):
            choices[before.name] = new
    return Derived(
        dictionary=_widen(current, added, choices),
        added=tuple(added.values()),
        choices_added={name: tuple(c.code for c in new) for name, new in choices.items()},
        refused=tuple(refused),
    )


def _saved(form: Form) -> Iterator[tuple[Question, Level]]:
    levels = {one.repeat: LEVELS[one.dataset] for one in form.entities if one.dataset in LEVELS}
    for question in form.questions:
        if question.save_to and question.repeat in levels:
            yield question, levels[question.repeat]


def _refuse(
    question: Question, offered: Sequence[Choice], level: Level, before: VariableDefinition
) -> Refusal | None:
    if before.level != level:
        return Refusal(
            RefusalKind.LEVEL_CHANGED, question.name, before.name, before.level, level.value
        )
    if before.type not in _TYPES.get(question.kind, frozenset()):
        return Refusal(
            RefusalKind.TYPE_CHANGED, question.name, before.name, before.type, question.kind
        )
    if question.kind == Kind.SELECT_ONE and before.type == ValueType.BOOLEAN:
        codes = {choice.code for choice in offered}
        if not codes <= _YES_NO:
            return Refusal(
                RefusalKind.TYPE_CHANGED, question.name, before.name, before.type, question.kind
            )
    return None


def _make(question: Question, level: Level, form: Form) -> VariableDefinition | Refusal:
    """A variable that the dictionary does not know yet: sensitive until somebody says otherwise."""
    if not NAME.fullmatch(question.save_to):
        return Refusal(RefusalKind.BAD_NAME, question.name, question.save_to)
    offered = form.choices_of(question)
    codes = {choice.code for choice in offered}
    kinds = _TYPES.get(question.kind, frozenset())
    if not kinds or question.kind == Kind.HIDDEN:
        after = question.kind
        return Refusal(RefusalKind.KIND_NOT_KEPT, question.name, question.save_to, "", after)
    if question.kind == Kind.SELECT_ONE:
        kind = ValueType.BOOLEAN if codes and codes <= _YES_NO else ValueType.CHOICE
    elif question.kind == Kind.DATE and "month-year" in question.appearance:
        kind = ValueType.YEAR_MONTH
    else:
        kind = next(iter(kinds - {ValueType.YEAR_MONTH}))
    return VariableDefinition(
        name=question.save_to,
        section=_section_name(question),
        level=level,
        type=kind,
        labels=_labels(question.labels, question.name),
        choices=_choices(offered) if kind in CODED else (),
        decimals=2 if kind == ValueType.DECIMAL else 0,
        sensitive=True,
    )


def _choices(offered: Sequence[Choice]) -> tuple[ChoiceDefinition, ...]:
    return tuple(
        ChoiceDefinition(choice.code, _labels(choice.labels, choice.code)) for choice in offered
    )


def _new_choices(
    offered: Sequence[Choice], before: VariableDefinition
) -> tuple[ChoiceDefinition, ...]:
    if before.type not in CODED:
        return ()
    known = set(before.codes())
    return tuple(choice for choice in _choices(offered) if choice.code not in known)


def _labels(texts: Labels, otherwise: str) -> Labels:
    """Words without what only the telephone fills in; the languages that a reader always finds."""
    plain = {lang: _plain(text) for lang, text in texts.items() if _plain(text)}
    french = plain.get("fr") or plain.get("") or next(iter(plain.values()), otherwise)
    kept = {lang: text for lang, text in plain.items() if lang in ("fr", "en", "bm")}
    return {"fr": french, "en": french, **kept}


def _plain(text: str) -> str:
    return " ".join(_REFERENCE.sub("", text).split()).strip(" .:–-")[:_LONGEST_LABEL]


def _section_name(question: Question) -> str:
    return question.path[0] if len(question.path) > 1 else "other"


def _widen(
    current: Dictionary,
    added: Mapping[str, VariableDefinition],
    choices: Mapping[str, tuple[ChoiceDefinition, ...]],
) -> Dictionary:
    if not (added or choices):
        return current
    variables = tuple(
        replace(one, choices=(*one.choices, *choices[one.name])) if one.name in choices else one
        for one in current.variables
    )
    names = {section.name for section in current.sections}
    sections = [
        SectionDefinition(name, _section_labels(name))
        for name in dict.fromkeys(one.section for one in added.values())
        if name not in names
    ]
    return replace(
        current,
        number=current.number + 1,
        sections=(*current.sections, *sections),
        variables=(*variables, *added.values()),
    )


def _section_labels(name: str) -> Labels:
    words = name.replace("_", " ").capitalize()
    return {"fr": words, "en": words}
