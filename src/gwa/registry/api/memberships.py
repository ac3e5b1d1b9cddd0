"""Memberships: list, read, correct, end."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from gwa.accounts.idempotency import once
from gwa.common.api.answers import IdempotencyKey, IfMatch, answer, answer_page, check_tag
from gwa.common.api.door import Bearer, caller_of
from gwa.common.api.pages import SIZE, Cursor, Limit, read_page
from gwa.common.api.values import OptionalZoneCode
from gwa.journal.actions import record
from gwa.registry import actions
from gwa.registry.api.households import zone_under
from gwa.registry.api.reading import actor_of, membership_of
from gwa.registry.models import Membership
from gwa.registry.schemas.memberships import (
    Departure,
    MembershipCorrection,
    MembershipOut,
    MembershipPage,
)

READ = Bearer("registry.read_household")
CHANGE = Bearer("registry.change_members")
router = Router(tags=["memberships"])


@router.get("/memberships", auth=READ, response=MembershipPage)
def list_memberships(
    request: HttpRequest,
    zone_code: OptionalZoneCode = "",
    household_id: UUID | None = None,
    person_id: UUID | None = None,
    with_ended: bool = False,
    cursor: Cursor = "",
    limit: Limit = SIZE,
) -> HttpResponse:
    """List the memberships of the machine's zones; those that ended only where asked for."""
    rows = Membership.objects.visible_to(caller_of(request))
    if not with_ended:
        rows = rows.current()
    if zone_code:
        rows = rows.under_path(zone_under(request, zone_code).path)
    if household_id is not None:
        rows = rows.filter(household_id=household_id)
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    page = read_page(rows, of="memberships", cursor=cursor, limit=limit)
    data = {"rows": len(page), "zone": zone_code}
    record("registry.memberships_listed", actor=actor_of(request), data=data)
    items = [MembershipOut.of(membership) for membership in page]
    return answer_page(MembershipPage(items=items, next_cursor=page.next_cursor))


@router.get("/memberships/{uuid:membership_id}", auth=READ, response=MembershipOut)
def read_membership(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Read one membership."""
    membership = membership_of(request, membership_id)
    record("registry.membership_read", actor=actor_of(request), subject=membership)
    return answer(request, MembershipOut.of(membership))


@router.patch("/memberships/{uuid:membership_id}", auth=CHANGE, response=MembershipOut)
def correct_membership(
    request: HttpRequest, membership_id: UUID, body: MembershipCorrection, if_match: IfMatch
) -> HttpResponse:
    """Correct what a member is to the head, or whether the member is away."""
    held = membership_of(request, membership_id, is_held=True)
    check_tag(if_match, MembershipOut.of(held))
    relationship = body.changes.relationship
    corrected = actions.correct_membership(
        membership=held,
        relationship=relationship.value if relationship else None,
        is_absent=body.changes.is_absent,
        actor=actor_of(request),
        reason=body.reason,
    )
    return answer(request, MembershipOut.of(corrected))


@router.post("/memberships/{uuid:membership_id}/end", auth=CHANGE, response=MembershipOut)
def end_membership(
    request: HttpRequest, membership_id: UUID, body: Departure, idempotency_key: IdempotencyKey
) -> HttpResponse:
    """Take somebody out of a household who left for none that is known."""

    def do() -> HttpResponse:
        ended = actions.remove_member(
            membership=membership_of(request, membership_id),
            on=body.on,
            was_mistake=body.was_mistake,
            new_head=membership_of(request, body.new_head_id) if body.new_head_id else None,
            actor=actor_of(request),
            reason=body.reason,
        )
        return answer(request, MembershipOut.of(ended))

    return once(request, idempotency_key, do)
