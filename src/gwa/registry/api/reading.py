"""Objects as a machine may see them, found in its zones or not at all."""

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest

from gwa.common.api.door import caller_of
from gwa.common.api.errors import NotFound
from gwa.journal.models import Actor
from gwa.registry.errors import DictionaryUnknown
from gwa.registry.models import Household, Membership, Person, Source
from gwa.registry.queries.belongings import (
    identifiers_of,
    memberships_of,
    origins_of,
    present_members,
)
from gwa.registry.queries.since import visible_households, visible_persons
from gwa.registry.schemas.households import HouseholdOut
from gwa.registry.schemas.persons import PersonOut
from gwa.registry.schemas.sources import SourceIn
from gwa.variables.models import DictionaryVersion, VersionStatus
from gwa.variables.queries import current_version


def actor_of(request: HttpRequest) -> Actor:
    """Return the machine as the actor, with the right that opened the door."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def source_of(request: HttpRequest, given: SourceIn) -> Source:
    """Return the source of what the machine tells: its organisation speaks."""
    return given.as_source(caller_of(request).organisation.name)


def version_id_of(number: int | None, *, is_needed: bool) -> int | None:
    """Return the version of the dictionary with which answers are read."""
    if not is_needed:
        return None
    if number is None:
        return current_version().pk
    asked_with = DictionaryVersion.objects.exclude(status=VersionStatus.DRAFT)
    found = asked_with.filter(number=number).first()
    if found is None:
        raise DictionaryUnknown(number=number)
    return found.pk


def household_of(request: HttpRequest, household_id: UUID, *, is_held: bool = False) -> Household:
    """Return a household of the machine's zones; held until the end where it will be corrected."""
    rows = visible_households(caller_of(request))
    if is_held:
        rows = rows.select_for_update(of=("self",))
    found: Household | None = rows.filter(pk=household_id).first()
    if found is None:
        raise NotFound
    return found


def person_of(request: HttpRequest, person_id: UUID, *, is_held: bool = False) -> Person:
    """Return a person of the machine's zones."""
    rows = visible_persons(caller_of(request))
    if is_held:
        rows = rows.select_for_update(of=("self",))
    found: Person | None = rows.filter(pk=person_id).first()
    if found is None:
        raise NotFound
    return found


def membership_of(
    request: HttpRequest, membership_id: UUID, *, is_held: bool = False
) -> Membership:
    """Return a membership of the machine's zones."""
    rows = Membership.objects.visible_to(caller_of(request)).select_related("household")
    if is_held:
        rows = rows.select_for_update(of=("self",))
    found: Membership | None = rows.filter(pk=membership_id).first()
    if found is None:
        raise NotFound
    return found


def tell_household(request: HttpRequest, household: Household) -> HouseholdOut:
    """Tell of a household and its members what the machine may know."""
    return HouseholdOut.of(
        household,
        caller_of(request),
        origin=origins_of([household.pk]).get(household.pk),
        members=present_members(household),
    )


def tell_person(request: HttpRequest, person: Person) -> PersonOut:
    """Tell of a person what the machine may know."""
    return next(iter(tell_persons(request, [person])))


def tell_persons(request: HttpRequest, persons: Iterable[Person]) -> list[PersonOut]:
    """Tell of several persons, in as many queries as for one."""
    persons = list(persons)
    keys = [person.pk for person in persons]
    identifiers, memberships = identifiers_of(keys), memberships_of(keys)
    return [
        PersonOut.of(
            person,
            caller_of(request),
            identifiers=identifiers[person.pk],
            memberships=memberships[person.pk],
        )
        for person in persons
    ]
