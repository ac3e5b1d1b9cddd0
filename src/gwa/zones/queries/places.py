"""From a point on the earth to the zone it lies in."""

import datetime as dt
import math
from functools import lru_cache

import shapely

from gwa.zones.models import SETTLEMENTS, Geography, Level, Shape, Zone
from gwa.zones.queries.tree import current_geography
from gwa.zones.rules.geometry import from_geojson


def commune_at(lon: float, lat: float, geography: Geography | None = None) -> Zone | None:
    """The commune that holds a point, in the geography in force unless another is given."""
    geography = geography or current_geography()
    if geography is None:
        return None
    tree, ids = _communes(geography.pk, geography.changed_at)
    hits = tree.query(shapely.Point(lon, lat), predicate="intersects")
    # On a border that two communes share, the same one answers every time.
    return Zone.objects.get(pk=min(ids[int(hit)] for hit in hits)) if len(hits) else None


def communes_around(lon: float, lat: float, geography: Geography) -> tuple[list[int], list[int]]:
    """The commune that holds a point, if any, and those that touch it: their numbers."""
    tree, ids = _communes(geography.pk, geography.changed_at)
    hits = tree.query(shapely.Point(lon, lat), predicate="intersects")
    if not len(hits):
        return [], []
    own = min(hits, key=lambda hit: ids[int(hit)])
    touching = tree.query(tree.geometries[own], predicate="intersects")
    return [ids[int(own)]], sorted(ids[int(hit)] for hit in touching if hit != own)


def settlement_near(lon: float, lat: float, geography: Geography | None = None) -> Zone | None:
    """The settlement whose centre is nearest, among those of the commune that holds the point."""
    commune = commune_at(lon, lat, geography)
    if commune is None:
        return None
    settlements = Zone.objects.under(commune).filter(
        level__in=SETTLEMENTS, valid_to__isnull=True, lon__isnull=False, lat__isnull=False
    )
    return min(settlements, key=lambda zone: _gap(zone, lon, lat), default=None)


def _gap(zone: Zone, lon: float, lat: float) -> tuple[float, int]:
    """How far, on the flat: enough within one commune. Ties go to the older zone."""
    east = ((zone.lon or 0) - lon) * math.cos(math.radians(lat))
    return east**2 + ((zone.lat or 0) - lat) ** 2, zone.pk


@lru_cache(maxsize=4)
def _communes(geography_id: int, changed_at: dt.datetime) -> tuple[shapely.STRtree, list[int]]:
    """The communes' boundaries, kept by each process until the geography changes."""
    rows = Shape.objects.filter(
        zone__geography=geography_id, zone__level=Level.COMMUNE, zone__valid_to__isnull=True
    ).values_list("zone_id", "geometry")
    ids, shapes = [], []
    for pk, geometry in rows:
        ids.append(pk)
        shapes.append(from_geojson(geometry))
    return shapely.STRtree(shapes), ids
