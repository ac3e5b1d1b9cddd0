"""What is wrong with a household about to enter, and what only looks odd.

The same for a line of an import and for the form at the desk.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from gwa.registry.rules import entries
from gwa.registry.rules.births import is_surely_older
from gwa.registry.rules.facts import (
    HEAD,
    BirthFacts,
    HouseholdFacts,
    IdentifierFacts,
    MemberFacts,
    PersonFacts,
)
from gwa.registry.rules.identifiers import NINA, NinaLayout, odd_in_nina, parse_identifier
from gwa.registry.rules.problems import Problem
from gwa.variables.rules.definitions import Dictionary

_YOUNGER = frozenset({"child", "grandchild"})


def check_household(
    household: HouseholdFacts,
    members: Sequence[MemberFacts],
    *,
    dictionary: Dictionary,
    today: dt.date,
    collected_on: dt.date,
    identifiers: Sequence[Sequence[IdentifierFacts]] = (),
    nina_layout: NinaLayout | None = None,
) -> list[Problem]:
    """Say everything that is wrong, not the first thing only; warnings come last.

    `problem.member` is the place in `members`; `gwa.registry.sentences.say_problem` gives the
    sentence. `identifiers` are those of each member, in the same order.
    """
    problems = entries.check_household(
        household,
        members,
        dictionary=dictionary,
        today=today,
        collected_on=collected_on,
        identifiers=identifiers,
    )
    return [*problems, *find_oddities(members, identifiers, nina_layout)]


def find_oddities(
    members: Sequence[MemberFacts],
    identifiers: Sequence[Sequence[IdentifierFacts]] = (),
    nina_layout: NinaLayout | None = None,
) -> Iterator[Problem]:
    """Say what looks odd and refuses nothing."""
    head = next((member for member in members if member.relationship == HEAD), None)
    head_birth = _birth(head) if head else None
    for place, member in enumerate(members):
        birth = _birth(member)
        if head_birth and birth and _contradicts(member.relationship, birth, head_birth):
            yield Problem("collection.odd_ages", "birth_date", place, is_warning=True)
        if nina_layout is not None and place < len(identifiers):
            yield from _odd_numbers(member, place, identifiers[place], nina_layout)


def _contradicts(relationship: str, birth: BirthFacts, head: BirthFacts) -> bool:
    if relationship in _YOUNGER:
        return is_surely_older(birth, head)
    return relationship == "parent" and is_surely_older(head, birth)


def _odd_numbers(
    member: MemberFacts, place: int, numbers: Sequence[IdentifierFacts], layout: NinaLayout
) -> Iterator[Problem]:
    if not isinstance(member.person, PersonFacts):
        return
    for number in numbers:
        plain = parse_identifier(number.kind, number.value)
        if number.kind != NINA or plain is None:
            continue
        for odd in odd_in_nina(plain, layout, member.person.sex, member.person.birth):
            yield Problem(f"collection.odd_nina_{odd}", "nina", place, is_warning=True)


def _birth(member: MemberFacts) -> BirthFacts | None:
    return member.person.birth if isinstance(member.person, PersonFacts) else None
