"""One zone at a time, from the screen."""

import datetime as dt

from django.db.models.functions import Now

from gwa.common.text import fold
from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.zones.errors import (
    ClosedBeforeOpened,
    CodeTaken,
    NameMissing,
    OpenedOutsideGeography,
    WrongParentLevel,
    ZoneClosed,
    ZoneHoldsOthers,
)
from gwa.zones.models import Geography, Level, Zone
from gwa.zones.paths import reserve_ids
from gwa.zones.rules.levels import may_hold


@action
def create_zone(
    *, parent: Zone, level: int, code: str, name: str, on: dt.date, actor: Actor, reason: str = ""
) -> Zone:
    """Add a zone to the geography of its parent."""
    geography = _lock(parent.geography_id)
    parent = Zone.objects.get(pk=parent.pk)
    _check_open(parent)
    _check_name(name)
    _check_in_force(geography, on)
    if not may_hold(parent.level, level):
        raise WrongParentLevel(
            level=Level(level).label,
            parent=parent.name,
            parent_level=Level(parent.level).label,
        )
    taken = Zone.objects.filter(geography=geography, code=code).first()
    if taken is not None:
        raise CodeTaken(zone_code=code, name=taken.name)
    [number] = reserve_ids(1)
    zone = Zone.objects.create(
        pk=number,
        geography=geography,
        parent=parent,
        level=level,
        code=code,
        name=name,
        name_key=fold(name),
        path=f"{parent.path}{number}/",
        valid_from=on,
    )
    _mark_changed(geography)
    record(
        "zones.zone_created",
        subject=zone,
        zone_path=zone.path,
        actor=actor,
        reason=reason,
        data={"geography": geography.code, "code": code, "parent": parent.code},
    )
    return zone


@action
def rename_zone(*, zone: Zone, name: str, actor: Actor, reason: str) -> Zone:
    """Change how a zone is written. The path and the code stay."""
    geography = _lock(zone.geography_id)
    zone = Zone.objects.get(pk=zone.pk)
    _check_open(zone)
    _check_name(name)
    before, zone.name, zone.name_key = zone.name, name, fold(name)
    zone.save(update_fields=["name", "name_key"])
    _mark_changed(geography)
    record(
        "zones.zone_renamed",
        subject=zone,
        zone_path=zone.path,
        actor=actor,
        reason=reason,
        data={"from": before, "to": name},
    )
    return zone


@action
def close_zone(*, zone: Zone, on: dt.date, actor: Actor, reason: str) -> Zone:
    """End a zone on a day. It is kept for ever: households and papers still name it."""
    geography = _lock(zone.geography_id)
    zone = Zone.objects.get(pk=zone.pk)
    _check_open(zone)
    if on <= zone.valid_from:
        raise ClosedBeforeOpened(
            name=zone.name, opened_on=f"{zone.valid_from:%d/%m/%Y}", closed_on=f"{on:%d/%m/%Y}"
        )
    held = zone.children.filter(valid_to__isnull=True).count()
    if held:
        raise ZoneHoldsOthers(name=zone.name, count=held)
    zone.valid_to = on
    zone.save(update_fields=["valid_to"])
    _mark_changed(geography)
    record(
        "zones.zone_closed",
        subject=zone,
        zone_path=zone.path,
        actor=actor,
        reason=reason,
        data={"on": on.isoformat()},
    )
    return zone


def _lock(geography_id: int) -> Geography:
    """One change at a time in a geography, so that no child is born under a closing parent."""
    return Geography.objects.select_for_update().get(pk=geography_id)


def _mark_changed(geography: Geography) -> None:
    Geography.objects.filter(pk=geography.pk).update(changed_at=Now())


def _check_open(zone: Zone) -> None:
    if zone.valid_to is not None:
        raise ZoneClosed(name=zone.name, closed_on=f"{zone.valid_to:%d/%m/%Y}")


def _check_name(name: str) -> None:
    if not fold(name):
        raise NameMissing


def _check_in_force(geography: Geography, on: dt.date) -> None:
    is_late = geography.valid_to is not None and on >= geography.valid_to
    if on < geography.valid_from or is_late:
        raise OpenedOutsideGeography(geography=geography.name, opened_on=f"{on:%d/%m/%Y}")
