"""What belongs to several households or persons at once, in one query each."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from gwa.registry.models import Household, HouseholdOrigin, Identifier, Membership


def present_members(household: Household) -> list[Membership]:
    """The present members of a household with their persons, the head first."""
    rows = Membership.objects.current().filter(household=household).select_related("person")
    return list(rows.order_by("-is_head", "-is_principal", "started_on", "pk"))


def origins_of(households: Iterable[UUID]) -> dict[UUID, HouseholdOrigin]:
    """Where displaced households come from."""
    rows = HouseholdOrigin.objects.filter(household_id__in=list(households)).select_related("zone")
    return {origin.household_id: origin for origin in rows}


def identifiers_of(persons: Iterable[UUID]) -> defaultdict[UUID, list[Identifier]]:
    """The numbers in force of several persons."""
    found: defaultdict[UUID, list[Identifier]] = defaultdict(list)
    rows = Identifier.objects.filter(person_id__in=list(persons), ended_on__isnull=True)
    for identifier in rows.order_by("kind", "pk"):
        found[identifier.person_id].append(identifier)
    return found


def memberships_of(persons: Iterable[UUID]) -> defaultdict[UUID, list[Membership]]:
    """The memberships of several persons that have not ended, the principal first."""
    found: defaultdict[UUID, list[Membership]] = defaultdict(list)
    rows = Membership.objects.current().filter(person_id__in=list(persons))
    for membership in rows.order_by("-is_principal", "started_on", "pk"):
        found[membership.person_id].append(membership)
    return found
