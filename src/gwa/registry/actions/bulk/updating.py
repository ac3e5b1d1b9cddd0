"""Known households that a list tells something new of. Steps of an open change, without lines."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from gwa.common.crypto import blind_index
from gwa.common.ids import new_id
from gwa.journal.actions import current_change_id
from gwa.registry import errors
from gwa.registry.actions.checks import current_members, lock_active, lock_living
from gwa.registry.actions.corrections import Outcome, correct_row
from gwa.registry.actions.following import follow
from gwa.registry.actions.identifiers import insert_identifier
from gwa.registry.actions.rows import make_membership
from gwa.registry.models import Household, Identifier, Person, Source
from gwa.registry.rules.entries import days_asked
from gwa.registry.rules.facts import HEAD, IdentifierFacts, MemberEntry
from gwa.registry.rules.identifiers import parse_identifier


@dataclass(frozen=True, slots=True)
class PersonUpdate:
    """What a list tells of a known person: values that differ, numbers that are new."""

    person_id: UUID
    changes: Mapping[str, object] = field(default_factory=dict)
    identifiers: Sequence[IdentifierFacts] = ()


@dataclass(frozen=True, slots=True)
class HouseholdUpdate:
    """What a list tells of a known household and of those in it; `newcomers` are new persons.

    Questions were asked on the source's day, or from that of an interview on.
    """

    household_id: UUID
    changes: Mapping[str, object] = field(default_factory=dict)
    persons: Sequence[PersonUpdate] = ()
    newcomers: Sequence[MemberEntry] = ()
    interviewed_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Updated:
    """What became of an update."""

    persons: int
    newcomers: int
    claims: int


def update_household(
    update: HouseholdUpdate, *, source: Source, dictionary_version_id: int
) -> Updated:
    """Write what prevails, keep beside it what does not; add members and numbers.

    The same corrections as `correct_household` and `correct_person`, with the same precedence of
    sources. Raises the refusals of both; the caller keeps a savepoint.
    """
    current_change_id()  # refuses to write outside a change
    household = lock_active(Household(pk=update.household_id))
    changed, claims = 0, 0
    if update.changes:
        _read_with(household, update.changes, dictionary_version_id)
        correct_row(household, update.changes, source=source)
    renamed: list[UUID] = []
    for told in update.persons:
        person = lock_living(Person(pk=told.person_id))
        if told.changes:
            _read_with(person, told.changes, dictionary_version_id)
            outcome: Outcome = correct_row(
                person, told.changes, source=source, interviewed_on=update.interviewed_on
            )
            changed += bool(outcome.changed)
            renamed.append(person.pk)
        claims += _add_numbers(person, told.identifiers, source)
    claims += _add_newcomers(household, update, source, renamed)
    if renamed:
        follow(household, renamed=renamed)
    return Updated(changed, len(update.newcomers), claims)


def note_asked(household_id: UUID, sections: Mapping[str, str]) -> None:
    """Remember the day that sections were last asked, where nothing in them changed either."""
    household = lock_active(Household(pk=household_id))
    newer = {name: day for name, day in sections.items() if day > household.freshness.get(name, "")}
    if newer:
        household.freshness = {**household.freshness, **newer}
        household.save(update_fields=["freshness"])


def _read_with(row: Household | Person, changes: Mapping[str, object], version: int) -> None:
    """Answers of a row that has none yet are read with the list's dictionary."""
    has_answers = any(name.startswith("answers.") for name in changes)
    if has_answers and not row.answers:
        row.dictionary_version_id = version


def _add_newcomers(
    household: Household, update: HouseholdUpdate, source: Source, renamed: list[UUID]
) -> int:
    claims, newcomers = 0, update.newcomers
    asked = days_asked(update.interviewed_on, source.collected_on)
    has_head = any(member.is_head for member in current_members(household)) if newcomers else True
    for newcomer in newcomers:
        if newcomer.facts.relationship == HEAD and has_head:
            raise errors.HeadNotOne
        made = make_membership(
            newcomer.facts,
            household=household,
            on=source.collected_on,
            source=source,
            asked=asked,
        )
        claims += _add_numbers(made.person, newcomer.identifiers, source)
        renamed.append(made.person_id)
    return claims


def _add_numbers(person: Person, numbers: Sequence[IdentifierFacts], source: Source) -> int:
    """Write numbers that the person does not hold yet; return how many others hold."""
    claims = 0
    for number in numbers:
        value = parse_identifier(number.kind, number.value)
        if value is None:
            raise errors.IdentifierMalformed
        current = Identifier.objects.select_for_update().filter(
            person=person, kind=number.kind, issuer=number.issuer, ended_on__isnull=True
        )
        index = blind_index(value, kind=number.kind)
        if any(bytes(held.value_index) == index for held in current):
            continue
        current.update(ended_on=source.collected_on)
        identifier = Identifier(
            id=new_id(),
            person=person,
            kind=number.kind,
            issuer=number.issuer,
            zone_path=person.zone_path,
            source=source,
        )
        claims += insert_identifier(identifier, value).is_claim
    return claims
