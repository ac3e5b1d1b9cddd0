"""A whole geography at a time, from published files."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q
from django.db.models.functions import Now

from gwa.common.text import fold
from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.zones.actions.shapes import derive_shapes
from gwa.zones.boundaries.records import Reading
from gwa.zones.errors import ClosedBeforeOpened, GeographiesOverlap, GeographyUndated
from gwa.zones.models import Geography, Shape, Zone
from gwa.zones.paths import reserve_ids
from gwa.zones.queries.imports import plan_import
from gwa.zones.rules.differences import ChangedZone, Differences
from gwa.zones.rules.facts import ZoneFacts
from gwa.zones.rules.orders import ImportOrder

_COLUMNS = ("name", "level", "lon", "lat", "population")
_BATCH = 2000


@action
def import_zones(
    *, readings: Sequence[Reading], order: ImportOrder, actor: Actor, reason: str = ""
) -> Differences:
    """Make a geography say what the files say. Run again with the same files, it changes nothing.

    Zones the files no longer name are closed, never deleted. All or nothing.
    """
    geography, is_new = _open_geography(readings, order)
    differences = plan_import(readings, order, geography)
    _add(differences.new, geography, geography.valid_from if is_new else order.on, order.source)
    _change(differences.changed, geography, order.source)
    _close(differences.gone, geography, order.on)
    derived = derive_shapes(geography)
    if differences.new or differences.changed or differences.gone or derived:
        Geography.objects.filter(pk=geography.pk).update(changed_at=Now())
    record(
        "zones.zones_imported",
        subject=geography,
        actor=actor,
        reason=reason,
        data={
            "geography": geography.code,
            "files": [reading.file for reading in readings],
            "new": len(differences.new),
            "changed": len(differences.changed),
            "gone": [zone.code for zone in differences.gone],
            "unchanged": differences.unchanged,
        },
    )
    return differences


def _open_geography(readings: Sequence[Reading], order: ImportOrder) -> tuple[Geography, bool]:
    """Lock the geography, made or brought to the dates of the order."""
    valid_from = order.valid_from or _stated_validity(readings)
    geography = Geography.objects.select_for_update().filter(code=order.geography).first()
    is_new = geography is None
    if geography is None:
        if valid_from is None:
            raise GeographyUndated(geography=order.geography)
        geography = Geography(code=order.geography, name=order.geography, valid_from=valid_from)
    geography.name = order.name or geography.name
    geography.valid_from = order.valid_from or geography.valid_from
    geography.valid_to = order.valid_to or geography.valid_to
    geography.source = order.source or geography.source
    _check_alone(geography, order)
    geography.save()
    return geography, is_new or not geography.zones.exists()


def _stated_validity(readings: Sequence[Reading]) -> dt.date | None:
    return next((reading.valid_on for reading in readings if reading.valid_on), None)


def _check_alone(geography: Geography, order: ImportOrder) -> None:
    """One geography is in force on any day; the new one may end the one before it."""
    others = Geography.objects.exclude(pk=geography.pk)
    if order.ends_previous:
        others.filter(valid_to__isnull=True, valid_from__lt=geography.valid_from).update(
            valid_to=geography.valid_from
        )
    overlapping = others.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=geography.valid_from))
    if geography.valid_to is not None:
        overlapping = overlapping.filter(valid_from__lt=geography.valid_to)
    if (other := overlapping.first()) is not None:
        raise GeographiesOverlap(other=other.name)


def _add(
    zones: Sequence[ZoneFacts], geography: Geography, valid_from: dt.date, source: str
) -> None:
    known = dict(Zone.objects.filter(geography=geography).values_list("code", "path"))
    ids = dict(Zone.objects.filter(geography=geography).values_list("code", "pk"))
    rows = []
    for facts, number in zip(zones, reserve_ids(len(zones)), strict=True):
        parent_path = known[facts.parent_code] if facts.parent_code else ""
        known[facts.code], ids[facts.code] = f"{parent_path}{number}/", number
        rows.append(
            Zone(
                pk=number,
                geography=geography,
                code=facts.code,
                name=facts.name,
                name_key=fold(facts.name),
                level=facts.level,
                parent_id=ids[facts.parent_code] if facts.parent_code else None,
                path=known[facts.code],
                valid_from=valid_from,
                lon=facts.lon,
                lat=facts.lat,
                population=facts.population,
                population_source=source[:120] if facts.population is not None else "",
            )
        )
    Zone.objects.bulk_create(rows, batch_size=_BATCH)
    _keep_shapes(zones, ids, source)


def _change(changed: Sequence[ChangedZone], geography: Geography, source: str) -> None:
    codes = [change.facts.code for change in changed]
    rows = {zone.code: zone for zone in Zone.objects.filter(geography=geography, code__in=codes)}
    for change in changed:
        zone = rows[change.facts.code]
        for column in set(change.fields) & set(_COLUMNS):
            setattr(zone, column, getattr(change.facts, column))
        if "population" in change.fields:
            zone.population_source = source[:120]
        zone.name_key = fold(zone.name)
        zone.valid_to = None
    Zone.objects.bulk_update(
        rows.values(), [*_COLUMNS, "name_key", "population_source", "valid_to"], batch_size=_BATCH
    )
    with_shapes = [change.facts for change in changed if "geometry" in change.fields]
    _keep_shapes(with_shapes, {code: zone.pk for code, zone in rows.items()}, source)


def _keep_shapes(zones: Sequence[ZoneFacts], ids: dict[str, int], source: str) -> None:
    Shape.objects.bulk_create(
        [
            Shape(zone_id=ids[facts.code], geometry=facts.geometry, source=source[:200])
            for facts in zones
            if facts.geometry is not None
        ],
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["zone"],
        update_fields=["geometry", "source"],
    )


def _close(gone: Sequence[ZoneFacts], geography: Geography, on: dt.date) -> None:
    rows = Zone.objects.filter(geography=geography, code__in=[facts.code for facts in gone])
    young = rows.filter(valid_from__gte=on).first()
    if young is not None:
        raise ClosedBeforeOpened(
            name=young.name, opened_on=f"{young.valid_from:%d/%m/%Y}", closed_on=f"{on:%d/%m/%Y}"
        )
    rows.update(valid_to=on)
