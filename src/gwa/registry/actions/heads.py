"""Handing the headship over, as a step of several actions."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from gwa.registry import errors
from gwa.registry.actions.checks import check_relationship
from gwa.registry.models import Household, Membership, Relationship
from gwa.registry.rules.memberships import link_after_change

Links = Mapping[UUID, str]


def hand_over(
    members: Sequence[Membership], new_head: Membership, *, links: Links | None = None
) -> None:
    """Make `new_head` lead the members of one household, all locked.

    `links` (membership id → relationship) says what members are to the new head; those it does
    not name get the link that follows from the old ones.
    """
    given = links or {}
    chosen = next((member for member in members if member.pk == new_head.pk), None)
    if chosen is None:
        raise errors.NotAMember
    was = chosen.relationship
    others = [member for member in members if member.pk != chosen.pk]
    for member in sorted(others, key=lambda one: not one.is_head):
        link = given.get(member.pk)
        if link is not None:
            check_relationship(link)
        relink(member, link or link_after_change(member.relationship, was))
    relink(chosen, Relationship.HEAD)


def relink(member: Membership, relationship: str) -> None:
    """Write what a member is to the head."""
    is_head = relationship == Relationship.HEAD
    if (member.relationship, member.is_head) != (relationship, is_head):
        member.relationship, member.is_head = relationship, is_head
        member.save(update_fields=["relationship", "is_head"])


def forget_in_roles(household: Household, person_id: UUID) -> None:
    """Clear respondent and recipient where they are somebody who leaves."""
    roles = [
        role
        for role in ("respondent", "recipient")
        if getattr(household, f"{role}_id") == person_id
    ]
    for role in roles:
        setattr(household, role, None)
    if roles:
        household.save(update_fields=roles)
