"""Persons: list, read, correct, move; and write down a number."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from gwa.accounts.idempotency import once
from gwa.common.api.answers import IdempotencyKey, IfMatch, answer, answer_page, check_tag
from gwa.common.api.door import Bearer, caller_of
from gwa.common.api.pages import SIZE, Cursor, Limit, read_page
from gwa.common.api.values import OptionalZoneCode, Since
from gwa.journal.actions import record
from gwa.registry import actions
from gwa.registry.api.households import zone_under
from gwa.registry.api.reading import (
    actor_of,
    household_of,
    membership_of,
    person_of,
    source_of,
    tell_person,
    tell_persons,
)
from gwa.registry.columns import READ_IDENTIFIER
from gwa.registry.models import Membership
from gwa.registry.queries.since import changed_since, visible_persons
from gwa.registry.schemas.codes import PersonStatus
from gwa.registry.schemas.memberships import MembershipOut, Move
from gwa.registry.schemas.persons import (
    IdentifierIn,
    IdentifierOut,
    PersonCorrection,
    PersonOut,
    PersonPage,
)

READ = Bearer("registry.read_household")
router = Router(tags=["persons"])


@router.get("/persons", auth=READ, response=PersonPage)
def list_persons(
    request: HttpRequest,
    zone_code: OptionalZoneCode = "",
    household_id: UUID | None = None,
    status: PersonStatus | None = None,
    updated_since: Since | None = None,
    cursor: Cursor = "",
    limit: Limit = SIZE,
) -> HttpResponse:
    """List the persons of the machine's zones, oldest entry first."""
    rows = visible_persons(caller_of(request))
    if zone_code:
        rows = rows.under_path(zone_under(request, zone_code).path)
    if household_id is not None:
        present = Membership.objects.current().filter(household_id=household_id)
        rows = rows.filter(pk__in=present.values("person_id"))
    if status is not None:
        rows = rows.filter(status=status.value)
    if updated_since is not None:
        rows = rows.filter(changed_since(updated_since, "person"))
    page = read_page(rows, of="persons", cursor=cursor, limit=limit)
    data = {"rows": len(page), "zone": zone_code}
    record("registry.persons_listed", actor=actor_of(request), data=data)
    items = tell_persons(request, page)
    return answer_page(PersonPage(items=items, next_cursor=page.next_cursor))


@router.get("/persons/{uuid:person_id}", auth=READ, response=PersonOut)
def read_person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Read one person."""
    person = person_of(request, person_id)
    record("registry.person_read", actor=actor_of(request), subject=person)
    return answer(request, tell_person(request, person))


@router.patch(
    "/persons/{uuid:person_id}", auth=Bearer("registry.correct_household"), response=PersonOut
)
def correct_person(
    request: HttpRequest, person_id: UUID, body: PersonCorrection, if_match: IfMatch
) -> HttpResponse:
    """Correct values of a person, from the state that was read."""
    held = person_of(request, person_id, is_held=True)
    check_tag(if_match, tell_person(request, held))
    actions.correct_person(
        person=held,
        changes=body.changes.as_changes(),
        source=source_of(request, body.source),
        actor=actor_of(request),
        reason=body.reason,
    )
    return answer(request, tell_person(request, person_of(request, person_id)))


@router.post(
    "/persons/{uuid:person_id}/move",
    auth=Bearer("registry.change_members"),
    response={201: MembershipOut},
)
def move_person(
    request: HttpRequest, person_id: UUID, body: Move, idempotency_key: IdempotencyKey
) -> HttpResponse:
    """Count a person in another household from a day on."""

    def do() -> HttpResponse:
        started = actions.move_member(
            person=person_of(request, person_id),
            to=household_of(request, body.household_id),
            relationship=body.relationship.value,
            on=body.on,
            is_absent=body.is_absent,
            new_head=membership_of(request, body.new_head_id) if body.new_head_id else None,
            source=source_of(request, body.source),
            actor=actor_of(request),
            reason=body.reason,
        )
        location = f"/api/v1/memberships/{started.pk}"
        return answer(request, MembershipOut.of(started), status=201, location=location)

    return once(request, idempotency_key, do)


@router.post(
    "/persons/{uuid:person_id}/identifiers",
    auth=Bearer("registry.set_identifier"),
    response={201: IdentifierOut},
)
def set_identifier(
    request: HttpRequest, person_id: UUID, body: IdentifierIn, idempotency_key: IdempotencyKey
) -> HttpResponse:
    """Write down a number that a person shows; one of the same kind that it replaces ends.

    Where another living person holds it, it is kept as a claim (`is_claim`) and goes to review.
    """

    def do() -> HttpResponse:
        identifier = actions.set_identifier(
            person=person_of(request, person_id),
            kind=body.kind.value,
            value=body.value,
            issuer=body.issuer,
            source=source_of(request, body.source),
            actor=actor_of(request),
            reason=body.reason,
        )
        with_value = caller_of(request).has_right(READ_IDENTIFIER)
        content = IdentifierOut.of(identifier, with_value=with_value)
        return answer(request, content, status=201, location=f"/api/v1/persons/{person_id}")

    return once(request, idempotency_key, do)
