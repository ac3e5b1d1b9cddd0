"""Boundaries drawn light enough for a slow line: one level of one geography at a time."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from django.db.models import Count

from gwa.common.access import Person
from gwa.zones.figures import figures_of
from gwa.zones.models import Geography, Level, Shape, Zone
from gwa.zones.queries.places import communes_around
from gwa.zones.rules.geometry import from_geojson

# Degrees, squared by the simplification into the area of the corners it cuts.
_TOLERANCE = {Level.COUNTRY: 0.03, Level.REGION: 0.02, Level.CERCLE: 0.012}
_FINEST = 0.006
_DECIMALS = 3
MAPPED_LEVELS = (Level.REGION, Level.CERCLE, Level.ARRONDISSEMENT, Level.COMMUNE)


def map_of(
    geography: Geography, level: int, person: Person, within: Zone | None = None
) -> dict[str, Any]:
    """The zones of a level as GeoJSON: name, address and figures in the person's zones.

    The rest are outlines that say nothing, so that one sees where one's zones lie. `within` keeps
    one subtree. Settlements have a map of their own.
    """
    found = Zone.objects.filter(geography=geography, level=level, valid_to__isnull=True)
    if within is not None:
        found = found.under(within)
    zones = list(found.order_by("pk"))
    figures = figures_of(zones, person)
    outlines = light_shapes(geography.pk, geography.changed_at, level)
    features = [
        _feature(zone, geometry, figures.get(zone.pk))
        for zone in zones
        if (geometry := outlines.get(zone.pk) or _point(zone)) is not None
    ]
    return {"type": "FeatureCollection", "features": features}


def settlements_map(commune: Zone, person: Person) -> dict[str, Any]:
    """The settlements of a commune as points over its outline."""
    outline = light_shapes(commune.geography_id, commune.geography.changed_at, commune.level)
    places = list(
        Zone.objects.visible_to(person)
        .filter(parent=commune, valid_to__isnull=True, level__gte=Level.VILLAGE)
        .order_by("pk")
    )
    figures = figures_of(places, person)
    features = [
        _feature(place, geometry, figures.get(place.pk))
        for place in places
        if (geometry := _point(place)) is not None
    ]
    if commune.pk in outline:
        features.insert(0, _outline(outline[commune.pk], focus=True))
    return {"type": "FeatureCollection", "features": features}


def outlines_around(lon: float, lat: float, geography: Geography) -> list[dict[str, Any]]:
    """The outlines that show where a point lies: its commune, put forward, and those beside it."""
    shapes = light_shapes(geography.pk, geography.changed_at, Level.COMMUNE)
    own, beside = communes_around(lon, lat, geography)
    around = [_outline(shapes[pk]) for pk in beside if pk in shapes]
    return [*around, *(_outline(shapes[pk], focus=True) for pk in own if pk in shapes)]


def mapped_levels(geography: Geography) -> list[Level]:
    """The levels that have boundaries to show, the widest first."""
    drawn = set(
        Shape.objects.filter(zone__geography=geography, zone__level__in=MAPPED_LEVELS)
        .values_list("zone__level", flat=True)
        .distinct()
    )
    return [level for level in MAPPED_LEVELS if level in drawn]


def level_below(zone: Zone) -> int | None:
    """The level of most of the zones right below one, None where it holds none."""
    row = (
        zone.children.filter(valid_to__isnull=True)
        .values_list("level")
        .annotate(count=Count("pk"))
        .order_by("-count", "level")
        .first()
    )
    return int(row[0]) if row else None


def _feature(
    zone: Zone, geometry: Mapping[str, Any], figures: Mapping[str, int] | None
) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    if figures is not None:
        properties = {"name": zone.name, "code": zone.code, "url": zone.get_absolute_url()}
        properties |= figures
    return {"type": "Feature", "id": zone.pk, "properties": properties, "geometry": geometry}


def _outline(geometry: Mapping[str, Any], **marks: bool) -> dict[str, Any]:
    """A shape without a word; `focus` is where the map opens."""
    return {"type": "Feature", "properties": marks, "geometry": geometry}


def _point(zone: Zone) -> dict[str, Any] | None:
    if not zone.is_settlement or zone.lon is None or zone.lat is None:
        return None
    return {"type": "Point", "coordinates": [round(zone.lon, 4), round(zone.lat, 4)]}


@lru_cache(maxsize=16)
def light_shapes(
    geography_id: int, changed_at: dt.datetime, level: int
) -> dict[int, dict[str, Any]]:
    """Simplified boundaries by zone, neighbours keeping their border in common.

    Kept by each process until the geography changes.
    """
    rows = Shape.objects.filter(
        zone__geography=geography_id, zone__level=level, zone__valid_to__isnull=True
    ).values_list("zone_id", "geometry")
    ids = [pk for pk, _ in rows]
    shapes = np.array([from_geojson(geometry) for _, geometry in rows], dtype=object)
    if not ids:
        return {}
    light = shapely.coverage_simplify(shapes, _TOLERANCE.get(Level(level), _FINEST))
    light = shapely.transform(light, lambda points: np.round(points, _DECIMALS))
    return {pk: json.loads(text) for pk, text in zip(ids, shapely.to_geojson(light), strict=True)}


def fingerprint(answer: Mapping[str, Any]) -> tuple[bytes, str]:
    """A GeoJSON answer as bytes, and the tag by which a browser asks whether it changed."""
    body = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
    return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'
