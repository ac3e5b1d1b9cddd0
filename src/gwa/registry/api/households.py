"""Households: list, read, register, correct; and add somebody to one."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from gwa.accounts.idempotency import once
from gwa.common.api.answers import IdempotencyKey, IfMatch, answer, answer_page, check_tag
from gwa.common.api.door import Bearer, caller_of
from gwa.common.api.errors import NotFound
from gwa.common.api.pages import SIZE, Cursor, Limit, read_page
from gwa.common.api.values import OptionalZoneCode, Since
from gwa.journal.actions import record
from gwa.registry import actions
from gwa.registry.api.reading import (
    actor_of,
    household_of,
    source_of,
    tell_household,
    version_id_of,
)
from gwa.registry.queries.belongings import origins_of
from gwa.registry.queries.since import changed_since, visible_households
from gwa.registry.rules.numbers import parse_number
from gwa.registry.schemas.codes import HouseholdStatus
from gwa.registry.schemas.households import (
    HouseholdCorrection,
    HouseholdIn,
    HouseholdLine,
    HouseholdOut,
    HouseholdPage,
    MemberEntry,
)
from gwa.registry.schemas.memberships import MembershipOut
from gwa.zones.models import Zone

READ = Bearer("registry.read_household")
router = Router(tags=["households"])
RegistryNumber = Annotated[
    str,
    Query(
        max_length=30,
        pattern=r"^[0-9A-Za-z .\-]*$",
        description="The number on the household's receipt.",
    ),
]


def zone_under(request: HttpRequest, zone_code: str) -> Zone:
    """Return the zone of the geography in force whose households are asked for."""
    zones = Zone.objects.current().visible_to(caller_of(request))
    zone = zones.filter(code=zone_code).first()
    if zone is None:
        raise NotFound
    return zone


@router.get("/households", auth=READ, response=HouseholdPage)
def list_households(
    request: HttpRequest,
    zone_code: OptionalZoneCode = "",
    status: HouseholdStatus | None = None,
    updated_since: Since | None = None,
    registry_number: RegistryNumber = "",
    cursor: Cursor = "",
    limit: Limit = SIZE,
) -> HttpResponse:
    """List the households of the machine's zones, oldest entry first."""
    rows = visible_households(caller_of(request))
    if zone_code:
        rows = rows.under_path(zone_under(request, zone_code).path)
    if status is not None:
        rows = rows.filter(status=status.value)
    if updated_since is not None:
        rows = rows.filter(changed_since(updated_since, "household"))
    if registry_number:
        rows = rows.filter(registry_number=parse_number(registry_number) or "")
    page = read_page(rows, of="households", cursor=cursor, limit=limit)
    origins = origins_of([household.pk for household in page])
    items = [
        HouseholdLine(
            **HouseholdLine.facts(household, caller_of(request), origins.get(household.pk))
        )
        for household in page
    ]
    data = {"rows": len(page), "zone": zone_code, "by_number": bool(registry_number)}
    record("registry.households_listed", actor=actor_of(request), data=data)
    return answer_page(HouseholdPage(items=items, next_cursor=page.next_cursor))


@router.get("/households/{uuid:household_id}", auth=READ, response=HouseholdOut)
def read_household(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Read one household with its present members."""
    household = household_of(request, household_id)
    record("registry.household_read", actor=actor_of(request), subject=household)
    return answer(request, tell_household(request, household))


@router.post(
    "/households", auth=Bearer("registry.register_household"), response={201: HouseholdOut}
)
def register_household(
    request: HttpRequest, body: HouseholdIn, idempotency_key: IdempotencyKey
) -> HttpResponse:
    """Register a household with all its members: whole, or not at all."""

    def do() -> HttpResponse:
        zone = zone_under(request, body.zone_code)
        version_id = version_id_of(body.dictionary_version, is_needed=body.has_answers)
        made = actions.register_household(
            household=body.as_household(zone.pk, version_id),
            members=[member.as_member(version_id) for member in body.members],
            source=source_of(request, body.source),
            actor=actor_of(request),
            reason=body.reason,
        )
        household = household_of(request, made.pk)
        location = f"/api/v1/households/{made.pk}"
        return answer(request, tell_household(request, household), status=201, location=location)

    return once(request, idempotency_key, do)


@router.patch(
    "/households/{uuid:household_id}",
    auth=Bearer("registry.correct_household"),
    response=HouseholdOut,
)
def correct_household(
    request: HttpRequest, household_id: UUID, body: HouseholdCorrection, if_match: IfMatch
) -> HttpResponse:
    """Correct values of a household, from the state that was read.

    A value that a surer source told stays in force; yours is kept beside it.
    """
    held = household_of(request, household_id, is_held=True)
    check_tag(if_match, tell_household(request, held))
    actions.correct_household(
        household=held,
        changes=body.changes.as_changes(),
        source=source_of(request, body.source),
        actor=actor_of(request),
        reason=body.reason,
    )
    return answer(request, tell_household(request, household_of(request, household_id)))


@router.post(
    "/households/{uuid:household_id}/members",
    auth=Bearer("registry.change_members"),
    response={201: MembershipOut},
)
def add_member(
    request: HttpRequest, household_id: UUID, body: MemberEntry, idempotency_key: IdempotencyKey
) -> HttpResponse:
    """Add somebody to a household: a birth, an arrival, a second hearth."""

    def do() -> HttpResponse:
        household = household_of(request, household_id)
        version_id = version_id_of(body.dictionary_version, is_needed=body.has_answers)
        made = actions.add_member(
            household=household,
            member=body.as_member(version_id),
            on=body.on,
            source=source_of(request, body.source),
            actor=actor_of(request),
            reason=body.reason,
        )
        location = f"/api/v1/memberships/{made.pk}"
        return answer(request, MembershipOut.of(made), status=201, location=location)

    return once(request, idempotency_key, do)
