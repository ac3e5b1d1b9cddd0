"""Verbs on a whole household: register, correct, close, reopen, name its contacts."""

import datetime as dt
from collections.abc import Mapping, Sequence

from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.registry import errors
from gwa.registry.actions.checks import (
    check_active,
    check_day,
    check_writable,
    current_members,
    keep,
    lock_active,
    lock_household,
    lock_membership,
    require_reason,
)
from gwa.registry.actions.corrections import correct_row
from gwa.registry.actions.following import follow, persons_of
from gwa.registry.actions.heads import hand_over
from gwa.registry.actions.rows import make_household, make_membership
from gwa.registry.models import Household, Membership, Person, Source
from gwa.registry.rules.entries import days_asked
from gwa.registry.rules.facts import HouseholdFacts, MemberFacts
from gwa.registry.rules.memberships import has_one_head
from gwa.zones.models import Zone


@action
def register_household(
    *,
    household: HouseholdFacts,
    members: Sequence[MemberFacts],
    source: Source,
    actor: Actor,
    reason: str = "",
) -> Household:
    """Enter a household and its members; known persons may be among them."""
    if not has_one_head([member.relationship for member in members]):
        raise errors.HeadNotOne
    check_writable(Zone.objects.get(pk=household.zone_id))
    kept = keep(source)
    made = make_household(household, source=kept)
    on = household.registered_on
    asked = days_asked(household.last_interview_on, kept.collected_on)
    for member in members:
        make_membership(member, household=made, on=on, source=kept, asked=asked)
    follow(made, renamed=persons_of(made))
    record(
        "registry.household_registered",
        subject=made,
        actor=actor,
        reason=reason,
        data={"members": len(members), "source": kept.kind},
    )
    return made


@action
def correct_household(
    *,
    household: Household,
    changes: Mapping[str, object],
    source: Source,
    actor: Actor,
    reason: str,
) -> Household:
    """Correct values; a source that is believed less leaves its word beside the one in force.

    `changes`: `address`, `position`, `is_position_hidden`, `compound`, `registered_on`,
    `last_interview_on`, `answers.<variable>`; None erases.
    """
    require_reason(reason)
    locked = lock_active(household)
    outcome = correct_row(locked, changes, source=keep(source))
    record(
        "registry.household_corrected",
        subject=locked,
        actor=actor,
        reason=reason,
        data=outcome.as_data(),
    )
    return locked


def _set_role(
    role: str, household: Household, person: Person | None, actor: Actor, why: str
) -> Household:
    locked = lock_active(household)
    is_member = (
        person is None
        or Membership.objects.current().filter(household=locked, person=person).exists()
    )
    if not is_member:
        raise errors.NotOfThisHousehold
    setattr(locked, role, person)
    locked.save(update_fields=[role])
    record(f"registry.{role}_set", subject=locked, actor=actor, reason=why)
    return locked


@action
def set_respondent(
    *, household: Household, person: Person | None, actor: Actor, reason: str = ""
) -> Household:
    """Say who answers for the household; None when nobody does."""
    return _set_role("respondent", household, person, actor, reason)


@action
def set_recipient(
    *, household: Household, person: Person | None, actor: Actor, reason: str = ""
) -> Household:
    """Say who receives what is given to the household; None when nobody does."""
    return _set_role("recipient", household, person, actor, reason)


@action
def mark_moved(*, household: Household, on: dt.date, actor: Actor, reason: str) -> Household:
    """Say that the household left and that nobody knows where; its members stay together."""
    require_reason(reason)
    locked = lock_active(household)
    check_day(on, not_before=locked.registered_on)
    locked.status, locked.ended_on = Household.Status.MOVED, on
    locked.save(update_fields=["status", "ended_on"])
    record(
        "registry.household_moved",
        subject=locked,
        actor=actor,
        reason=reason,
        data={"on": on.isoformat()},
    )
    return locked


@action
def dissolve_household(
    *, household: Household, on: dt.date, actor: Actor, reason: str
) -> Household:
    """Close the household for good: its members no longer belong to it."""
    require_reason(reason)
    locked = lock_household(household)
    if locked.status != Household.Status.MOVED:
        check_active(locked)
    close(locked, on=on)
    record(
        "registry.household_dissolved",
        subject=locked,
        actor=actor,
        reason=reason,
        data={"on": on.isoformat()},
    )
    return locked


def close(household: Household, *, on: dt.date) -> None:
    """End everything of a locked household on one day."""
    members = current_members(household)
    check_day(on, not_before=max([household.registered_on, *(one.started_on for one in members)]))
    Membership.objects.filter(pk__in=[one.pk for one in members]).update(
        ended_on=on, end_reason=Membership.EndReason.DISSOLVED
    )
    household.status, household.ended_on = Household.Status.DISSOLVED, on
    household.save(update_fields=["status", "ended_on"])


@action
def reopen_household(
    *,
    household: Household,
    actor: Actor,
    reason: str,
    new_head: Membership | None = None,
) -> Household:
    """Take back a closing: what it ended goes on as if it had never ended.

    Members who died or are counted elsewhere since do not come back. `new_head` is needed when the
    head is one of them.
    """
    require_reason(reason)
    locked = lock_household(household)
    if locked.status == Household.Status.ACTIVE:
        raise errors.HouseholdActive
    if locked.status == Household.Status.MERGED:
        raise errors.HouseholdMerged
    if locked.status == Household.Status.DISSOLVED:
        _bring_back(locked)
    locked.status, locked.ended_on = Household.Status.ACTIVE, None
    locked.save(update_fields=["status", "ended_on"])
    members = current_members(locked)
    if new_head is not None:
        hand_over(members, lock_membership(new_head))
    elif not any(member.is_head for member in members):
        raise errors.NobodyToReturn
    follow(locked)
    record("registry.household_reopened", subject=locked, actor=actor, reason=reason)
    return locked


def _bring_back(household: Household) -> None:
    """Restore the memberships that the closing ended, of those who can come back."""
    ended = Membership.objects.filter(
        household=household,
        ended_on=household.ended_on,
        end_reason__in=[Membership.EndReason.DISSOLVED, Membership.EndReason.DECEASED],
    ).select_related("person")
    for membership in ended.select_for_update(of=("self", "person")).order_by("pk"):
        if membership.person.status == Person.Status.ALIVE and not _is_counted(membership):
            membership.ended_on, membership.end_reason = None, ""
            membership.save(update_fields=["ended_on", "end_reason"])


def _is_counted(membership: Membership) -> bool:
    """Tell whether the person has been counted in another household since."""
    since = Membership.objects.filter(person=membership.person, is_principal=True).exclude(
        pk=membership.pk
    )
    return membership.is_principal and since.exclude(ended_on__lte=membership.started_on).exists()
