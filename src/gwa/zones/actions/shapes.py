"""Boundaries that no file gives: the land of a zone is that of the zones in it."""

from collections import defaultdict

from gwa.zones.models import Geography, Level, Shape, Zone
from gwa.zones.rules.geometry import from_geojson, point_inside, to_geojson, unite

DERIVED = "réunion des zones de niveau inférieur"


def derive_shapes(geography: Geography) -> int:
    """Draw the zones without a boundary of their own from those they hold; tell how many changed.

    A part of an action. From the communes up, so that a country known by its communes gets all.
    """
    zones = list(
        Zone.objects.filter(geography=geography, level__lt=Level.VILLAGE, valid_to__isnull=True)
        .select_related("shape")
        .order_by("-level", "code")
    )
    geometries = {zone.pk: zone.shape.geometry for zone in zones if hasattr(zone, "shape")}
    children: dict[int, list[Zone]] = defaultdict(list)
    changed = 0
    for zone in zones:
        held = children[zone.pk]
        is_own = zone.pk in geometries and zone.shape.source != DERIVED
        if not is_own and held and all(child.pk in geometries for child in held):
            shape = unite(from_geojson(geometries[child.pk]) for child in held)
            changed += _keep(zone, shape, geometries)
        if zone.parent_id is not None:
            children[zone.parent_id].append(zone)
    return changed


def _keep(zone: Zone, shape: object, geometries: dict[int, object]) -> bool:
    geometry = to_geojson(shape)
    if geometries.get(zone.pk) == geometry:
        return False
    geometries[zone.pk] = geometry
    Shape.objects.update_or_create(zone=zone, defaults={"geometry": geometry, "source": DERIVED})
    zone.lon, zone.lat = point_inside(shape)
    zone.save(update_fields=["lon", "lat"])
    return True
