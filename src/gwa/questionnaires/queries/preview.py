"""A form asked question by question in the back office, as a phone asks it; nothing is kept.

The walk begins again with each answer: what is asked next, among which answers and in which words
is computed by the same reading of the form that checks interviews.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from gwa.questionnaires.models import FormVersion
from gwa.questionnaires.queries.modules import modules_of
from gwa.questionnaires.queries.pages import pick
from gwa.questionnaires.queries.versions import form_of
from gwa.questionnaires.scenes import scene_for
from gwa.questionnaires.xform.definitions import FILES, Kind, Path, Question, Texts
from gwa.questionnaires.xform.filling import NotYet, Stopped, fill_form
from gwa.questionnaires.xform.filling.lists import read_list

_REFERENCE = re.compile(r"\$\{([\w.-]+)\}")
_BEFORE = dt.timedelta(minutes=30)
# How each kind is answered on the page; any other by a line of text.
_WIDGETS: Mapping[Kind, str] = {
    Kind.SELECT_ONE: "one",
    Kind.SELECT_MULTIPLE: "several",
    Kind.RANK: "several",
    Kind.INTEGER: "number",
    Kind.DECIMAL: "number",
    Kind.DATE: "date",
    Kind.TIME: "time",
    Kind.ACKNOWLEDGE: "acknowledge",
    **dict.fromkeys(FILES, "file"),
}


@dataclass(frozen=True, slots=True)
class Screen:
    """What the phone shows: texts to read, then a question with its answers."""

    key: str
    notes: tuple[str, ...]
    label: str
    hint: str
    widget: str
    choices: tuple[tuple[str, str], ...]
    is_required: bool
    is_refused: bool
    refusal: str


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered so far, by the place of each question; it waits for the others."""

    given: Mapping[str, str]

    @property
    def is_final(self) -> bool:
        """Tell that nobody answers in its place."""
        return True

    def answer(self, question: Question, numbers: tuple[int, ...]) -> str | None:
        """Return the answer, or wait for it."""
        key = key_of(question, numbers)
        if key not in self.given:
            raise NotYet
        return self.given[key]

    def rounds(self, path: Path) -> int | None:
        """Let there be one round where the form says no number."""
        return 1


def key_of(question: Question, numbers: Sequence[int]) -> str:
    """Name a question and its rounds: `roster/listing/name_said:2`."""
    rounds = ".".join(map(str, numbers))
    return "/".join(question.path) + (f":{rounds}" if rounds else "")


def next_screen(
    version: FormVersion, given: Mapping[str, str], *, language: str, now: dt.datetime
) -> Screen | None:
    """Return the first question that is not answered, or whose answer is refused; None at the end.

    The phone is one that knows the places and households of `questionnaires/scenes/files.yaml`, and
    the campaign asks every module.
    """
    modules = " ".join(one.code for one in modules_of(version))
    files = scene_for(version.form.code, modules=modules)["files"]
    lists = {name.removesuffix(".csv"): text for name, text in files.items()}
    try:
        fill_form(
            form_of(version),
            Answers(given),
            instance_id=UUID(int=version.pk),
            started=now - _BEFORE,
            ended=now,
            lists={name: read_list(name, text) for name, text in lists.items()},
        )
    except Stopped as stopped:
        return _draw(stopped, language)
    return None


def _draw(stopped: Stopped, language: str) -> Screen:
    question = stopped.question

    def say(texts: Texts) -> str:
        told = _REFERENCE.sub(lambda named: stopped.known.get(named[1], "…"), pick(texts, language))
        return told.replace("**", "")

    return Screen(
        key=key_of(question, stopped.numbers),
        notes=tuple(say(note.labels) for note in stopped.notes),
        label=say(question.labels) or question.name,
        hint=say(question.hints),
        widget=_WIDGETS.get(question.kind, "text"),
        choices=tuple((one.code, say(one.labels) or one.code) for one in stopped.offered or ()),
        is_required=stopped.is_required,
        is_refused=stopped.is_refused,
        refusal=say(question.constraint_messages) if stopped.is_refused else "",
    )
