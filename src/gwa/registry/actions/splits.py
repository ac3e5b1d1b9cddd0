"""One household becomes two."""

import datetime as dt
from collections.abc import Sequence

from gwa.common.scope import widened
from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.registry import errors
from gwa.registry.actions.checks import (
    check_day,
    check_relationship,
    current_members,
    keep,
    lock_active,
    lock_living,
    require_reason,
)
from gwa.registry.actions.following import follow
from gwa.registry.actions.heads import Links, forget_in_roles
from gwa.registry.actions.rows import make_household, start_membership
from gwa.registry.models import Household, Membership, Relationship, Source
from gwa.registry.rules.facts import HouseholdFacts, MemberFacts
from gwa.registry.rules.memberships import is_whole_departure, link_after_change
from gwa.zones.models import Zone


@action
def split_household(  # noqa: PLR0913 (facts, each by its name)
    *,
    household: Household,
    leaving: Sequence[Membership],
    new_head: Membership,
    household_facts: HouseholdFacts,
    on: dt.date,
    source: Source,
    actor: Actor,
    reason: str,
    links: Links | None = None,
) -> Household:
    """Let some members found a household of their own, with a number of its own.

    `links` (membership id → relationship to the new head) overrides what follows from the old
    links. The new household may be attached outside the zones of the person who acts.
    """
    require_reason(reason)
    start = lock_active(household)
    movers = _choose(start, leaving, new_head)
    kept = keep(source)
    zone = Zone.objects.get(pk=household_facts.zone_id)
    with widened(zone.path):
        founded = make_household(household_facts, source=kept)
        _move(start, movers, founded, new_head=new_head, on=on, source=kept, links=links or {})
        follow(founded)
        data = {"from": str(start.pk), "to": str(founded.pk), "members": len(movers)}
        for one in (start, founded):
            record("registry.household_split", subject=one, actor=actor, reason=reason, data=data)
    return founded


def _choose(
    start: Household, leaving: Sequence[Membership], new_head: Membership
) -> list[Membership]:
    """Return the members who go, as they are now."""
    members = current_members(start)
    wanted = {membership.pk for membership in leaving}
    movers = [member for member in members if member.pk in wanted]
    if len(movers) < len(wanted) or not movers or new_head.pk not in wanted:
        raise errors.NotAMember
    if is_whole_departure(wanted, [member.pk for member in members]):
        raise errors.SplitEmptiesHousehold
    if any(member.is_head for member in movers):
        raise errors.SplitTakesHead
    return movers


def _move(
    start: Household,
    movers: Sequence[Membership],
    founded: Household,
    *,
    new_head: Membership,
    on: dt.date,
    source: Source,
    links: Links,
) -> None:
    was = next(member.relationship for member in movers if member.pk == new_head.pk)
    for member in movers:
        link = _link(member, new_head, was, links)
        check_day(on, not_before=member.started_on + dt.timedelta(days=1))
        person = lock_living(member.person)
        member.ended_on, member.end_reason = on, Membership.EndReason.MOVED
        member.save(update_fields=["ended_on", "end_reason"])
        facts = MemberFacts(
            person=person.pk,
            relationship=link,
            is_principal=member.is_principal,
            is_absent=member.is_absent,
        )
        start_membership(person, facts, household=founded, on=on, source=source)
        forget_in_roles(start, person.pk)


def _link(member: Membership, new_head: Membership, was: str, links: Links) -> str:
    if member.pk == new_head.pk:
        return Relationship.HEAD
    if member.pk in links:
        check_relationship(links[member.pk])
        return links[member.pk]
    return link_after_change(member.relationship, was)
