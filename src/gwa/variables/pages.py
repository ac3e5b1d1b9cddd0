"""What the screens say of a variable, its history and the difference between two versions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gwa.common.display import Change, Fact, StoryEvent
from gwa.common.text import fold
from gwa.variables.errors import explain_refusal, say_ages
from gwa.variables.queries import Step
from gwa.variables.rules.comparison import Aspect, Comparison, Difference
from gwa.variables.rules.definitions import (
    ChoiceDefinition,
    Dictionary,
    Labels,
    Level,
    SectionDefinition,
    Storage,
    ValueType,
    VariableDefinition,
    pick,
)
from gwa.variables.rules.display import format_number
from gwa.variables.rules.mappings import Change as MappingChange
from gwa.variables.rules.mappings import Recode, VersionMapping
from gwa.variables.words import ASPECTS, LANGUAGES, LEVELS, MAPPINGS, TYPES

TO_REVIEW = "to_review"


def read_language() -> str:
    """Return the reader's language."""
    return get_language() or "fr"


@dataclass(frozen=True, slots=True)
class Text:
    """A label in one language, and whether a speaker has reviewed it."""

    language: str
    code: str
    text: str
    is_reviewed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One variable in a list."""

    name: str
    label: str
    level: str
    form: str
    is_sensitive: bool
    is_in_registry: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    """One section in a list, with the variables that answer the search."""

    section: SectionDefinition
    label: str
    note: str
    rows: tuple[Row, ...]


def list_chapters(
    dictionary: Dictionary, *, words: str = "", section: str = "", level: Level | None = None
) -> list[Chapter]:
    """List the sections with the variables in which every word begins one, in any spelling."""
    wanted = fold(words).split()
    chapters = []
    for found, variables in dictionary.by_section(level=level):
        rows = tuple(_row(one) for one in variables if _matches(one, wanted))
        if rows and section in ("", found.name):
            note = pick(found.note, read_language())
            chapters.append(Chapter(found, found.label(read_language()), note, rows))
    return chapters


def _matches(variable: VariableDefinition, wanted: list[str]) -> bool:
    texts = [variable.name, *variable.labels.values()]
    texts += [text for choice in variable.choices for text in choice.labels.values()]
    searched = f" {fold(' '.join(texts))}"
    return all(f" {word}" in searched for word in wanted)


def _row(variable: VariableDefinition) -> Row:
    return Row(
        name=variable.name,
        label=variable.label(read_language()),
        level=str(LEVELS[variable.level]),
        form=_say_form(variable),
        is_sensitive=variable.sensitive,
        is_in_registry=variable.storage == Storage.REGISTRY,
    )


def _say_form(variable: VariableDefinition) -> str:
    unit = pick(variable.unit, read_language())
    return f"{TYPES[variable.type]} ({unit})" if unit else str(TYPES[variable.type])


def list_facts(variable: VariableDefinition, dictionary: Dictionary) -> list[Fact]:
    """Say everything of a variable but its labels and its choices."""
    language = read_language()
    section = dictionary.sections_by_name[variable.section]
    is_answer = variable.storage == Storage.ANSWERS
    facts = [
        Fact(_("Décrit"), LEVELS[variable.level]),
        Fact(_("Section"), section.label(language)),
        Fact(_("Type"), TYPES[variable.type]),
        Fact(_("Unité"), pick(variable.unit, language)),
        Fact(_("Limites"), _say_range((variable.minimum, variable.maximum))),
        Fact(_("Quand la demander"), _say_when(variable)),
        Fact(_("À redemander"), _say_refresh(section)),
        Fact(_("Donnée sensible"), _("oui") if variable.sensitive else _("non")),
        Fact(
            _("Où elle est gardée"),
            _("parmi les réponses") if is_answer else _("sur la fiche elle-même"),
        ),
        Fact(_("Remarque"), pick(variable.note, language)),
    ]
    return [fact for fact in facts if fact.is_known]


def _say_range(limits: tuple[Decimal | None, Decimal | None]) -> str:
    language = read_language()
    low, high = (format_number(limit, language) if limit is not None else "" for limit in limits)
    if low and high:
        return _("de %(low)s à %(high)s") % {"low": low, "high": high}
    if low:
        return _("au moins %(low)s") % {"low": low}
    return _("au plus %(high)s") % {"high": high} if high else ""


def _say_when(variable: VariableDefinition) -> str:
    ages = (variable.from_age, variable.to_age)
    said = [pick(variable.relevance, read_language())]
    if not said[0] and ages != (None, None):
        said = [_("Personnes %(ages)s") % {"ages": say_ages(*ages)}]
    everybody = {
        Level.HOUSEHOLD: _("à tous les ménages"),
        Level.PERSON: _("à toutes les personnes"),
    }
    return said[0] or everybody[variable.level]


def _say_refresh(section: SectionDefinition) -> str:
    if section.refresh_months is None:
        return _("jamais")
    return _("après %(months)s mois") % {"months": section.refresh_months}


def list_texts(labels: Labels, dictionary: Dictionary) -> list[Text]:
    """List a label in each language of the dictionary that has it."""
    return [
        Text(
            str(LANGUAGES[code]),
            code,
            text,
            dictionary.languages.get(code) != TO_REVIEW,
        )
        for code in LANGUAGES
        if (text := labels.get(code))
    ]


def tell_history(steps: Iterable[Step]) -> list[StoryEvent]:
    """Tell the history of a variable, newest first."""
    return [
        StoryEvent(
            at=step.version.published_at or step.version.created_at,
            title=_say_step(step),
            changes=list_changes(step.differences),
        )
        for step in reversed(list(steps))
    ]


def _say_step(step: Step) -> str:
    version = _("Version %(number)s") % {"number": step.version.number}
    said = [say_mapping(change) for change in step.changes]
    if step.is_new and not said:
        said = [_("ajoutée")]
    elif step.definition is None and not said:
        said = [_("retirée")]
    elif not said:
        said = [_("modifiée")]
    draft = f" ({step.version.get_status_display()})" if step.version.is_draft else ""
    return f"{version}{draft} : {' ; '.join(said)}"


def say_mapping(change: MappingChange) -> str:
    """Say in words what became of a variable."""
    targets = " », « ".join(output.target for output in change.outputs)
    facts = {"source": change.source, "targets": targets, "codes": _say_codes(change)}
    return str(MAPPINGS[change.kind]) % facts


def _say_codes(change: MappingChange) -> str:
    """Say which old choice became which new one."""
    pairs = (
        (old, new if new is not None else _("sans réponse"))
        for output in change.outputs
        if isinstance(output.transform, Recode)
        for old, new in output.transform.table.items()
    )
    return ", ".join(f"{old} → {new}" for old, new in pairs if old != new)


def list_changes(differences: Iterable[Difference]) -> list[Change]:
    """Write differences as values before and after."""
    return [
        Change(
            ASPECTS[difference.aspect],
            _say_side(difference.aspect, difference.before),
            _say_side(difference.aspect, difference.after),
        )
        for difference in differences
    ]


def _say_side(aspect: Aspect, side: object) -> str:
    match aspect, side:
        case _, None:
            return ""
        case _, ChoiceDefinition():
            return f"{side.label(read_language())} ({side.code})"
        case _, ValueType():
            return str(TYPES[side])
        case _, Level():
            return str(LEVELS[side])
        case _, bool():
            return _("oui") if side else _("non")
        case Aspect.RANGE, ((Decimal() | None) as low, (Decimal() | None) as high):
            return _say_range((low, high)) or _("sans limite")
        case Aspect.AGES, ((int() | None) as youngest, (int() | None) as oldest):
            return say_ages(youngest, oldest) or _("tous les âges")
        case Aspect.RELEVANCE, (Mapping() as relevance, Mapping() as note):
            return " ".join(filter(None, (_say_labels(relevance), _say_labels(note)))) or "—"
        case _, Mapping():
            return _say_labels(side) or "—"
        case _:
            return str(side)


def _say_labels(labels: Labels) -> str:
    """Write a text in every language: a change in one of them must show."""
    return " / ".join(labels[code] for code in LANGUAGES if code in labels)


def describe_comparison(found: Comparison, mapping: VersionMapping) -> dict[str, object]:
    """Lay out a comparison for its page."""
    return {
        "comparison": found,
        "refusals": [explain_refusal(refusal) for refusal in found.refused],
        "added": [_row(variable) for variable in found.added],
        "removed": [
            (
                _row(variable),
                say_mapping(mapping[variable.name]) if variable.name in mapping else "",
            )
            for variable in found.removed
        ],
        "changed": [
            (_row(change.after), list_changes(change.differences)) for change in found.changed
        ],
        "mappings": [say_mapping(change) for change in mapping.values()],
    }
