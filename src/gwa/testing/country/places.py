"""The demonstration country's zones: two dated geographies, their boundaries and the crosswalk.

It never changes: the same code draws the same country, whatever people are put into it.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl
import shapely
from numpy.typing import NDArray

from gwa.testing.country import facts
from gwa.testing.country.drawing import ANCHORS
from gwa.testing.country.former import former_communes
from gwa.testing.country.land import BAMAKO_COMMUNES, COMMUNES, Land, draw_land
from gwa.testing.country.mesh import dissolve, draw_cells
from gwa.testing.country.partition import Labels, share_out
from gwa.testing.country.placenames import Namer

REFORM_ON = dt.date(2023, 3, 13)
FORMER_SINCE = dt.date(2015, 4, 8)
CURRENT = "2023"
FORMER = "2015"

COUNTRY, REGION, CERCLE, ARRONDISSEMENT, COMMUNE, VILLAGE, QUARTIER, FRACTION = range(8)

_DRAWING_SEED = 2023
_NOMAD_SHARE = {"08": 0.6, "09": 0.6, "10": 0.5, "07": 0.25, "06": 0.2, "19": 0.1, "16": 0.05}
_COUNTRY_NAME = "Mali (démonstration)"


@dataclass(frozen=True, slots=True)
class Places:
    """The drawn country.

    `zones`: number, geography, code, name, level, parent (a number), lon, lat, population, shape
    (GeoJSON text; settlements have none). Numbers go from the top down.
    `crosswalk`: old, new (numbers), share of the old commune's population.
    `settlements`: the villages, quartiers and fractions with what the people need to know.
    """

    zones: pl.DataFrame
    crosswalk: pl.DataFrame
    settlements: pl.DataFrame


@dataclass(frozen=True, slots=True)
class _Village:
    """Parallel columns of the villages."""

    level: Labels
    population: Labels
    names: list[str]
    commune_names: list[str]


@cache
def draw_places() -> Places:
    """Draw the country; a few seconds, once a process."""
    rng = np.random.default_rng(_DRAWING_SEED)
    land = draw_land(rng)
    villages = _people_and_name(land, rng)
    cells, owners = draw_cells(land.points)
    zones = _Zones(land.points, cells, owners, villages.population)
    numbers = _add_current(zones, land, villages)
    former = _add_former(zones, land, villages, rng)
    return Places(
        zones=zones.frame(),
        crosswalk=_cross(former, land.commune, numbers["commune"], villages.population),
        settlements=_settlements(land, villages, numbers["village"]),
    )


class _Zones:
    """Collects zones from the top down."""

    def __init__(
        self,
        points: NDArray[np.float64],
        cells: NDArray[np.object_],
        owners: Labels,
        people: Labels,
    ) -> None:
        self._points, self._cells, self._owners, self._people = points, cells, owners, people
        self._rows: list[tuple[object, ...]] = []

    def add_groups(
        self, geography: str, level: int, labels: Labels, rows: list[tuple[str, str, int | None]]
    ) -> list[int]:
        """Add one zone for each group of villages: code, name, parent. Give their numbers."""
        count = len(rows)
        mine = labels[self._owners]
        inside = mine >= 0
        shapes = dissolve(self._cells[inside], mine[inside], count)
        kept = labels >= 0
        people = np.bincount(labels[kept], weights=self._people[kept], minlength=count)
        numbers = []
        for (code, name, parent), shape, population in zip(rows, shapes, people, strict=True):
            centre = shapely.point_on_surface(shape)
            numbers.append(len(self._rows) + 1)
            self._rows.append(
                (
                    numbers[-1], geography, code, name, level, parent,
                    round(centre.x, 4), round(centre.y, 4), int(population),
                    shapely.to_geojson(shape),
                )
            )  # fmt: skip
        return numbers

    def add_settlements(
        self, levels: Labels, rows: list[tuple[str, str, int]]
    ) -> NDArray[np.int64]:
        """Add the villages, which are points; give their numbers."""
        first = len(self._rows) + 1
        for index, (code, name, parent) in enumerate(rows):
            lon, lat = self._points[index]
            self._rows.append(
                (
                    first + index, CURRENT, code, name, int(levels[index]), parent,
                    round(float(lon), 4), round(float(lat), 4), int(self._people[index]), None,
                )
            )  # fmt: skip
        return np.arange(first, first + len(rows))

    def frame(self) -> pl.DataFrame:
        return pl.DataFrame(
            self._rows,
            schema={
                "number": pl.Int64, "geography": pl.String, "code": pl.String, "name": pl.String,
                "level": pl.Int16, "parent": pl.Int64, "lon": pl.Float64, "lat": pl.Float64,
                "population": pl.Int64, "shape": pl.String,
            },
            orient="row",
        )  # fmt: skip


def _people_and_name(land: Land, rng: np.random.Generator) -> _Village:
    """Share the census of each region between its villages, and name every place."""
    count = len(land.points)
    codes = [region.code for region in facts.regions()]
    is_urban = np.array([index == 0 for index in land.region]) | _is_town(land)
    nomads = np.array([_NOMAD_SHARE.get(codes[index], 0.0) for index in land.region])
    level = np.where(is_urban, QUARTIER, np.where(rng.random(count) < nomads, FRACTION, VILLAGE))
    weights = rng.lognormal(0.0, 0.6, count) * np.where(is_urban, 3.0, 1.0)
    weights *= np.where(level == FRACTION, 0.5, 1.0)
    cercle_pull = np.where(
        land.cercle >= 0, land.cercle_weights[land.cercle] / _sizes(land.cercle), 1.0
    )
    weights *= cercle_pull
    population = np.zeros(count, dtype=np.int64)
    for index, region in enumerate(facts.regions()):
        inside = np.flatnonzero(land.region == index)
        population[inside] = share_out(region.population, weights[inside], least=20)
    commune_names = _name_communes(land, codes, Namer(rng))
    return _Village(
        level,
        population,
        _name_villages(land, level, codes, commune_names, Namer(rng)),
        commune_names,
    )


def _sizes(labels: Labels) -> NDArray[np.float64]:
    kept = labels[labels >= 0]
    return np.bincount(kept)[labels].astype(np.float64)


def _is_town(land: Land) -> NDArray[np.bool_]:
    """The villages of the seat commune of a cercle of the sketch are quartiers of a town."""
    towns = {anchor.name for anchor in ANCHORS}
    known = np.array([name in towns for name in land.cercle_names])
    return land.seats & np.where(land.cercle >= 0, known[land.cercle], False)


def _name_communes(land: Land, codes: list[str], namer: Namer) -> list[str]:
    """A seat bears the name of its cercle; the others have names of their own."""
    taken = set(land.cercle_names)
    names = [f"Commune {numeral}" for numeral in ("I", "II", "III", "IV", "V", "VI", "VII")]
    first = _first_village(land.commune, COMMUNES)
    for commune in range(BAMAKO_COMMUNES, COMMUNES):
        village = first[commune]
        if land.seats[village]:
            names.append(land.cercle_names[land.cercle[village]])
        else:
            names.append(namer.place(codes[land.region[village]], taken))
    return names


def _name_villages(
    land: Land, level: Labels, codes: list[str], commune_names: list[str], namer: Namer
) -> list[str]:
    """Names differ within a commune; the first village of a rural commune bears its name."""
    taken: dict[int, set[str]] = {}
    names = []
    for village, commune in enumerate(land.commune):
        used = taken.setdefault(int(commune), set())
        if level[village] == QUARTIER:
            names.append(namer.quartier(used))
        elif level[village] == FRACTION:
            names.append(namer.fraction(used))
        elif not used:
            used.add(commune_names[commune])
            names.append(commune_names[commune])
        else:
            names.append(namer.place(codes[land.region[village]], used))
    return names


def _add_current(zones: _Zones, land: Land, villages: _Village) -> dict[str, NDArray[np.int64]]:
    """Add the geography of today, from the country down to the villages."""
    regions = facts.regions()
    country = zones.add_groups(
        CURRENT, COUNTRY, np.zeros_like(land.region), [("ML", _COUNTRY_NAME, None)]
    )
    region = zones.add_groups(
        CURRENT, REGION, land.region, [(r.code, r.name, country[0]) for r in regions]
    )
    of_cercle = land.region[_first_village(land.cercle, len(land.cercle_names))]
    cercle_codes = _codes([regions[index].code for index in of_cercle], 2)
    cercle = zones.add_groups(
        CURRENT,
        CERCLE,
        land.cercle,
        [
            (code, name, region[of_cercle[index]])
            for index, (code, name) in enumerate(zip(cercle_codes, land.cercle_names, strict=True))
        ],
    )
    first = _first_village(land.arrondissement, int(land.arrondissement.max()) + 1)
    upper_codes = _codes([cercle_codes[land.cercle[village]] for village in first], 2)
    upper = zones.add_groups(
        CURRENT,
        ARRONDISSEMENT,
        land.arrondissement,
        [
            (code, villages.commune_names[land.commune[village]], cercle[land.cercle[village]])
            for code, village in zip(upper_codes, first, strict=True)
        ],
    )
    first = _first_village(land.commune, COMMUNES)
    within = [
        upper_codes[land.arrondissement[v]] if land.cercle[v] >= 0 else "000000" for v in first
    ]
    commune_codes = _codes(within, 2)
    commune = zones.add_groups(
        CURRENT,
        COMMUNE,
        land.commune,
        [
            (
                code,
                villages.commune_names[index],
                upper[land.arrondissement[v]] if land.cercle[v] >= 0 else region[0],
            )
            for index, (code, v) in enumerate(zip(commune_codes, first, strict=True))
        ],
    )
    codes = _codes([commune_codes[index] for index in land.commune], 3)
    village = zones.add_settlements(
        villages.level,
        [
            (code, name, commune[land.commune[index]])
            for index, (code, name) in enumerate(zip(codes, villages.names, strict=True))
        ],
    )
    return {"commune": np.array(commune), "village": village}


def _add_former(
    zones: _Zones, land: Land, villages: _Village, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Add the geography before 2023 down to its communes; give each village's commune there."""
    of_village, cercle_of_commune = former_communes(land, rng)
    cercles = [cercle for cercle in facts.former_cercles() if cercle.code != "ML0901"]
    regions = sorted({(c.region_code, c.region_name) for c in facts.former_cercles()})
    cercle_of_village = [cercle_of_commune[commune] for commune in of_village]
    country = zones.add_groups(
        FORMER, COUNTRY, np.zeros_like(of_village), [("ML", _COUNTRY_NAME, None)]
    )
    order = {code: index for index, (code, _) in enumerate(regions)}
    region = zones.add_groups(
        FORMER,
        REGION,
        np.array([order[code[:4]] for code in cercle_of_village]),
        [(code, name, country[0]) for code, name in regions],
    )
    rank = {cercle.code: index for index, cercle in enumerate(cercles)}
    cercle = zones.add_groups(
        FORMER,
        CERCLE,
        np.array([rank.get(code, -1) for code in cercle_of_village]),
        [(c.code, c.name, region[order[c.region_code]]) for c in cercles],
    )
    commune = zones.add_groups(
        FORMER,
        COMMUNE,
        of_village,
        [
            (code, name, cercle[rank[upper]] if upper in rank else region[order[upper[:4]]])
            for code, name, upper in zip(
                _codes(cercle_of_commune, 2),
                _former_names(land, villages, of_village, len(cercle_of_commune)),
                cercle_of_commune,
                strict=True,
            )
        ],
    )
    return np.array(commune)[of_village]


def _former_names(land: Land, villages: _Village, of_village: Labels, count: int) -> list[str]:
    """An old commune bears the name of today's commune where most of its people live."""
    names: list[str] = []
    used: set[tuple[str, int]] = set()
    for commune in range(count):
        inside = np.flatnonzero(of_village == commune)
        people = np.bincount(land.commune[inside], weights=villages.population[inside])
        successor = int(people.argmax())
        name = villages.commune_names[successor]
        if (name, successor) in used:
            # The other half of a merged commune: it kept the name of its largest village.
            name = villages.names[inside[villages.population[inside].argmax()]]
        used.add((name, successor))
        names.append(name)
    return names


def _cross(
    former: NDArray[np.int64], commune: Labels, numbers: NDArray[np.int64], people: Labels
) -> pl.DataFrame:
    """Where the people of each old commune live in today's communes."""
    return (
        pl.DataFrame({"old": former, "new": numbers[commune], "people": people})
        .group_by("old", "new")
        .agg(pl.col("people").sum())
        .with_columns(
            share=(pl.col("people") / pl.col("people").sum().over("old")).round(4).clip(0.0001, 1)
        )
        .select("old", "new", "share")
        .sort("old", "new")
    )


def _settlements(land: Land, villages: _Village, numbers: NDArray[np.int64]) -> pl.DataFrame:
    codes = np.array([region.code for region in facts.regions()])
    return pl.DataFrame(
        {
            "zone": numbers,
            "commune": land.commune,
            "region": codes[land.region],
            "level": villages.level,
            "lon": land.points[:, 0],
            "lat": land.points[:, 1],
            "population": villages.population,
        }
    )


def _first_village(labels: Labels, count: int) -> Labels:
    """The first village of each group."""
    found = np.full(count, -1)
    numbers, firsts = np.unique(labels, return_index=True)
    found[numbers[numbers >= 0]] = firsts[numbers >= 0]
    return found


def _codes(parents: list[str], digits: int) -> list[str]:
    """Number the zones within their parents, in order: 0101, 0102, 0201."""
    seen: dict[str, int] = {}
    codes = []
    for parent in parents:
        seen[parent] = seen.get(parent, 0) + 1
        codes.append(f"{parent}{seen[parent]:0{digits}d}")
    return codes
