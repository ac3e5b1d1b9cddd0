"""Finding the parent of a zone: by its code, or on the map where the file gives no code."""

from collections.abc import Mapping

import shapely

from gwa.common.errors import DomainError
from gwa.zones.boundaries.records import Stated
from gwa.zones.errors import BadParentLevel, ParentNotFoundOnMap, UnknownParent
from gwa.zones.rules.facts import ZoneFacts
from gwa.zones.rules.geometry import from_geojson, point_inside
from gwa.zones.rules.levels import COUNTRY, may_hold


class ParentFinder:
    """Knows the zones of the files and those already kept, and where they lie."""

    def __init__(self, root: Stated, others: list[Stated], known: Mapping[str, ZoneFacts]) -> None:
        self._root = root
        self._known = known
        self._levels = {code: facts.level for code, facts in known.items() if facts.is_open}
        self._levels |= {zone.code: zone.level or COUNTRY for zone in others}
        self._levels[root.code] = COUNTRY
        self._shapes = {zone.code: zone.shape for zone in others if zone.shape is not None}
        self._trees: dict[int, tuple[shapely.STRtree, list[str]]] = {}

    def parent_of(self, zone: Stated, faults: list[DomainError]) -> str | None:
        """The code of the parent, or None with a fault."""
        code = zone.parent_code
        if code is None:
            code = self._root.code if zone.depth == 1 else self._find_on_map(zone)
        if code is None:
            faults.append(ParentNotFoundOnMap(place=zone.place, name=zone.name))
            return None
        error: type[DomainError] | None = None
        if code not in self._levels:
            error = UnknownParent
        elif not may_hold(self._levels[code], zone.level or COUNTRY):
            error = BadParentLevel
        if error is not None:
            faults.append(error(place=zone.place, name=zone.name, zone_code=zone.code, parent=code))
        return code

    def _find_on_map(self, zone: Stated) -> str | None:
        """The lowest zone above that holds a point inside this one."""
        if zone.shape is None:
            return None
        uppers = {level for level in self._levels.values() if COUNTRY < level < (zone.level or 0)}
        point = shapely.Point(point_inside(zone.shape))
        for level in sorted(uppers, reverse=True):
            tree, codes = self._tree(level)
            hits = tree.query(point, predicate="within")
            if len(hits):
                return codes[int(hits[0])]
        return None

    def _tree(self, level: int) -> tuple[shapely.STRtree, list[str]]:
        if level not in self._trees:
            shapes = {code: shape for code in self._at(level) if (shape := self._shape(code))}
            self._trees[level] = (shapely.STRtree(list(shapes.values())), list(shapes))
        return self._trees[level]

    def _at(self, level: int) -> list[str]:
        return sorted(code for code, found in self._levels.items() if found == level)

    def _shape(self, code: str) -> shapely.Geometry | None:
        if code in self._shapes:
            return self._shapes[code]
        kept = self._known.get(code)
        return None if kept is None or kept.geometry is None else from_geojson(kept.geometry)
