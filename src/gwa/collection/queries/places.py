"""The country's places, as lists name them."""

from collections.abc import Sequence

from gwa.collection.rules.places import FormerPlace, Gazetteer, Place, make_gazetteer
from gwa.common.scope import EVERYWHERE
from gwa.common.text import fold
from gwa.zones.models import SETTLEMENTS, Crosswalk, Level, Zone
from gwa.zones.rules.crosswalk import Part, cross

_SHOWN_ABOVE = 2


def read_gazetteer(scope_paths: Sequence[str]) -> Gazetteer:
    """Read every open zone, and where those of former geographies went."""
    current = list(Zone.objects.current().order_by("path"))
    zones = {zone.pk: zone for zone in current}
    places = [_place(zone, zones) for zone in current if zone.level != Level.COUNTRY]
    scope = [""] if EVERYWHERE in scope_paths else list(scope_paths)
    return make_gazetteer(places, _read_former(), scope)


def _place(zone: Zone, zones: dict[int, Zone]) -> Place:
    above = [zones[key] for key in zone.ancestor_ids[1:] if key in zones]
    # Few people know their arrondissement, and it often bears the name of the commune.
    known = [wider.name for wider in above if wider.level != Level.ARRONDISSEMENT]
    shown = ", ".join(reversed(known[-_SHOWN_ABOVE:]))
    return Place(
        id=zone.pk,
        code=zone.code,
        name=zone.name,
        level=zone.level,
        path=zone.path,
        above=tuple(fold(wider.name) for wider in above),
        shown=f"{zone.name} ({shown}) {zone.code}" if shown else f"{zone.name} {zone.code}",
        is_settlement=zone.level in SETTLEMENTS,
    )


def _read_former() -> dict[str, FormerPlace]:
    """Zones of the geographies of before by code; a newer geography's code wins."""
    parts: dict[int, list[Part]] = {}
    rows = Crosswalk.objects.filter(new__geography__valid_to__isnull=True)
    for old, new, share in rows.values_list("old_id", "new_id", "share"):
        parts.setdefault(old, []).append(Part(new, share))
    zones = list(
        Zone.objects.filter(geography__valid_to__isnull=False).order_by("geography__valid_to")
    )
    names = {zone.pk: zone.name for zone in zones}
    former = {}
    for zone in zones:
        crossing = cross(parts.get(zone.pk, []))
        above = [fold(names[key]) for key in zone.ancestor_ids[1:] if key in names]
        former[zone.code] = FormerPlace(
            name=zone.name,
            above=tuple(above),
            successors=tuple(part.zone_id for part in crossing.parts),
            is_exact=crossing.only is not None,
            is_settlement=zone.level in SETTLEMENTS,
        )
    return former
