"""Where the regions, cercles and villages of the sketch lie: points and their groups."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from gwa.testing.country import facts
from gwa.testing.country.drawing import ANCHORS, BAMAKO_CENTRE, BAMAKO_RADIUS
from gwa.testing.country.mesh import country_outline, voronoi_cells
from gwa.testing.country.partition import Labels, Points, nearest, share_out, spread

# What the reform of 2023 left (domain.md, section 2).
ARRONDISSEMENTS = 474
COMMUNES = 815
VILLAGES = 12_641
BAMAKO_COMMUNES = 7
BAMAKO_QUARTIERS = 70

BAMAKO = "00"


@dataclass(frozen=True, slots=True)
class Land:
    """The villages as points, and the number of the group each belongs to at every level."""

    points: Points
    region: Labels
    cercle: Labels
    arrondissement: Labels
    commune: Labels
    cercle_names: tuple[str, ...]
    cercle_weights: NDArray[np.float64]
    seats: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Cercle:
    name: str
    region: int
    seat: Points
    shape: shapely.Geometry
    weight: float


def draw_land(rng: np.random.Generator) -> Land:
    """Place every village, then gather villages into communes and arrondissements."""
    cercles = _draw_cercles(rng)
    weights = np.array([cercle.weight for cercle in cercles])
    villages = share_out(VILLAGES - BAMAKO_QUARTIERS, weights**0.6, least=30)
    upper = share_out(ARRONDISSEMENTS, weights**0.5, least=1)
    lower = share_out(COMMUNES - BAMAKO_COMMUNES - ARRONDISSEMENTS, weights**0.5)
    parts = [_draw_bamako(rng)]
    arrondissement = 0
    commune = BAMAKO_COMMUNES
    for number, cercle in enumerate(cercles):
        points = _scatter(cercle.shape, int(villages[number]), rng)
        uppers, lowers = _gather(points, int(upper[number]), int(lower[number]), rng)
        seat = np.zeros(len(points), dtype=bool)
        seat[lowers == lowers[nearest(cercle.seat, points)[0]]] = True
        size = len(points)
        parts.append(
            (
                points,
                np.full(size, cercle.region),
                np.full(size, number),
                uppers + arrondissement,
                lowers + commune,
                seat,
            )
        )
        arrondissement += int(uppers.max()) + 1
        commune += int(lowers.max()) + 1
    joined = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return Land(
        points=joined[0],
        region=joined[1],
        cercle=joined[2],
        arrondissement=joined[3],
        commune=joined[4],
        cercle_names=tuple(cercle.name for cercle in cercles),
        cercle_weights=weights,
        seats=joined[5],
    )


def _draw_bamako(rng: np.random.Generator) -> tuple[NDArray[np.generic], ...]:
    points = _scatter(_bamako_land(), BAMAKO_QUARTIERS, rng)
    _, communes = spread(points, BAMAKO_COMMUNES, rng)
    none = np.full(len(points), -1)
    return (
        points,
        np.zeros(len(points), dtype=np.int64),
        none,
        none,
        communes,
        np.full(len(points), True),
    )


def _draw_cercles(rng: np.random.Generator) -> list[_Cercle]:
    """Cut each region into its cercles; those of the sketch keep their town as seat."""
    lands = _region_lands()
    found: list[_Cercle] = []
    for index, region in enumerate(facts.regions()):
        names = facts.cercles().get(region.code, ())
        if not names:
            continue
        land = lands[region.code]
        towns = {a.name: (a.lon, a.lat) for a in ANCHORS if a.region == region.code}
        known = [name for name in names if name in towns]
        ordered = known + [name for name in names if name not in towns]
        centres, _ = spread(
            _sample(land, 1500, rng),
            len(names),
            rng,
            fixed=np.array([towns[name] for name in known]),
        )
        shapes = voronoi_cells(centres, land)
        weights = rng.uniform(0.5, 1.5, size=len(names))
        weights[: len(known)] *= 2.0
        weights *= region.population / weights.sum()
        by_name = {
            name: _Cercle(name, index, centres[[i]], shapes[i], float(weights[i]))
            for i, name in enumerate(ordered)
        }
        found += [by_name[name] for name in names]
    return found


def _region_lands() -> dict[str, shapely.Geometry]:
    outline = country_outline().difference(_bamako_land())
    cells = voronoi_cells(np.array([(a.lon, a.lat) for a in ANCHORS]), outline)
    codes = {anchor.region for anchor in ANCHORS}
    return {
        code: shapely.union_all(
            [cell for cell, anchor in zip(cells, ANCHORS, strict=True) if anchor.region == code]
        )
        for code in codes
    }


def _bamako_land() -> shapely.Geometry:
    return shapely.Point(BAMAKO_CENTRE).buffer(BAMAKO_RADIUS)


def _scatter(land: shapely.Geometry, count: int, rng: np.random.Generator) -> Points:
    """Spread villages over the land, near enough to even, never on a grid."""
    points, _ = spread(_sample(land, count * 8, rng), count, rng, rounds=4)
    return points


def _gather(
    points: Points, arrondissements: int, extra: int, rng: np.random.Generator
) -> tuple[Labels, Labels]:
    """Gather the villages of a cercle into arrondissements, and these into communes."""
    _, uppers = spread(points, arrondissements, rng)
    sizes = np.bincount(uppers, minlength=arrondissements)
    communes = 1 + share_out(extra, sizes.astype(np.float64))
    lowers = np.empty(len(points), dtype=np.int64)
    offset = 0
    for upper in range(arrondissements):
        inside = np.flatnonzero(uppers == upper)
        _, labels = spread(points[inside], int(communes[upper]), rng)
        lowers[inside] = labels + offset
        offset += int(communes[upper])
    return uppers, lowers


def _sample(land: shapely.Geometry, count: int, rng: np.random.Generator) -> Points:
    """Draw points uniformly inside the land."""
    shapely.prepare(land)
    west, south, east, north = land.bounds
    found: list[Points] = []
    missing = count
    while missing > 0:
        tried = rng.uniform((west, south), (east, north), size=(count * 3, 2))
        inside = tried[shapely.contains_xy(land, tried)]
        found.append(inside[:missing])
        missing -= len(found[-1])
    return np.concatenate(found)


def former_cercle_of(points: Points) -> list[str]:
    """The code of the cercle each point belonged to before 2023, after the sketch."""
    owner = nearest(points, np.array([(a.lon, a.lat) for a in ANCHORS]))
    return [ANCHORS[index].former_cercle for index in owner]
