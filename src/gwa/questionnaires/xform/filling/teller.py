"""Who answers a form, and what came of asking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from gwa.questionnaires.xform.definitions import Choice, Path, Question


class NotYet(Exception):
    """Whoever is asked wants to see the question first: the walk stops there."""


class Teller(Protocol):
    """Whoever is asked. `numbers` are the rounds, one for each repeat on the way, from 1.

    One who `is_final` is never replaced: an answer that the form refuses stops the walk.
    """

    @property
    def is_final(self) -> bool: ...

    def answer(self, question: Question, numbers: tuple[int, ...]) -> str | None:
        """Return the answer, blank where there is none; None to let one be drawn."""

    def rounds(self, path: Path) -> int | None:
        """Return how many rounds a repeat has that says no number; None to let it be drawn."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was asked or read aloud, and among how many answers."""

    question: Question
    choices: int = 0


class Stopped(Exception):
    """The walk stopped at a question. `is_refused`: an answer was given and does not do."""

    def __init__(
        self,
        question: Question,
        numbers: tuple[int, ...],
        *,
        offered: Sequence[Choice] | None,
        known: Mapping[str, str],
        notes: Sequence[Question],
        is_required: bool,
        is_refused: bool,
    ) -> None:
        self.question, self.numbers, self.offered = question, numbers, offered
        self.known, self.notes = known, notes
        self.is_required, self.is_refused = is_required, is_refused


@dataclass(frozen=True, slots=True)
class Filled:
    """An interview as a phone would send it, and all that was asked, in order.

    `unanswered` are required questions that nothing satisfied: `members[2]/age`.
    """

    xml: bytes
    asked: tuple[Asked, ...]
    unanswered: tuple[str, ...]
