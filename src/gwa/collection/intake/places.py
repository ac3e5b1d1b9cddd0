"""The places that the lines of a group name, found in the gazetteer; each is looked for once."""

from typing import Any

from gwa.collection.rules.cells import Fault
from gwa.collection.rules.places import Asked, Gazetteer, Place
from gwa.registry.rules.facts import HouseholdFacts, OriginFacts, PlaceNowFacts, Position
from gwa.registry.rules.problems import Problem

_ABOVE = ("name_of_region", "name_of_cercle", "name_of_arrondissement", "name_of_commune")


class Places:
    """Finds the places of one import, and remembers them."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._known: dict[tuple[Asked, bool, bool], Place | Fault] = {}

    def zone(self, values: dict[str, Any], problems: list[Problem]) -> int:
        """The settlement of a household; 0 with a problem where none is meant."""
        asked = Asked(
            code=values.get("zone_code", ""),
            above=tuple(values[name] for name in _ABOVE if values.get(name)),
            name=values.get("name_of_zone", ""),
            has_commune=bool(values.get(_ABOVE[-1])),
        )
        found = self._find(asked, anywhere=False)
        if isinstance(found, Fault):
            problems.append(Problem(found.code, "zone_code", None, found.facts))
            return 0
        return found.id

    def _find(self, asked: Asked, *, anywhere: bool, any_level: bool = False) -> Place | Fault:
        known = self._known.get((asked, anywhere, any_level))
        if known is None:
            known = self._gazetteer.find(asked, anywhere=anywhere, any_level=any_level)
            self._known[asked, anywhere, any_level] = known
        return known

    def _elsewhere(
        self, name: str, values: dict[str, Any], problems: list[Problem], *, any_level: bool = False
    ) -> int | None:
        code = values.get(name)
        if not code:
            return None
        found = self._find(Asked(code=code), anywhere=True, any_level=any_level)
        if isinstance(found, Fault):
            found = self._find(Asked(name=code), anywhere=True, any_level=any_level)
        if isinstance(found, Fault):
            problems.append(Problem(found.code, name, None, found.facts))
            return None
        return found.id

    def place_now(
        self, values: dict[str, Any], facts: HouseholdFacts, problems: list[Problem]
    ) -> PlaceNowFacts | None:
        """Where a household is when it is not where it is attached."""
        zone_id = self._elsewhere("place_now", values, problems)
        if zone_id is None or zone_id == facts.zone_id:
            return None
        kind = values.get("place_now_kind") or "other"
        if kind not in ("displacement_site", "host", "pasture", "other"):
            problems.append(Problem("registry.value_refused", "place_now_kind"))
        since = values.get("place_now_since") or facts.registered_on
        return PlaceNowFacts(zone_id, kind, since)

    def origin(self, values: dict[str, Any], problems: list[Problem]) -> OriginFacts | None:
        """Where a displaced household comes from."""
        zone_id = self._elsewhere("origin", values, problems, any_level=True)
        return OriginFacts(zone_id, values.get("arrived_on")) if zone_id is not None else None


def position_of(values: dict[str, Any], problems: list[Problem]) -> Position | None:
    """The point of a household; a half of one is a problem."""
    lon, lat = values.get("lon"), values.get("lat")
    if lon is None and lat is None:
        return None
    if lon is None or lat is None:
        problems.append(Problem("collection.position_half", "lat"))
        return None
    return Position(lon, lat, values.get("accuracy_m"))
