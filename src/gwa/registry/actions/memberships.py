"""Verbs on who belongs to a household: arrive, leave, move, lead, be counted."""

import datetime as dt

from django.db.models import Max

from gwa.common.ids import new_id
from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.registry import errors
from gwa.registry.actions.checks import (
    check_active,
    check_day,
    check_relationship,
    current_members,
    keep,
    lock_active,
    lock_household,
    lock_households,
    lock_living,
    lock_membership,
    require_reason,
)
from gwa.registry.actions.following import follow
from gwa.registry.actions.heads import Links, forget_in_roles, hand_over
from gwa.registry.actions.rows import make_membership, start_membership
from gwa.registry.models import Household, Membership, Person, Source
from gwa.registry.rules.facts import MemberFacts

_EndReason = Membership.EndReason


@action
def add_member(
    *,
    household: Household,
    member: MemberFacts,
    on: dt.date,
    source: Source,
    actor: Actor,
    reason: str = "",
) -> Membership:
    """Add somebody to the household, on the day of birth or arrival."""
    check_relationship(member.relationship)
    locked = lock_active(household)
    check_day(on)
    membership = make_membership(member, household=locked, on=on, source=keep(source))
    follow(locked, renamed=[membership.person_id])
    record(
        "registry.member_added",
        subject=locked,
        actor=actor,
        reason=reason,
        data={"person": str(membership.person_id), "on": on.isoformat()},
    )
    return membership


@action
def add_known_person(  # noqa: PLR0913 (facts, each by its name)
    *,
    household: Household,
    person: Person,
    relationship: str,
    is_principal: bool,
    on: dt.date,
    source: Source,
    actor: Actor,
    is_absent: bool = False,
    reason: str = "",
) -> Membership:
    """Add somebody the registry knows: a second hearth, or a return to be counted again."""
    facts = MemberFacts(
        person=person.pk,
        relationship=relationship,
        is_principal=is_principal,
        is_absent=is_absent,
    )
    return add_member(
        household=household, member=facts, on=on, source=source, actor=actor, reason=reason
    )


@action
def remove_member(
    *,
    membership: Membership,
    on: dt.date,
    actor: Actor,
    reason: str,
    was_mistake: bool = False,
    new_head: Membership | None = None,
) -> Membership:
    """End a membership of somebody who left without a known household.

    `was_mistake`: the person never belonged here; the membership counts for no day at all.
    """
    require_reason(reason)
    household = lock_active(membership.household)
    leaving = lock_membership(membership)
    end_membership(
        household,
        leaving,
        on=leaving.started_on if was_mistake else on,
        end_reason=_EndReason.CORRECTED if was_mistake else _EndReason.LEFT,
        new_head=new_head,
    )
    record(
        "registry.member_removed",
        subject=household,
        actor=actor,
        reason=reason,
        data={"person": str(leaving.person_id), "on": str(leaving.ended_on)},
    )
    return leaving


def end_membership(
    household: Household,
    leaving: Membership,
    *,
    on: dt.date,
    end_reason: str,
    new_head: Membership | None = None,
) -> None:
    """Take one member out of a locked household that somebody still leads afterwards."""
    check_day(on, not_before=leaving.started_on)
    others = [member for member in current_members(household) if member.pk != leaving.pk]
    if not others:
        raise errors.LastMemberLeaves
    if leaving.is_head and (new_head is None or new_head.pk == leaving.pk):
        raise errors.HeadLeaves
    leaving.ended_on, leaving.end_reason = on, end_reason
    leaving.save(update_fields=["ended_on", "end_reason"])
    if leaving.is_head and new_head is not None:
        hand_over(others, new_head)
    forget_in_roles(household, leaving.person_id)


@action
def move_member(  # noqa: PLR0913 (facts, each by its name)
    *,
    person: Person,
    to: Household,
    relationship: str,
    on: dt.date,
    source: Source,
    actor: Actor,
    reason: str,
    is_absent: bool = False,
    new_head: Membership | None = None,
) -> Membership:
    """Count somebody in another household from that day on.

    `new_head` takes over the household left when its head is the one who moves.
    """
    require_reason(reason)
    check_relationship(relationship)
    start, arrival = _lock_both_ends(person, to)
    mover = lock_living(person)
    leaving = Membership.objects.current().filter(household=start, person=mover).first()
    if leaving is None or not leaving.is_principal:
        raise errors.NotAMember
    # A membership without a day would make two moves on one day look like one.
    check_day(on, not_before=leaving.started_on + dt.timedelta(days=1))
    end_membership(start, leaving, on=on, end_reason=_EndReason.MOVED, new_head=new_head)
    Membership.objects.current().filter(household=arrival, person=mover).update(
        ended_on=on, end_reason=_EndReason.MOVED
    )
    facts = MemberFacts(person=mover.pk, relationship=relationship, is_absent=is_absent)
    started = start_membership(mover, facts, household=arrival, on=on, source=keep(source))
    follow(arrival)
    data = {"person": str(mover.pk), "from": str(start.pk), "to": str(arrival.pk)}
    for household in (start, arrival):
        record("registry.member_moved", subject=household, actor=actor, reason=reason, data=data)
    return started


def _lock_both_ends(person: Person, to: Household) -> tuple[Household, Household]:
    """Lock the household where the person is counted, and the one to join."""
    current = (
        Membership.objects.current()
        .select_related("household")
        .filter(person=person, is_principal=True)
        .first()
    )
    if current is None:
        raise errors.NotAMember
    if current.household_id == to.pk:
        raise errors.AlreadyMember
    start, arrival = lock_households([current.household, to])
    check_active(start)
    check_active(arrival)
    return start, arrival


@action
def change_head(
    *,
    household: Household,
    new_head: Membership,
    actor: Actor,
    reason: str,
    relationship_of_former_head: str | None = None,
    on: dt.date | None = None,
    links: Links | None = None,
) -> Household:
    """Let another member lead. `links`: what others are to the new head, where it must be said."""
    require_reason(reason)
    if on is not None:
        check_day(on)
    locked = lock_active(household)
    members = current_members(locked)
    chosen = next((member for member in members if member.pk == new_head.pk), None)
    if chosen is None:
        raise errors.NotAMember
    if chosen.is_head:
        raise errors.AlreadyHead
    said = dict(links or {})
    if relationship_of_former_head is not None:
        said |= {member.pk: relationship_of_former_head for member in members if member.is_head}
    hand_over(members, chosen, links=said)
    record(
        "registry.head_changed",
        subject=locked,
        actor=actor,
        reason=reason,
        data={"person": str(chosen.person_id), "on": str(on or "")},
    )
    return locked


@action
def correct_membership(
    *,
    membership: Membership,
    actor: Actor,
    reason: str,
    relationship: str | None = None,
    is_absent: bool | None = None,
) -> Membership:
    """Correct what a member is to the head, or whether the member is away."""
    require_reason(reason)
    lock_active(membership.household)
    locked = lock_membership(membership)
    before = (locked.relationship, locked.is_absent)
    if relationship is not None and relationship != locked.relationship:
        if locked.is_head:
            raise errors.HeadNotOne
        check_relationship(relationship)
        locked.relationship = relationship
    if is_absent is not None:
        locked.is_absent = is_absent
    if before == (locked.relationship, locked.is_absent):
        raise errors.NothingToCorrect
    locked.save(update_fields=["relationship", "is_absent"])
    record(
        "registry.membership_corrected",
        subject=locked.household,
        actor=actor,
        reason=reason,
        data={"person": str(locked.person_id)},
    )
    return locked


@action
def choose_principal(*, membership: Membership, actor: Actor, reason: str) -> Membership:
    """Count somebody of several hearths in this one."""
    require_reason(reason)
    counted = Membership.objects.current().filter(person=membership.person_id, is_principal=True)
    other = counted.select_related("household").exclude(pk=membership.pk).first()
    if other is None:
        lock_household(membership.household)
    else:
        lock_households([membership.household, other.household])
    locked = lock_membership(membership)
    if locked.is_principal:
        raise errors.NothingToCorrect
    counted.update(is_principal=False)
    locked = _count_here(locked)
    follow(locked.household)
    data = {"person": str(locked.person_id)}
    for household in (locked.household, *([other.household] if other else [])):
        record(
            "registry.principal_chosen",
            subject=household,
            actor=actor,
            reason=reason,
            data=data,
        )
    return locked


def _count_here(membership: Membership) -> Membership:
    """Make a membership principal: whole, or from the day when the person ceased to be counted
    in a household since left.
    """
    before = Membership.objects.filter(
        person=membership.person_id, is_principal=True, ended_on__gt=membership.started_on
    ).exclude(pk=membership.pk)
    counted_until = before.aggregate(last=Max("ended_on"))["last"]
    if counted_until is None:
        membership.is_principal = True
        membership.save(update_fields=["is_principal"])
        return membership
    membership.ended_on, membership.end_reason = counted_until, _EndReason.MOVED
    membership.save(update_fields=["ended_on", "end_reason"])
    membership.pk, membership._state.adding = new_id(), True
    membership.started_on, membership.ended_on, membership.end_reason = counted_until, None, ""
    membership.is_principal = True
    membership.save(force_insert=True)
    return membership
