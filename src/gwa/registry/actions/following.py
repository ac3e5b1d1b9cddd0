"""The zone of everything that belongs to a household follows the household's."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from gwa.registry.models import (
    Document,
    Household,
    HouseholdOrigin,
    Identifier,
    Membership,
    Person,
    Statement,
)
from gwa.registry.search_index import index_names

# Where somebody is counted: the principal membership, or else the last one there was.
_PERSONS = """
    SELECT person_id FROM (
        SELECT DISTINCT ON (person_id) person_id, household_id FROM registry_membership
        WHERE person_id IN (SELECT person_id FROM registry_membership WHERE household_id = %(id)s)
        ORDER BY person_id, NOT is_principal, ended_on DESC NULLS FIRST, started_on DESC, id DESC
    ) AS last WHERE household_id = %(id)s
"""


def persons_of(household: Household) -> list[UUID]:
    """The persons whose place is this household: those counted in it, and those last seen in it."""
    with connection.cursor() as cursor:
        cursor.execute(_PERSONS, {"id": household.pk})
        return [row[0] for row in cursor.fetchall()]


def follow(household: Household, *, renamed: Iterable[UUID] = ()) -> None:
    """Bring the household's rows, its persons and theirs into its zone, the search tables too.

    `renamed` are persons whose names must be indexed even though they did not move.
    """
    path = household.zone_path
    persons = persons_of(household)
    for rows in (
        HouseholdOrigin.objects.filter(household=household),
        Membership.objects.filter(household=household),
        Document.objects.filter(household=household),
        Identifier.objects.filter(person__in=persons),
        Statement.objects.filter(subject_id__in=[household.pk, *persons]),
    ):
        rows.exclude(zone_path=path).update(zone_path=path)
    moving = Person.objects.filter(pk__in=persons).exclude(zone_path=path)
    moved = list(moving.values_list("pk", flat=True))
    moving.update(zone_path=path)
    index_names({*moved, *renamed})
