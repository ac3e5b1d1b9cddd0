"""Zones for machines: those they work in, and those above that lead there."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from gwa.common.api.answers import answer, answer_page
from gwa.common.api.door import Bearer, caller_of
from gwa.common.api.errors import NotFound
from gwa.common.api.pages import SIZE, Cursor, Limit, read_page
from gwa.common.api.values import OptionalZoneCode, ZoneCode
from gwa.journal.actions import record
from gwa.zones.models import Level, Zone, ZoneQuerySet
from gwa.zones.schemas import LEVELS, ZoneLevel, ZoneOut, ZonePage

READ = Bearer("zones.read_zones")
Geography = Annotated[
    str,
    Query(
        max_length=20,
        pattern=r"^[A-Za-z0-9_.\-]*$",
        description="Code of a geography; empty: the one in force.",
    ),
]
router = Router(tags=["zones"])


def _zones(request: HttpRequest, geography: str) -> ZoneQuerySet:
    zones = Zone.objects.visible_to(caller_of(request)).select_related("parent", "geography")
    return zones.filter(geography__code=geography) if geography else zones.current()


@router.get("/zones", auth=READ, response=ZonePage)
def list_zones(
    request: HttpRequest,
    under: OptionalZoneCode = "",
    level: ZoneLevel | None = None,
    geography: Geography = "",
    cursor: Cursor = "",
    limit: Limit = SIZE,
) -> HttpResponse:
    """List the zones that the machine may see, all levels or one."""
    zones = _zones(request, geography)
    if under:
        root = zones.filter(code=under).first()
        if root is None:
            raise NotFound
        zones = zones.under(root)
    if level is not None:
        number = next(number for number, name in LEVELS.items() if name == level.value)
        zones = zones.filter(level=Level(number))
    page = read_page(zones, of="zones", cursor=cursor, limit=limit)
    record("zones.listed", actor=request.actor, data={"rows": len(page)})  # type: ignore[attr-defined]
    items = [ZoneOut.of(zone) for zone in page]
    return answer_page(ZonePage(items=items, next_cursor=page.next_cursor))


@router.get("/zones/{zone_code}", auth=READ, response=ZoneOut)
def read_zone(
    request: HttpRequest, zone_code: Annotated[ZoneCode, Path()], geography: Geography = ""
) -> HttpResponse:
    """Read one zone."""
    zone = _zones(request, geography).filter(code=zone_code).first()
    if zone is None:
        raise NotFound
    record("zones.read", actor=request.actor, subject=zone)  # type: ignore[attr-defined]
    return answer(request, ZoneOut.of(zone))
