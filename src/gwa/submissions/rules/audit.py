"""How an interview went: ODK Collect's `audit.csv`, which our own telephone writes too.

Places of questions and instants, never an answer.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

NAME = "audit.csv"
_MOST = 20_000
_QUESTION, _LANGUAGE, _CONFIRMED = "question", "language", "confirmed"
_LEAVING = "form exit"
# Nobody touched the telephone for longer than this: the interview stood still.
_STILL_MS = 10 * 60_000


@dataclass(frozen=True, slots=True)
class Step:
    """One line: what was done, at which question, from when (milliseconds) until when."""

    event: str
    node: str
    start: int
    end: int


@dataclass(slots=True)
class Chapter:
    """What was done in one part of the form."""

    spent_ms: int = 0
    answered: set[str] = field(default_factory=set)
    changes: int = 0
    is_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """How an interview went. `pauses` are instants and lengths; chapters are in order."""

    active_ms: int
    pauses: tuple[tuple[int, int], ...]
    languages: int
    chapters: dict[str, Chapter]


def read_audit(text: str) -> list[Step]:
    """Read the lines that say when; what is written otherwise is passed over."""
    steps = []
    for row in islice(csv.DictReader(text.splitlines()), _MOST):
        start = _number(row.get("start"))
        if row.get("event") and start is not None:
            end = _number(row.get("end"))
            steps.append(Step(row["event"], row.get("node") or "", start, max(end or 0, start)))
    return sorted(steps, key=lambda one: one.start)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.strip().isdecimal() else None


def tell_course(steps: Sequence[Step], parts: Iterable[str]) -> Course:
    """Sum the steps up by the parts of the form, named by their places; `""` is what lies outside.

    Time belongs to the question that ended it: until it was answered, it was asked.
    """
    places = sorted(parts, key=len, reverse=True)
    chapters: dict[str, Chapter] = {}
    pauses: list[tuple[int, int]] = []
    for before, step in pairwise([Step("", "", steps[0].start, 0), *steps] if steps else []):
        gap = step.start - max(before.start, before.end)
        is_pause = before.event == _LEAVING or gap > _STILL_MS
        if is_pause and gap > 0:
            _add_pause(pauses, before.start, gap)
        chapter = chapters.setdefault(_part_of(step.node, places), Chapter())
        chapter.spent_ms += (step.end - step.start) + (0 if is_pause else max(gap, 0))
        if step.event == _QUESTION:
            chapter.changes += step.node in chapter.answered
            chapter.answered.add(step.node)
        chapter.is_confirmed |= step.event == _CONFIRMED
    return Course(
        active_ms=sum(one.spent_ms for one in chapters.values()),
        pauses=tuple(pauses),
        languages=sum(one.event == _LANGUAGE for one in steps),
        chapters=chapters,
    )


def _add_pause(pauses: list[tuple[int, int]], start: int, length: int) -> None:
    """Add a pause, or make the last one longer where it goes on."""
    if pauses and sum(pauses[-1]) == start:
        start, length = pauses[-1][0], pauses.pop()[1] + length
    pauses.append((start, length))


def _part_of(node: str, places: Sequence[str]) -> str:
    plain = re.sub(r"\[\d+\]", "", node)
    return next((one for one in places if f"{plain}/".startswith(f"{one}/")), "")
