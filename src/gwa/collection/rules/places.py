"""Which settlement a line means: by code, by names down to the village, by a code of before.

Codes of a former geography pass through the crosswalk; what could be several places is never
chosen for anybody, but listed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import TypeVar

from gwa.collection.rules.cells import Fault
from gwa.common.text import fold

_LISTED = 6
_ALIKE = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A zone of the geography in force. `above`: folded names by level, from the region down."""

    id: int
    code: str
    name: str
    level: int
    path: str
    above: tuple[str, ...]
    shown: str
    is_settlement: bool


@dataclass(frozen=True, slots=True)
class FormerPlace:
    """A zone of a former geography, and the places where its people are now."""

    name: str
    above: tuple[str, ...]
    successors: tuple[int, ...]
    is_exact: bool
    is_settlement: bool


_AnyPlace = TypeVar("_AnyPlace", Place, FormerPlace)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a line says of the place: a code, names of the zones above, a name.

    `has_commune`: the last of those above is the commune, and not a wider zone of the same name.
    """

    code: str = ""
    above: tuple[str, ...] = ()
    name: str = ""
    has_commune: bool = False

    @property
    def shown(self) -> str:
        """The words as they were written."""
        return ", ".join(filter(None, (self.code, self.name, *self.above)))


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The places of the country as lists name them, made once for a job."""

    places: Mapping[int, Place]
    former: Mapping[str, FormerPlace]
    scope: tuple[str, ...]
    by_code: Mapping[str, int] = field(default_factory=dict)
    by_name: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    former_by_name: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # Codes that begin with zeros, by what a spreadsheet leaves of them; only where one is meant.
    by_digits: Mapping[str, str] = field(default_factory=dict)
    # Settlements by the path of the zone right above them.
    inside: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def find(
        self, asked: Asked, *, anywhere: bool = False, any_level: bool = False
    ) -> Place | Fault:
        """Return the one settlement that is meant, or say why there is none.

        Within the zones that may be written, unless `anywhere`: an origin, a place now. Of
        `any_level`: an origin is often known no nearer than its commune or its region.
        """
        asked = self._as_meant(asked)
        found = self._find_by_code(asked) if asked.code else self._find_by_name(asked)
        if isinstance(found, Fault):
            return found
        settlements = [place for place in found if place.is_settlement]
        if any_level and len(found) == 1:
            return found[0]
        if len(settlements) == 1:
            return settlements[0] if anywhere else self._check_scope(settlements[0])
        if not found:
            return Fault("collection.zone_unknown", {"value": asked.shown})
        if len(found) == 1:
            return Fault("registry.zone_not_settlement", {"zone": found[0].name})
        return self._list(asked, settlements or found)

    def _as_meant(self, asked: Asked) -> Asked:
        """Lists write codes where names are told, names where codes are, and lose first zeros."""
        if asked.code:
            code = self._code_of(asked.code)
            if code is None and not asked.name:
                return replace(asked, code="", name=asked.code)
            return Asked(code or asked.code, asked.above, asked.name)
        own = self._code_of(asked.name)
        if own is not None:
            return Asked(own)
        wider = self._code_of(asked.above[-1]) if asked.above else None
        return asked if wider is None else Asked(wider, name=asked.name)

    def _code_of(self, word: str) -> str | None:
        """Return the code that a word is; digits alone may be one without its first zeros."""
        if word in self.by_code or word in self.former:
            return word
        return self.by_digits.get(word) if word.isdigit() else None

    def _check_scope(self, place: Place) -> Place | Fault:
        if place.path.startswith(self.scope):
            return place
        return Fault("registry.zone_not_yours", {"zone": place.name})

    def _find_by_code(self, asked: Asked) -> list[Place] | Fault:
        known = self.by_code.get(asked.code)
        if known is not None:
            wider = [self.places[known]]
            return self._narrow(wider, asked) or self._unknown(asked, wider)
        former = self.former.get(asked.code)
        if former is None:
            return Fault("collection.zone_unknown", {"value": asked.shown})
        return self._cross(former, asked)

    def _narrow(self, found: Sequence[Place], asked: Asked) -> list[Place]:
        """Go down from wider zones by the name of the settlement, where one is given."""
        if not asked.name or all(place.is_settlement for place in found):
            return list(found)
        paths = tuple(place.path for place in found)
        named = (self.places[key] for key in self.by_name.get(fold(asked.name), ()))
        return [place for place in named if place.path.startswith(paths)]

    def _cross(self, former: FormerPlace, asked: Asked) -> list[Place] | Fault:
        successors = [self.places[key] for key in former.successors if key in self.places]
        found = self._narrow(successors, asked)
        settlements = [place for place in found if place.is_settlement]
        if len(settlements) == 1 and (former.is_exact or found != successors):
            return settlements
        if not found:
            return self._unknown(asked, successors)
        if len(found) == 1 and former.is_exact:
            return found
        return self._list(asked, found)

    def _find_by_name(self, asked: Asked) -> list[Place] | Fault:
        if not asked.name:
            return Fault("collection.zone_missing")
        wanted = [fold(name) for name in asked.above if name]
        named = (self.places[key] for key in self.by_name.get(fold(asked.name), ()))
        found = _settlements_under(named, asked, wanted)
        if found:
            return found if len(found) == 1 else self._list(asked, found)
        return self._find_former(asked, wanted)

    def _find_former(self, asked: Asked, wanted: Sequence[str]) -> list[Place] | Fault:
        """The commune may be one of before: its village by name, then through the crosswalk."""
        codes = self.former_by_name.get(fold(asked.name), ())
        named = [self.former[code] for code in codes]
        found = _settlements_under(named, asked, wanted)
        if len(found) == 1:
            return self._cross(found[0], Asked(name=asked.name, above=asked.above))
        if not found and wanted:
            communes = [
                self.former[code]
                for code in self.former_by_name.get(wanted[-1], ())
                if all(word in self.former[code].above for word in wanted[:-1])
            ]
            communes = _narrowest(communes) if asked.has_commune else communes
            if len(communes) == 1 and not communes[0].is_settlement:
                return self._cross(communes[0], asked)
        keys = dict.fromkeys(key for place in found for key in place.successors)
        candidates = [self.places[key] for key in keys if key in self.places]
        if candidates:
            return self._list(asked, candidates)
        return self._unknown(asked, self._wider(wanted))

    def _wider(self, wanted: Sequence[str]) -> list[Place]:
        """The zones that the words above a settlement name, the narrowest word being the last."""
        named = (self.places[key] for key in self.by_name.get(wanted[-1], ())) if wanted else ()
        return _narrowest(
            place
            for place in named
            if not place.is_settlement and all(word in place.above for word in wanted[:-1])
        )

    def _unknown(self, asked: Asked, wider: Sequence[Place]) -> Fault:
        """Say that no settlement has this name, with those alike where the zone above is known."""
        if not (asked.name and wider):
            return Fault("collection.zone_unknown", {"value": asked.shown})
        keys = dict.fromkeys(key for one in wider for key in self.inside.get(one.path, ()))
        names = {fold(self.places[key].name): self.places[key].name for key in keys}
        alike = get_close_matches(fold(asked.name), names, n=_ALIKE)
        zone = ", ".join(dict.fromkeys(place.name for place in wider))
        facts = {"value": asked.name, "zone": zone}
        if not alike:
            return Fault("collection.village_unknown", facts)
        near = " ; ".join(names[name] for name in alike)
        return Fault("collection.village_misspelt", {**facts, "near": near})

    def _list(self, asked: Asked, found: Sequence[Place]) -> Fault:
        shown = [place.shown for place in found[:_LISTED]]
        more = ["…"] if len(found) > _LISTED else []
        return Fault(
            "collection.zone_ambiguous",
            {"value": asked.shown, "candidates": " ; ".join([*shown, *more])},
        )


def _settlements_under(
    named: Iterable[_AnyPlace], asked: Asked, wanted: Sequence[str]
) -> list[_AnyPlace]:
    """Keep the settlements under the zones named, in the commune first: cercles bear its name."""
    found = [p for p in named if p.is_settlement and all(word in p.above for word in wanted)]
    if not asked.has_commune:
        return found
    return [place for place in found if place.above[-1] == wanted[-1]] or found


def _narrowest(found: Iterable[_AnyPlace]) -> list[_AnyPlace]:
    """Of zones of one name, those that lie deepest: the commune, not the cercle around it."""
    zones = list(found)
    deepest = max((len(zone.above) for zone in zones), default=0)
    return [zone for zone in zones if len(zone.above) == deepest]


def make_gazetteer(
    places: Iterable[Place], former: Mapping[str, FormerPlace], scope: Sequence[str]
) -> Gazetteer:
    """Index the places by code and by name. `scope`: path prefixes; an empty prefix is all."""
    by_id = {place.id: place for place in places}
    by_name: dict[str, list[int]] = {}
    for place in by_id.values():
        by_name.setdefault(fold(place.name), []).append(place.id)
    inside: dict[str, list[int]] = {}
    for place in by_id.values():
        if place.is_settlement:
            above = place.path.rstrip("/").rpartition("/")[0]
            inside.setdefault(f"{above}/", []).append(place.id)
    former_by_name: dict[str, list[str]] = {}
    for code, old in former.items():
        former_by_name.setdefault(fold(old.name), []).append(code)
    return Gazetteer(
        places=by_id,
        former=former,
        scope=tuple(scope),
        by_code={place.code: place.id for place in by_id.values()},
        by_name={name: tuple(keys) for name, keys in by_name.items()},
        former_by_name={name: tuple(codes) for name, codes in former_by_name.items()},
        inside={path: tuple(keys) for path, keys in inside.items()},
        by_digits=_without_zeros([*former, *(place.code for place in by_id.values())]),
    )


def _without_zeros(codes: Iterable[str]) -> dict[str, str]:
    """Codes by their digits without the first zeros; what two codes share names neither."""
    found: dict[str, str | None] = {}
    for code in codes:
        if code.isdigit() and code.startswith("0"):
            digits = code.lstrip("0")
            found[digits] = code if found.get(digits, code) == code else None
    return {digits: code for digits, code in found.items() if code and digits}
