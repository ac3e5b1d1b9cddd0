"""An interview as somebody reads it: questions with what was answered, round after round."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gwa.accounts.models import User
from gwa.common.ids import read_uuid
from gwa.questionnaires.models import FormVersion
from gwa.questionnaires.queries.versions import form_of
from gwa.questionnaires.rules.deriving import HOUSEHOLDS
from gwa.questionnaires.xform.definitions import Form, Kind, Path, Question, Texts
from gwa.questionnaires.xform.faults import Fault
from gwa.questionnaires.xform.instance import Instance, Round, read_instance
from gwa.registry.columns import right_to_read
from gwa.registry.models import Household
from gwa.submissions.models import DraftCopy, Original, Submission
from gwa.variables.queries import read_dictionary
from gwa.zones.models import Zone

_SILENT = frozenset({Kind.HIDDEN, Kind.NOTE})
# The lists whose codes are those of zones.
_PLACES = frozenset({"zones", "communes"})
_PICKED = _PLACES | {HOUSEHOLDS}
_REFERENCE = re.compile(r"\$\{([\w.-]+)\}")


@dataclass(frozen=True, slots=True)
class Answer:
    """One question and its answer; masked where the reader lacks the right.

    `path` is where it stands in the instance, as telephones write it: `/data/members[2]/age`.
    """

    question: str
    text: str
    path: str
    is_masked: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an interview: what is outside the repeats, or one round."""

    title: str
    answers: tuple[Answer, ...]


def read_answers(submission: Submission, reader: User, language: str) -> list[Part]:
    """Return the interview part by part; empty where the original is no interview of its form."""
    original = Original.objects.filter(pk=submission.pk).first()
    if original is None:
        return []
    return _read(original.xml, submission.form_version, reader, language)


def read_copy(draft: DraftCopy, reader: User, language: str) -> list[Part]:
    """Return an interview that is not finished, part by part."""
    return _read(draft.xml, draft.form_version, reader, language)


def _read(xml: bytes, version: FormVersion, reader: User, language: str) -> list[Part]:
    instance = read_instance(xml, form_of(version))
    if isinstance(instance, Fault):
        return []
    masked = _masked(version, reader)
    return list(_parts(_Telling(instance, masked, language, _name_rows(instance, reader))))


def _name_rows(instance: Instance, reader: User) -> dict[str, str]:
    """What the answers name that were picked from the telephone's lists: places, households."""
    lists = {one.path: one.choice_list for one in instance.form.questions if one.choice_list}
    picked: dict[str, set[str]] = {}
    for path, text in instance.household.answers.items():
        picked.setdefault(lists.get(path, ""), set()).add(text)
    codes = {code for name in _PLACES for code in picked.get(name, ())}
    keys = [key for code in picked.get(HOUSEHOLDS, ()) if (key := read_uuid(code))]
    homes = Household.objects.visible_to(reader).filter(pk__in=keys)
    return {
        **dict(Zone.objects.filter(code__in=codes).values_list("code", "name")),
        **{str(home.pk): home.shown_number for home in homes},
    }


def _masked(version: FormVersion, reader: User) -> frozenset[str]:
    """The properties that the reader may not see."""
    meaning = version.dictionary_version
    if meaning is None:
        return frozenset()
    return frozenset(
        variable.name
        for variable in read_dictionary(meaning).variables
        if (right := right_to_read(variable)) and not reader.has_right(right)
    )


@dataclass(frozen=True, slots=True)
class _Telling:
    """An interview, and what is needed to put it into words."""

    instance: Instance
    masked: frozenset[str]
    language: str
    # What codes of the telephone's lists stand for.
    named: Mapping[str, str]

    @property
    def form(self) -> Form:
        return self.instance.form


def _parts(telling: _Telling) -> Iterator[Part]:
    form, household = telling.form, telling.instance.household
    yield Part(_("Ménage"), _answers(telling, household, ()))
    names = {one.numbers: one.label for one in telling.instance.entities() if one.numbers}
    for group in form.groups:
        if not group.is_repeat:
            continue
        for one in _rounds(form, household, group.path):
            label = _pick(group.labels, telling.language) or group.path[-1]
            number = ".".join(map(str, one.numbers))
            name = names.get(one.numbers, "")
            title = f"{label} {number} · {name}" if name else f"{label} {number}"
            yield Part(title, _answers(telling, one, group.path))


def _rounds(form: Form, outer: Round, path: Path) -> Iterator[Round]:
    """Go through all rounds of a repeat, those of the repeats around it first."""
    above = [group.path for group in form.groups if group.is_repeat and group.path != path]
    around = max((one for one in above if path[: len(one)] == one), key=len, default=None)
    if around is None:
        yield from outer.rounds(*path)
        return
    for one in _rounds(form, outer, around):
        yield from one.rounds(*path)


def _answers(telling: _Telling, one: Round, repeat: Path) -> tuple[Answer, ...]:
    found = one.answers
    known = {path[-1]: text for path, text in telling.instance.household.answers.items()}
    known |= {path[-1]: text for path, text in found.items()}
    return tuple(
        Answer(
            _fill(_pick(question.labels, telling.language) or question.name, known),
            "" if question.save_to in telling.masked else _say(telling, question, text),
            _reference(telling.form, question.path, one.numbers),
            question.save_to in telling.masked,
        )
        for question in telling.form.questions
        if question.repeat == repeat
        and question.kind not in _SILENT
        and (text := found.get(question.path, ""))
    )


def _reference(form: Form, path: Path, numbers: tuple[int, ...]) -> str:
    """Write a place with the round of each repeat on the way to it."""
    repeats = {group.path for group in form.groups if group.is_repeat}
    rounds = iter(numbers)
    steps = [
        f"{name}[{next(rounds)}]" if path[: place + 1] in repeats else name
        for place, name in enumerate(path)
    ]
    return "/".join(("", form.root, *steps))


def _fill(label: str, known: Mapping[str, str]) -> str:
    """Put into a question the answers that it names, as the telephone did when it was asked."""
    return _REFERENCE.sub(lambda named: known.get(named[1], "…"), label).replace("**", "")


def _say(telling: _Telling, question: Question, text: str) -> str:
    """Write choices by their labels, places by their names, a point without what nobody reads."""
    if question.kind == Kind.GEOPOINT:
        return ", ".join(text.split()[:2])
    if question.choice_list in _PICKED and text in telling.named:
        return telling.named[text]
    offered = telling.form.choices_of(question)
    labels = {choice.code: _pick(choice.labels, telling.language) for choice in offered}
    if question.kind == Kind.SELECT_ONE:
        return labels.get(text) or text
    if question.kind == Kind.SELECT_MULTIPLE:
        return ", ".join(labels.get(code) or code for code in text.split())
    return text


def _pick(texts: Texts, language: str) -> str:
    return texts.get(language) or texts.get("fr") or next(iter(texts.values()), "")
