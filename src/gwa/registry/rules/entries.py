"""Everything that is wrong with a household about to enter, all of it and not the first thing only.

The one-by-one actions refuse the same, one fault after the other; lists and forms tell all at once.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias, cast
from uuid import UUID

from gwa.registry.rules.births import is_possible_birth
from gwa.registry.rules.facts import (
    HEAD,
    BirthFacts,
    HouseholdFacts,
    IdentifierFacts,
    MemberFacts,
    PersonFacts,
)
from gwa.registry.rules.identifiers import parse_identifier
from gwa.registry.rules.memberships import has_one_head
from gwa.registry.rules.numbers import is_registry_number
from gwa.registry.rules.phones import parse_phone
from gwa.registry.rules.problems import ANSWERS, Problem
from gwa.variables.rules.answers import check_value, is_asked_at
from gwa.variables.rules.definitions import Answers, Dictionary, Value, VariableDefinition

NAMES = ("given_name", "family_name", "everyday_name", "father_name", "mother_name")
_NEEDED = frozenset({"given_name", "family_name"})
LONGEST_NAME, LONGEST_ADDRESS = 120, 200
SEXES = frozenset({"F", "M"})
PRECISIONS = frozenset({"day", "month", "year", "range"})
KNOWN_BY = frozenset({"paper", "declared", "event", "relative"})
RELATIONSHIPS = frozenset({
    HEAD, "spouse", "child", "fostered_child", "parent", "sibling", "grandchild", "child_in_law",
    "nephew_niece", "other_relative", "not_related",
})  # fmt: skip

Numbers = Sequence[Sequence[IdentifierFacts]]
Days: TypeAlias = tuple[dt.date, dt.date]
"""The first and the last of some days."""


def check_household(
    household: HouseholdFacts,
    members: Sequence[MemberFacts],
    *,
    dictionary: Dictionary,
    today: dt.date,
    collected_on: dt.date,
    identifiers: Numbers = (),
) -> list[Problem]:
    """Say everything that is wrong with a household and its members; an empty list lets it enter.

    `collected_on` is the day of the source; `identifiers` are those of each member, in the same
    order.
    """
    problems = list(_check_whole(members))
    problems += _check_facts(household, dictionary, today)
    asked = days_asked(household.last_interview_on, collected_on)
    for place, member in enumerate(members):
        numbers = identifiers[place] if place < len(identifiers) else ()
        problems += _check_member(member, place, household, numbers, dictionary, today, asked)
    return problems


def days_asked(interviewed_on: dt.date | None, collected_on: dt.date) -> Days:
    """Return the days between which questions were asked: from the interview to the source's day.

    Who came after the interview answered later, and still before the list was drawn up.
    """
    first, last = sorted((interviewed_on or collected_on, collected_on))
    return first, last


def _check_whole(members: Sequence[MemberFacts]) -> Iterator[Problem]:
    if not has_one_head([member.relationship for member in members]):
        yield Problem("registry.head_not_one", "relationship")


def _check_facts(
    facts: HouseholdFacts, dictionary: Dictionary, today: dt.date
) -> Iterator[Problem]:
    if facts.registered_on > today:
        yield _in_future("registered_on", facts.registered_on)
    if facts.last_interview_on is not None and facts.last_interview_on > today:
        yield _in_future("last_interview_on", facts.last_interview_on)
    if facts.registry_number is not None and not is_registry_number(facts.registry_number):
        yield Problem("registry.registry_number_refused", "registry_number")
    if len(facts.address) > LONGEST_ADDRESS:
        yield _too_long("address", LONGEST_ADDRESS)
    position = facts.position
    if position and not (-180 <= position.lon <= 180 and -90 <= position.lat <= 90):
        yield Problem("registry.position_off_earth", "lat")
    yield from check_answers(facts.answers, dictionary.household, None, None)


def _check_member(
    member: MemberFacts,
    place: int,
    household: HouseholdFacts,
    numbers: Sequence[IdentifierFacts],
    dictionary: Dictionary,
    today: dt.date,
    asked: Days,
) -> Iterator[Problem]:
    if member.relationship not in RELATIONSHIPS:
        yield Problem("registry.relationship_missing", "relationship", place)
    started_on = member.started_on or household.registered_on
    if started_on > today and member.started_on is not None:
        yield _in_future("started_on", started_on, place)
    for number in numbers:
        if parse_identifier(number.kind, number.value) is None:
            yield Problem("registry.identifier_malformed", f"identifier_{number.kind}", place)
    if isinstance(member.person, UUID):
        return
    yield from _check_person(member.person, place, dictionary, today, asked)
    birth = member.person.birth
    if birth is not None and started_on < birth.first:
        days = {"day": show_day(started_on), "earliest": show_day(birth.first)}
        yield Problem("registry.day_out_of_order", "started_on", place, days)


def _check_person(
    person: PersonFacts, place: int, dictionary: Dictionary, today: dt.date, asked: Days
) -> Iterator[Problem]:
    for name in NAMES:
        text = getattr(person, name)
        if name in _NEEDED and not text.strip():
            yield Problem("registry.name_missing", name, place)
        elif len(text) > LONGEST_NAME:
            yield _too_long(name, LONGEST_NAME, place)
    if person.sex not in SEXES:
        yield Problem("registry.sex_missing", "sex", place)
    if person.phone.strip() and parse_phone(person.phone) is None:
        yield Problem("registry.phone_malformed", "phone", place)
    birth = person.birth
    if birth is not None and not _is_birth(birth, today):
        yield Problem("registry.birth_impossible", "birth_date", place)
        birth = None
    ages = age_range(birth, *asked) if birth else None
    yield from check_answers(person.answers, dictionary.person, ages, place)


def _is_birth(birth: BirthFacts, today: dt.date) -> bool:
    return (
        birth.precision in PRECISIONS
        and birth.known_by in KNOWN_BY
        and is_possible_birth(birth, today)
    )


def age_range(birth: BirthFacts, on: dt.date, until: dt.date | None = None) -> tuple[int, int]:
    """Return the youngest and the oldest age in whole years on that day, or from it to another."""
    return _years(birth.last, on), _years(birth.first, until or on)


@lru_cache(maxsize=50_000)
def _years(birth: dt.date, on: dt.date) -> int:
    return max(0, on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day)))


def check_answers(
    answers: Mapping[str, object],
    variables: Mapping[str, VariableDefinition],
    ages: tuple[int, int] | None,
    place: int | None,
) -> Iterator[Problem]:
    """Say what the dictionary does not allow, as `gwa.variables` would."""
    memories = _memories_of(variables) if answers else {}
    for name, value in cast("Answers", answers).items():
        if value is None:
            continue
        memory = memories.get(name)
        if memory is None:
            yield Problem(ANSWERS + "unknown_variable", name, place, {"value": str(value)})
            continue
        found = memory.fault_of(value)
        if found is not None:
            yield Problem(found.code, name, place, found.facts)
        elif memory.is_by_age and not is_asked_at(memory.variable, ages):
            yield Problem(ANSWERS + "not_asked_at_age", name, place, {"value": _plain(value)})


class _Memory:
    """What was said of each value of one variable: answers repeat by the million."""

    __slots__ = ("is_by_age", "said", "variable")

    def __init__(self, variable: VariableDefinition) -> None:
        self.variable = variable
        self.is_by_age = bool(variable.from_age or variable.to_age)
        self.said: dict[object, Problem | None] = {}

    def fault_of(self, value: Value) -> Problem | None:
        """Say what is wrong with a value, once for all that are alike."""
        if isinstance(value, list):
            return _find_fault(value, self.variable)
        # True, 1 and 1.0 are one key, and not the same answer.
        key = value if isinstance(value, str) else (type(value), value)
        if key in self.said:
            return self.said[key]
        found = _find_fault(value, self.variable)
        if len(self.said) < _MOST_REMEMBERED:
            self.said[key] = found
        return found


_MOST_REMEMBERED = 4096
_memories: dict[int, tuple[Mapping[str, VariableDefinition], dict[str, _Memory]]] = {}


def _memories_of(variables: Mapping[str, VariableDefinition]) -> dict[str, _Memory]:
    """The memories of the variables of one level: those very ones, be they equal to others."""
    known, memories = _memories.get(id(variables), (None, {}))
    if known is not variables:
        memories = {name: _Memory(variable) for name, variable in variables.items()}
        _memories[id(variables)] = variables, memories
    return memories


def _find_fault(value: Value, variable: VariableDefinition) -> Problem | None:
    found = check_value(value, variable)
    if found is None:
        return None
    facts = {name: _plain(fact) for name, fact in found.facts.items()}
    return Problem(ANSWERS + found.kind, variable.name, None, {**facts, "value": _plain(value)})


def _plain(value: object) -> object:
    """Return what JSON can hold."""
    if value is None or isinstance(value, str | int | float | list):
        return value
    return str(value)


def _in_future(field: str, day: dt.date, place: int | None = None) -> Problem:
    return Problem("registry.day_in_future", field, place, {"day": show_day(day)})


def _too_long(field: str, longest: int, place: int | None = None) -> Problem:
    return Problem("registry.text_too_long", field, place, {"longest": longest})


def show_day(day: dt.date) -> str:
    """Write a day as Malians do: 22/11/2026."""
    return f"{day:%d/%m/%Y}"
