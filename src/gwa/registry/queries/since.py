"""Which households and persons changed since an instant, and what a machine asks of lists."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from gwa.common.access import Person as Reader
from gwa.registry.models import (
    Household,
    HouseholdOrigin,
    Identifier,
    Membership,
    Person,
    Source,
    Version,
)
from gwa.registry.models.base import ZonedQuerySet


def changed_since(instant: dt.datetime, rows: str) -> Q:
    """The condition that a household (or person) was entered or changed since an instant.

    What bulk loads add leaves no version: their source says when.
    """
    entered = Source.objects.filter(recorded_at__gte=instant)
    changed = Version.objects.filter(at__gte=instant, **{f"{rows}_id__isnull": False})
    return Q(source__in=entered) | Q(pk__in=changed.order_by().values(f"{rows}_id"))


def visible_households(reader: Reader) -> ZonedQuerySet:
    """Households in the reader's zones, with what a line of a list tells of each."""
    rows = Household.objects.visible_to(reader)  # type: ignore[arg-type]
    return rows.select_related("zone", "place_now", "dictionary_version", "source")


def visible_persons(reader: Reader) -> ZonedQuerySet:
    """Persons in the reader's zones."""
    rows = Person.objects.visible_to(reader)  # type: ignore[arg-type]
    return rows.select_related("dictionary_version")


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
