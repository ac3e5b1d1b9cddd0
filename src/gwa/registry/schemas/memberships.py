"""Who belongs to which household."""

import datetime as dt
from uuid import UUID

from pydantic import BaseModel, Field

from gwa.common.api.pages import NextCursor
from gwa.common.api.values import Body, Reason
from gwa.registry.models import Membership
from gwa.registry.schemas.codes import EndReason, MemberRelationship
from gwa.registry.schemas.sources import SourceIn


class MembershipOut(BaseModel):
    """A person in a household, from a day to another."""

    membership_id: UUID
    household_id: UUID
    person_id: UUID
    relationship: MemberRelationship
    is_principal: bool = Field(description="The person is counted in this household.")
    is_absent: bool
    started_on: dt.date
    ended_on: dt.date | None
    end_reason: EndReason | None

    @classmethod
    def of(cls, membership: Membership) -> "MembershipOut":
        """Tell of a membership."""
        return cls(
            membership_id=membership.pk,
            household_id=membership.household_id,
            person_id=membership.person_id,
            relationship=MemberRelationship(membership.relationship),
            is_principal=membership.is_principal,
            is_absent=membership.is_absent,
            started_on=membership.started_on,
            ended_on=membership.ended_on,
            end_reason=EndReason(membership.end_reason) if membership.end_reason else None,
        )


class MembershipPage(BaseModel):
    """Some memberships, in the order in which they were entered."""

    items: list[MembershipOut]
    next_cursor: NextCursor


class MembershipChanges(Body):
    """The values to correct; what is not given stays as it is."""

    relationship: MemberRelationship | None = None
    is_absent: bool | None = None


class MembershipCorrection(Body):
    """A correction of a membership, with why."""

    changes: MembershipChanges
    reason: Reason


class Departure(Body):
    """The end of a membership: somebody left for no household that is known."""

    on: dt.date
    reason: Reason
    was_mistake: bool = Field(
        default=False, description="The person never belonged here: counts for no day."
    )
    new_head_id: UUID | None = Field(
        default=None, description="Membership of who leads now, where the head leaves."
    )


class Move(Body):
    """The move of somebody to another household, where the person is counted from that day."""

    household_id: UUID
    relationship: MemberRelationship
    on: dt.date
    is_absent: bool = False
    new_head_id: UUID | None = Field(
        default=None, description="Membership of who leads the household left, if its head moves."
    )
    reason: Reason
    source: SourceIn = SourceIn()
