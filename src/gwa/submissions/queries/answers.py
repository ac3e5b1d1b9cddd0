"""An interview as somebody reads it: questions with what was answered, round after round."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gwa.accounts.models import User
from gwa.questionnaires.queries.versions import form_of
from gwa.questionnaires.xform.definitions import Form, Kind, Path, Question, Texts
from gwa.questionnaires.xform.faults import Fault
from gwa.questionnaires.xform.instance import Instance, Round, read_instance
from gwa.registry.columns import right_to_read
from gwa.submissions.models import Original, Submission
from gwa.variables.queries import read_dictionary

_SILENT = frozenset({Kind.HIDDEN, Kind.NOTE})


@dataclass(frozen=True, slots=True)
class Answer:
    """One question and its answer; masked where the reader lacks the right."""

    question: str
    text: str
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
    instance = read_instance(original.xml, form_of(submission.form_version))
    if isinstance(instance, Fault):
        return []
    return list(_parts(instance, _masked(submission, reader), language))


def _masked(submission: Submission, reader: User) -> frozenset[str]:
    """The properties that the reader may not see."""
    version = submission.form_version.dictionary_version
    if version is None:
        return frozenset()
    return frozenset(
        variable.name
        for variable in read_dictionary(version).variables
        if (right := right_to_read(variable)) and not reader.has_right(right)
    )


def _parts(instance: Instance, masked: frozenset[str], language: str) -> Iterator[Part]:
    form = instance.form
    yield Part(_("Ménage"), _answers(form, instance.household, (), masked, language))
    for group in form.groups:
        if not group.is_repeat:
            continue
        for one in _rounds(form, instance.household, group.path):
            label = _pick(group.labels, language) or group.path[-1]
            number = ".".join(map(str, one.numbers))
            yield Part(f"{label} {number}", _answers(form, one, group.path, masked, language))


def _rounds(form: Form, outer: Round, path: Path) -> Iterator[Round]:
    """Go through all rounds of a repeat, those of the repeats around it first."""
    above = [group.path for group in form.groups if group.is_repeat and group.path != path]
    around = max((one for one in above if path[: len(one)] == one), key=len, default=None)
    if around is None:
        yield from outer.rounds(*path)
        return
    for one in _rounds(form, outer, around):
        yield from one.rounds(*path)


def _answers(
    form: Form, one: Round, repeat: Path, masked: frozenset[str], language: str
) -> tuple[Answer, ...]:
    found = one.answers
    return tuple(
        Answer(
            _pick(question.labels, language) or question.name,
            "" if question.save_to in masked else _say(form, question, text, language),
            question.save_to in masked,
        )
        for question in form.questions
        if question.repeat == repeat
        and question.kind not in _SILENT
        and (text := found.get(question.path, ""))
    )


def _say(form: Form, question: Question, text: str, language: str) -> str:
    """Write choices by their labels, a point without what nobody reads."""
    if question.kind == Kind.GEOPOINT:
        return ", ".join(text.split()[:2])
    labels = {choice.code: _pick(choice.labels, language) for choice in form.choices_of(question)}
    if question.kind == Kind.SELECT_ONE:
        return labels.get(text) or text
    if question.kind == Kind.SELECT_MULTIPLE:
        return ", ".join(labels.get(code) or code for code in text.split())
    return text


def _pick(texts: Texts, language: str) -> str:
    return texts.get(language) or texts.get("fr") or next(iter(texts.values()), "")
