"""Answers by the name of the question, and those of each round of a repeat by its name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gwa.questionnaires.xform.definitions import Path, Question


@dataclass(frozen=True, slots=True)
class Scene:
    """A household as it answers; what it does not say is drawn."""

    answers: Mapping[str, object] = field(default_factory=dict)
    lines: Mapping[str, Sequence[Mapping[str, object]]] = field(default_factory=dict)

    def answer(self, question: Question, numbers: tuple[int, ...]) -> str | None:
        """Return what the round says, else what the household says."""
        said = self.answers.get(question.name)
        if question.repeat:
            rounds = self.lines.get(question.repeat[-1], ())
            own = rounds[numbers[-1] - 1] if numbers[-1] <= len(rounds) else {}
            said = own.get(question.name, said)
        return None if said is None else str(said)

    def rounds(self, path: Path) -> int | None:
        """Return how many rounds it speaks of."""
        return len(self.lines[path[-1]]) if path[-1] in self.lines else None
