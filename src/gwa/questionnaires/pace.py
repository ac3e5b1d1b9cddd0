"""How long an interview lasts: seconds of each kind of question, times the questions asked."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TypeAlias

import yaml
from django.conf import settings

from gwa.questionnaires.xform.definitions import FILES, Kind, Question
from gwa.questionnaires.xform.filling import Asked

Pace: TypeAlias = Mapping[str, float]
_KINDS = {
    Kind.NOTE: "note",
    Kind.SELECT_ONE: "select1",
    Kind.SELECT_MULTIPLE: "select",
    Kind.RANK: "select",
    **dict.fromkeys(FILES, "upload"),
}


@cache
def read_pace() -> Pace:
    """Return the seconds that each kind of question takes: `parameters/interview_pace.yaml`."""
    path = settings.BASE_DIR / "parameters" / "interview_pace.yaml"
    rules = yaml.safe_load(path.read_text(encoding="utf-8"))
    seconds: Pace = max(rules, key=lambda rule: rule["valid_from"])["seconds"]
    return seconds


def estimate_minutes(asked: Iterable[Asked]) -> float:
    """Estimate how long an interview lasts from the questions it asked."""
    pace = read_pace()
    return sum(_seconds_of(one.question, one.choices, pace) for one in asked) / 60


def _seconds_of(question: Question, choices: int, pace: Pace) -> float:
    label = question.labels.get("fr") or next(iter(question.labels.values()), "")
    return seconds_for(
        pace,
        kind=_KINDS.get(question.kind, "input"),
        data_type=question.data_type,
        choices=choices,
        words=len(label.split()),
    )


def seconds_for(pace: Pace, *, kind: str, data_type: str, choices: int, words: int) -> float:
    """Return the seconds that one question takes."""
    match kind:
        case "note":
            return pace["note_word"] * words
        case "select1":
            return pace["one"] if choices <= pace["few_choices"] else pace["one_of_many"]
        case "select":
            return pace["several"] + pace["several_choice"] * choices
        case "upload":
            return pace["file"]
    return float(pace.get(data_type, pace["text"]))
