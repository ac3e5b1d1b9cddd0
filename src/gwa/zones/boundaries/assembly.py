"""Putting the files together: one statement per zone, each with its level and its parent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import shapely

from gwa.common.errors import DomainError
from gwa.common.text import fold
from gwa.zones.boundaries.parents import ParentFinder
from gwa.zones.boundaries.records import Place, Reading, Stated
from gwa.zones.errors import (
    BoundaryFilesRefused,
    CountryUnnamed,
    DuplicateCode,
    OutsideCountry,
    TwoCountries,
    WrongLevel,
)
from gwa.zones.rules.facts import ZoneFacts
from gwa.zones.rules.geometry import from_geojson, is_near, point_inside, to_geojson
from gwa.zones.rules.levels import (
    ARRONDISSEMENT,
    COUNTRY,
    WITH_ARRONDISSEMENTS,
    levels_of_depths,
)
from gwa.zones.rules.orders import Country

Known = Mapping[str, ZoneFacts]


def assemble(
    readings: Sequence[Reading],
    *,
    known: Known,
    country: Country | None,
    depths: tuple[int, ...] | None = None,
) -> list[ZoneFacts]:
    """Give every zone of the files its level and parent, among the files or the known zones.

    Raises `BoundaryFilesRefused` with all that does not fit together.
    """
    faults: list[DomainError] = []
    merged = _merge((zone for reading in readings for zone in reading.zones), faults)
    levelled = _give_levels(merged, depths or _depths(readings, known), faults)
    root, others = _take_root(levelled, known, country)
    land = _land(root, others, known)
    finder = ParentFinder(root, others, known)
    facts = [] if root.code in known and root.is_implied else [_facts(root, None)]
    for zone in others:
        parent_code = finder.parent_of(zone, faults)
        facts.append(_facts(zone, parent_code))
        _check_on_land(zone, land, faults)
    if faults:
        raise BoundaryFilesRefused(faults)
    return facts


def _merge(zones: Iterable[Stated], faults: list[DomainError]) -> list[Stated]:
    """One statement per code: a zone of its own, completed by what other files say of it."""
    found: dict[str, Stated] = {}
    for zone in zones:
        before = found.setdefault(zone.code, zone)
        if before is zone or (before.is_implied and zone.is_implied):
            continue
        if before.is_implied or zone.is_implied or _is_same(before, zone):
            main, other = (zone, before) if before.is_implied else (before, zone)
            found[zone.code] = _complete(main, other)
        else:
            faults.append(
                DuplicateCode(place=zone.place, zone_code=zone.code, other_place=before.place)
            )
    return list(found.values())


def _is_same(one: Stated, other: Stated) -> bool:
    """The same zone told in two files (a map and its table), not twice in one."""
    return (
        one.place.file != other.place.file
        and (one.depth, one.level) == (other.depth, other.level)
        and fold(one.name) == fold(other.name)
    )


def _complete(one: Stated, other: Stated) -> Stated:
    return replace(
        one,
        parent_code=one.parent_code or other.parent_code,
        shape=other.shape if one.shape is None else one.shape,
        lon=other.lon if one.lon is None else one.lon,
        lat=other.lat if one.lat is None else one.lat,
        population=other.population if one.population is None else one.population,
    )


def _depths(readings: Sequence[Reading], known: Known) -> tuple[int, ...]:
    if any(zone.level == ARRONDISSEMENT for zone in known.values()):
        return WITH_ARRONDISSEMENTS
    return levels_of_depths(max((reading.deepest for reading in readings), default=0))


def _give_levels(
    zones: list[Stated], depths: tuple[int, ...], faults: list[DomainError]
) -> list[Stated]:
    levelled = []
    for zone in zones:
        if zone.depth is None:
            levelled.append(zone)
        elif zone.depth < len(depths):
            levelled.append(replace(zone, level=depths[zone.depth]))
        else:
            expected = ", ".join(f"ADM{depth}" for depth in range(len(depths)))
            faults.append(WrongLevel(place=zone.place, level=f"ADM{zone.depth}", expected=expected))
    return sorted(levelled, key=lambda zone: (zone.level or COUNTRY, zone.code))


def _take_root(
    zones: list[Stated], known: Known, country: Country | None
) -> tuple[Stated, list[Stated]]:
    """The country and the zones below it. A geography has one country, whatever files call it."""
    stated = [zone for zone in zones if zone.level == COUNTRY]
    others = [zone for zone in zones if zone.level != COUNTRY]
    kept = next((facts for facts in known.values() if facts.level == COUNTRY), None)
    if len(stated) > 1:
        place = max(stated, key=lambda zone: zone.place.number).place
        raise TwoCountries(place=place, codes=", ".join(zone.code for zone in stated))
    if stated:
        code = kept.code if kept else stated[0].code
        others = [
            replace(zone, parent_code=code) if zone.parent_code == stated[0].code else zone
            for zone in others
        ]
        return replace(stated[0], code=code), others
    named = kept or country
    if named is None:
        raise CountryUnnamed
    nowhere = Place("", 0, is_line=False)
    return Stated(nowhere, named.code, named.name, level=COUNTRY, is_implied=True), others


def _land(root: Stated, others: list[Stated], known: Known) -> shapely.Geometry | None:
    """The country's land: its own boundary, else that of the highest zones that have one."""
    if root.shape is not None:
        return root.shape
    if (kept := known.get(root.code)) is not None and kept.geometry is not None:
        return from_geojson(kept.geometry)
    upper = next((zone.level for zone in others if zone.shape is not None), None)
    shapes = [zone.shape for zone in others if zone.shape is not None and zone.level == upper]
    return shapely.union_all(shapes) if shapes else None


def _check_on_land(zone: Stated, land: shapely.Geometry | None, faults: list[DomainError]) -> None:
    lon, lat = (zone.lon, zone.lat) if zone.shape is None else point_inside(zone.shape)
    if land is not None and lon is not None and lat is not None and not is_near(land, lon, lat):
        faults.append(OutsideCountry(place=zone.place, name=zone.name, lon=lon, lat=lat))


def _facts(zone: Stated, parent_code: str | None) -> ZoneFacts:
    lon, lat = zone.lon, zone.lat
    if zone.shape is not None and (lon is None or lat is None):
        lon, lat = point_inside(zone.shape)
    return ZoneFacts(
        code=zone.code,
        name=zone.name,
        level=zone.level or COUNTRY,
        parent_code=parent_code,
        lon=lon,
        lat=lat,
        population=zone.population,
        geometry=None if zone.shape is None else to_geojson(zone.shape),
    )
