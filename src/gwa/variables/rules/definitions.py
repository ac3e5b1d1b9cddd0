"""What a dictionary says about a variable, as frozen values that any module can read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

Labels: TypeAlias = Mapping[str, str]
"""One text per language code; French and English are always there."""

Value: TypeAlias = bool | int | float | Decimal | str | list[str] | None
"""One answer as it is kept in JSON: dates are "2026-11-22", months "2026-11", choices codes."""

Answers: TypeAlias = Mapping[str, Value]
"""The answers of one household or one person, keyed by variable name."""


class Level(StrEnum):
    """Whom a variable describes."""

    HOUSEHOLD = "household"
    PERSON = "person"


class ValueType(StrEnum):
    """The kinds of values a variable may take."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"
    YEAR_MONTH = "year_month"
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"


class Storage(StrEnum):
    """Where the value lives: among the answers, or in the registry's own typed columns."""

    ANSWERS = "answers"
    REGISTRY = "registry"


NUMBERS = frozenset({ValueType.INTEGER, ValueType.DECIMAL})
CODED = frozenset({ValueType.CHOICE, ValueType.CHOICES})


def pick(labels: Labels, language: str) -> str:
    """Give the text in the language asked, else in French, the language of the reference."""
    return labels.get(language) or labels.get("fr", "")


@dataclass(frozen=True, slots=True)
class ChoiceDefinition:
    """One possible answer: a code that never changes and what people read."""

    code: str
    labels: Labels

    def label(self, language: str = "fr") -> str:
        """Give the label in a language."""
        return pick(self.labels, language)


@dataclass(frozen=True, slots=True)
class VariableDefinition:
    """One variable: its meaning, the values it may take and when it is asked."""

    name: str
    section: str
    level: Level
    type: ValueType
    labels: Labels
    storage: Storage = Storage.ANSWERS
    choices: tuple[ChoiceDefinition, ...] = ()
    unit: Labels = field(default_factory=dict)
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int = 0
    sensitive: bool = False
    from_age: int | None = None
    to_age: int | None = None
    relevance: Labels = field(default_factory=dict)
    note: Labels = field(default_factory=dict)

    def label(self, language: str = "fr") -> str:
        """Give the label in a language."""
        return pick(self.labels, language)

    def codes(self) -> tuple[str, ...]:
        """List the codes that an answer may use."""
        return tuple(choice.code for choice in self.choices)

    def choice(self, code: str) -> ChoiceDefinition | None:
        """Find a choice by its code."""
        return next((choice for choice in self.choices if choice.code == code), None)


@dataclass(frozen=True, slots=True)
class SectionDefinition:
    """A chapter of the questionnaire, with how long its answers count as fresh."""

    name: str
    labels: Labels
    is_core: bool = True
    refresh_months: int | None = None
    note: Labels = field(default_factory=dict)

    def label(self, language: str = "fr") -> str:
        """Give the label in a language."""
        return pick(self.labels, language)


@dataclass(frozen=True)
class Dictionary:
    """All variables of one version, in the order of the questionnaire."""

    number: int
    labels: Labels
    sections: tuple[SectionDefinition, ...]
    variables: tuple[VariableDefinition, ...]
    languages: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_name(self) -> Mapping[str, VariableDefinition]:
        """Index the variables by name."""
        return {variable.name: variable for variable in self.variables}

    @cached_property
    def sections_by_name(self) -> Mapping[str, SectionDefinition]:
        """Index the sections by name."""
        return {section.name: section for section in self.sections}

    @cached_property
    def household(self) -> Mapping[str, VariableDefinition]:
        """Index by name the variables that describe a household."""
        return self._at(Level.HOUSEHOLD)

    @cached_property
    def person(self) -> Mapping[str, VariableDefinition]:
        """Index by name the variables that describe a person."""
        return self._at(Level.PERSON)

    def at_level(self, level: Level) -> Mapping[str, VariableDefinition]:
        """Index by name the variables of a level."""
        return self.household if level == Level.HOUSEHOLD else self.person

    def _at(self, level: Level) -> Mapping[str, VariableDefinition]:
        return {variable.name: variable for variable in self.variables if variable.level == level}

    def by_section(
        self, *, level: Level | None = None, storage: Storage | None = None
    ) -> Iterator[tuple[SectionDefinition, tuple[VariableDefinition, ...]]]:
        """Go through the sections in order, each with its variables; empty ones are left out."""
        for section in self.sections:
            found = tuple(
                variable
                for variable in self.variables
                if variable.section == section.name
                and level in (None, variable.level)
                and storage in (None, variable.storage)
            )
            if found:
                yield section, found
