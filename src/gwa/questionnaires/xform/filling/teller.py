"""Who answers a form, and what came of asking."""

from dataclasses import dataclass
from typing import Protocol

from gwa.questionnaires.xform.definitions import Path, Question


class Teller(Protocol):
    """Whoever is asked. `numbers` are the rounds, one for each repeat on the way, from 1."""

    def answer(self, question: Question, numbers: tuple[int, ...]) -> str | None:
        """Return the answer, blank where there is none; None to let one be drawn."""

    def rounds(self, path: Path) -> int | None:
        """Return how many rounds a repeat has that says no number; None to let it be drawn."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was asked or read aloud, and among how many answers."""

    question: Question
    choices: int = 0


@dataclass(frozen=True, slots=True)
class Filled:
    """An interview as a phone would send it, and all that was asked, in order.

    `unanswered` are required questions that nothing satisfied: `members[2]/age`.
    """

    xml: bytes
    asked: tuple[Asked, ...]
    unanswered: tuple[str, ...]
