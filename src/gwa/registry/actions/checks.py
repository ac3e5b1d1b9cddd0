"""What every action does first: lock the rows it will change and check what it was told."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from gwa.common.scope import EVERYWHERE, read_scope
from gwa.registry import errors
from gwa.registry.models import Household, Membership, Person, Relationship, Source
from gwa.registry.words import show_day
from gwa.zones.models import SETTLEMENTS, Zone


def lock_household(household: Household) -> Household:
    """Return the household as it is now, held until the end of the transaction."""
    return lock_households([household])[0]


def lock_households(households: Iterable[Household]) -> list[Household]:
    """Lock several households, always in the order of their ids so that no two actions wait in a
    ring; return them in the order given.
    """
    wanted = [household.pk for household in households]
    found = {
        row.pk: row
        for row in Household.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    }
    if not found.keys() >= set(wanted):
        raise errors.HouseholdUnknown
    return [found[key] for key in wanted]


def lock_active(household: Household) -> Household:
    """Lock a household that must be open."""
    locked = lock_household(household)
    check_active(locked)
    return locked


def check_active(household: Household) -> None:
    """Refuse to change a closed household."""
    if household.status == Household.Status.MERGED:
        raise errors.HouseholdMerged
    if household.status != Household.Status.ACTIVE:
        raise errors.HouseholdNotActive(status=Household.Status(household.status).label)


def lock_person(person: Person) -> Person:
    """Return the person as she is now, held until the end of the transaction."""
    locked: Person | None = Person.objects.select_for_update().filter(pk=person.pk).first()
    if locked is None:
        raise errors.PersonUnknown
    return locked


def lock_living(person: Person) -> Person:
    """Lock a person who must be alive and not merged."""
    locked = lock_person(person)
    if locked.status == Person.Status.MERGED:
        raise errors.PersonMerged
    if locked.status == Person.Status.DECEASED:
        raise errors.PersonDeceased
    return locked


def current_members(household: Household) -> list[Membership]:
    """The current memberships of a locked household, head first, with their persons."""
    return list(
        Membership.objects.current()
        .filter(household=household)
        .select_related("person")
        .order_by("-is_head", "started_on", "pk")
    )


def lock_membership(membership: Membership) -> Membership:
    """Return a membership that has not ended; its household must be locked already."""
    found: Membership | None = (
        Membership.objects.select_for_update(of=("self",))
        .current()
        .select_related("household")
        .filter(pk=membership.pk)
        .first()
    )
    if found is None:
        raise errors.NotAMember
    return found


def keep(source: Source) -> Source:
    """Save a source that is new, once."""
    if source._state.adding:
        source.save()
    return source


def require_reason(reason: str) -> None:
    """Refuse a change of known facts that does not say why."""
    if not reason.strip():
        raise errors.ReasonMissing


def check_day(day: dt.date, *, not_before: dt.date | None = None) -> None:
    """Refuse a day to come, or one before what it must follow."""
    if day > timezone.localdate():
        raise errors.DayInFuture(day=show_day(day))
    if not_before is not None and day < not_before:
        raise errors.DayOutOfOrder(day=show_day(day), earliest=show_day(not_before))


def check_relationship(relationship: str) -> None:
    """Refuse an unknown link, and the word "head" where a head is not being named."""
    if relationship == Relationship.HEAD or relationship not in Relationship.values:
        raise errors.RelationshipRefused


def check_settlement(zone: Zone) -> None:
    """Refuse an attachment to anything wider than a village, or to a zone of the past."""
    if zone.level not in SETTLEMENTS:
        raise errors.ZoneNotSettlement(zone=zone.name)
    if zone.valid_to is not None or zone.geography.valid_to is not None:
        raise errors.ZoneClosed(zone=zone.name)


def check_writable(zone: Zone) -> None:
    """Refuse a zone outside the present scope, before PostgreSQL does without a sentence."""
    scope = read_scope()
    if scope != EVERYWHERE and not zone.path.startswith(tuple(scope.split(","))):
        raise errors.ZoneNotYours(zone=zone.name)


def check_columns(row: models.Model, columns: Iterable[str]) -> None:
    """Refuse values that the columns cannot hold."""
    wanted = set(columns)
    others = {field.name for field in row._meta.fields} - wanted
    try:
        row.clean_fields(exclude=others)
    except ValidationError as error:
        name, problems = next(iter(error.message_dict.items()))
        raise errors.ValueRefused(field=name, why=" ".join(problems)) from error
