"""Boundaries as we keep them: valid polygons, WGS 84, five decimals (about a metre)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from gwa.zones.rules.facts import GeoJson

DECIMALS = 5
# Boundaries are simplified and settlements roughly placed: a little outside is no mistake.
TOLERANCE_DEGREES = 0.05


@dataclass(frozen=True, slots=True)
class CleanShape:
    """A boundary ready to keep; `was_repaired` when it crossed itself."""

    polygon: shapely.Geometry
    was_repaired: bool


class NotAShape(ValueError):
    """The geometry cannot be read, or holds no surface."""


def clean(geometry: GeoJson) -> CleanShape:
    """Read a GeoJSON polygon and mend it. Raises `NotAShape`."""
    try:
        shape = shapely.from_geojson(json.dumps(geometry))
    except shapely.GEOSException as error:
        raise NotAShape(str(error)) from error
    if shape is None or shapely.is_empty(shape):
        raise NotAShape("empty")
    shape = shapely.force_2d(shape)
    was_valid = bool(shapely.is_valid(shape))
    shape = only_surfaces(shapely.make_valid(_round(only_surfaces(shapely.make_valid(shape)))))
    if shapely.is_empty(shape):
        raise NotAShape("no surface")
    return CleanShape(shape, was_repaired=not was_valid)


def _round(shape: shapely.Geometry) -> shapely.Geometry:
    return shapely.transform(shape, lambda points: np.round(points, DECIMALS))


def only_surfaces(shape: shapely.Geometry) -> shapely.Geometry:
    """The polygons of a geometry, without the stray points and lines that mending leaves."""
    parts = [
        part
        for part in shapely.get_parts(shapely.get_parts(shape))
        if part.geom_type == "Polygon" and part.area > 0
    ]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def to_geojson(shape: shapely.Geometry) -> dict[str, Any]:
    """A geometry as it is stored."""
    found: dict[str, Any] = json.loads(shapely.to_geojson(shape))
    return found


def from_geojson(geometry: GeoJson) -> shapely.Geometry:
    """A stored geometry, to compute with."""
    return shapely.from_geojson(json.dumps(geometry))


def unite(shapes: Iterable[shapely.Geometry]) -> shapely.Geometry:
    """The land of several zones together, without the slivers between neighbours."""
    return only_surfaces(shapely.make_valid(_round(_fill(shapely.union_all(list(shapes))))))


def _fill(shape: shapely.Geometry) -> shapely.Geometry:
    """Drop holes too thin to be anything but two simplified borders that do not quite meet."""
    return shapely.MultiPolygon(
        [
            shapely.Polygon(
                part.exterior,
                [ring for ring in part.interiors if not _is_sliver(shapely.Polygon(ring))],
            )
            for part in shapely.get_parts(shape)
            if part.geom_type == "Polygon"
        ]
    )


def _is_sliver(hole: shapely.Polygon) -> bool:
    return bool(shapely.is_empty(hole.buffer(-TOLERANCE_DEGREES / 2)))


def point_inside(shape: shapely.Geometry) -> tuple[float, float]:
    """A point that surely lies in the zone, where its name can be written."""
    point = shapely.point_on_surface(shape)
    return round(point.x, 4), round(point.y, 4)


def is_on_earth(lon: float, lat: float) -> bool:
    """Tell degrees from the metres of a projected map."""
    return -180 <= lon <= 180 and -90 <= lat <= 90


def is_near(shape: shapely.Geometry, lon: float, lat: float) -> bool:
    """Tell whether a point lies in a shape or just beside it."""
    return bool(shapely.dwithin(shape, shapely.Point(lon, lat), TOLERANCE_DEGREES))
