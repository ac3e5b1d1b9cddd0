"""The lists of answers: those of the dictionary, and the few that only a form needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gwa.questionnaires.authoring.texts import SourceFault, Text
from gwa.variables.rules.definitions import Labels, VariableDefinition

YES_NO = "yes_no"
# What the codes of the dictionary's booleans are called in a form.
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a list: its code, its label, and columns that filters and formulas read."""

    code: str
    label: Text
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class AnswerLists:
    """The lists of a form by name; the same answers are never listed twice."""

    reviewed: Mapping[str, str]
    lists: dict[str, tuple[Answer, ...]] = field(default_factory=dict)

    def of_variable(self, variable: VariableDefinition) -> str:
        """Return the name of the list of a variable's choices."""
        answers = tuple(
            Answer(choice.code, self.dictionary_text(choice.labels)) for choice in variable.choices
        )
        for name, known in self.lists.items():
            if known == answers:
                return name
        return self.add(variable.name, answers)

    def add(self, name: str, answers: tuple[Answer, ...]) -> str:
        """Add a list under a name that must be free."""
        if self.lists.setdefault(name, answers) != answers:
            raise SourceFault(name, "two lists of answers have this name")
        return name

    def dictionary_text(self, labels: Labels) -> Text:
        """Return a text of the dictionary; its languages say which a speaker has reviewed."""
        drafts = {code for code, state in self.reviewed.items() if state == "to_review"}
        words = {code: text for code, text in labels.items() if code != "en"}
        return Text(words, frozenset(drafts & words.keys()))


def plain(value: Any) -> str:  # noqa: ANN401 (what YAML holds)
    """Write a value of the sources as a cell."""
    if isinstance(value, bool):
        return YES if value else NO
    return str(value)
