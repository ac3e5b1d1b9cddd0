"""Verbs on one person: correct, declare a death, take the declaration back."""

import datetime as dt
from collections.abc import Mapping, Sequence

from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.registry import errors
from gwa.registry.actions.checks import (
    check_day,
    current_members,
    keep,
    lock_households,
    lock_living,
    lock_person,
    require_reason,
)
from gwa.registry.actions.corrections import correct_row
from gwa.registry.actions.heads import forget_in_roles, hand_over
from gwa.registry.actions.households import close
from gwa.registry.models import Household, Identifier, Membership, Person, Relationship, Source
from gwa.registry.search_index import index_names


@action
def correct_person(
    *,
    person: Person,
    changes: Mapping[str, object],
    source: Source,
    actor: Actor,
    reason: str,
) -> Person:
    """Correct values; a source that is believed less leaves its word beside the one in force.

    `changes`: names, `sex`, `birth` (BirthFacts), `phone`, `deceased_on` of somebody deceased,
    `answers.<variable>`; None erases.
    """
    require_reason(reason)
    locked = lock_person(person)
    if locked.status == Person.Status.MERGED:
        raise errors.PersonMerged
    outcome = correct_row(locked, changes, source=keep(source))
    index_names([locked.pk])
    record(
        "registry.person_corrected",
        subject=locked,
        actor=actor,
        reason=reason,
        data=outcome.as_data(),
    )
    return locked


@action
def mark_deceased(
    *,
    person: Person,
    on: dt.date,
    actor: Actor,
    reason: str = "",
    new_heads: Sequence[Membership] = (),
) -> Person:
    """Declare a death: memberships and identifiers end that day.

    Each household that the person headed needs its new head; one that is left empty is dissolved.
    """
    households = _lock_households_of(person)
    locked = lock_living(person)
    joined = Membership.objects.current().filter(person=locked)
    if set(joined.values_list("household_id", flat=True)) != {one.pk for one in households}:
        raise errors.NotAMember  # somebody moved the person while we waited
    check_day(on)
    if locked.birth_from is not None and on < locked.birth_from:
        raise errors.DeathImpossible
    for household in households:
        _leave_by_death(household, locked, on, new_heads)
    locked.status, locked.deceased_on = Person.Status.DECEASED, on
    locked.save(update_fields=["status", "deceased_on"])
    Identifier.objects.filter(person=locked, ended_on__isnull=True).update(ended_on=on)
    record(
        "registry.person_deceased",
        subject=locked,
        actor=actor,
        reason=reason,
        data={"on": on.isoformat()},
    )
    return locked


def _lock_households_of(person: Person) -> list[Household]:
    current = Membership.objects.current().filter(person=person).select_related("household")
    return lock_households([membership.household for membership in current])


def _leave_by_death(
    household: Household, person: Person, on: dt.date, new_heads: Sequence[Membership]
) -> None:
    """End one membership; hand the household over, or close it when nobody is left."""
    members = current_members(household)
    mine = next(member for member in members if member.person_id == person.pk)
    check_day(on, not_before=mine.started_on)
    others = [member for member in members if member.pk != mine.pk]
    if mine.is_head and others:
        successor = next((one for one in new_heads if one.household_id == household.pk), None)
        if successor is None or successor.pk == mine.pk:
            raise errors.HeadLeaves
        mine.ended_on, mine.end_reason = on, Membership.EndReason.DECEASED
        mine.save(update_fields=["ended_on", "end_reason"])
        hand_over(others, successor)
    else:
        mine.ended_on, mine.end_reason = on, Membership.EndReason.DECEASED
        mine.save(update_fields=["ended_on", "end_reason"])
    if not others and household.status == Household.Status.ACTIVE:
        close(household, on=on)
    forget_in_roles(household, person.pk)


@action
def withdraw_death(*, person: Person, actor: Actor, reason: str) -> Person:
    """Take back a death declared by mistake: what it ended goes on.

    The headship stays with the successor; a household dissolved meanwhile is reopened apart.
    """
    require_reason(reason)
    ended = Membership.objects.filter(
        person=person, end_reason=Membership.EndReason.DECEASED
    ).select_related("household")
    households = {one.pk: one for one in lock_households([row.household for row in ended])}
    locked = lock_person(person)
    if locked.status != Person.Status.DECEASED:
        raise errors.PersonAlive
    for membership in ended:
        if households[membership.household_id].status != Household.Status.DISSOLVED:
            _come_back(membership)
    for identifier in Identifier.objects.filter(person=locked, ended_on=locked.deceased_on):
        identifier.ended_on = None
        identifier.is_claim = identifier.is_claim or _is_held(identifier)
        identifier.save(update_fields=["ended_on", "is_claim"])
    locked.status, locked.deceased_on = Person.Status.ALIVE, None
    locked.save(update_fields=["status", "deceased_on"])
    record("registry.death_withdrawn", subject=locked, actor=actor, reason=reason)
    return locked


def _come_back(membership: Membership) -> None:
    membership.ended_on, membership.end_reason = None, ""
    if membership.is_head:
        membership.is_head, membership.relationship = False, Relationship.OTHER_RELATIVE
    membership.save(update_fields=["ended_on", "end_reason", "is_head", "relationship"])


def _is_held(identifier: Identifier) -> bool:
    """Tell whether somebody living took the same value meanwhile."""
    return (
        Identifier.objects.filter(
            kind=identifier.kind,
            value_index=identifier.value_index,
            is_claim=False,
            ended_on__isnull=True,
        )
        .exclude(pk=identifier.pk)
        .exists()
    )
