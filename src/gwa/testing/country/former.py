"""The communes before 2023: which of them each village of today belonged to.

The reform is told backwards. Most communes did not change; some of today's were one before (an
old commune split in two), some were two (merged), and some old limits gave villages to a
neighbour, so that an old commune lies in several new ones and no single successor is right.
"""

import numpy as np

from gwa.testing.country.land import BAMAKO_COMMUNES, COMMUNES, Land, former_cercle_of
from gwa.testing.country.partition import Labels, Points, nearest, spread

FORMER_COMMUNES = 703
MERGED = 40
REDRAWN = 60
# Bamako had six communes where the list of 2023 has seven: one pair is joined there.
_JOINED = COMMUNES + MERGED - FORMER_COMMUNES


def former_communes(land: Land, rng: np.random.Generator) -> tuple[Labels, list[str]]:
    """For each village its commune before 2023, and for each such commune its cercle's code."""
    centres = _centres(land.points, land.commune, COMMUNES)
    cercles = former_cercle_of(centres)
    cercles[:BAMAKO_COMMUNES] = ["ML0901"] * BAMAKO_COMMUNES
    of_commune = np.arange(COMMUNES)
    changed: set[int] = set()
    for kept, joined in _pairs_to_join(centres, cercles, rng):
        of_commune[joined] = kept
        changed |= {kept, joined}
    of_village = of_commune[land.commune]
    untouched = np.array([n for n in range(BAMAKO_COMMUNES, COMMUNES) if n not in changed])
    rng.shuffle(untouched)
    _cut_merged(land, untouched[:MERGED], of_village, cercles, rng)
    _redraw_limits(land, untouched[MERGED:], of_village, cercles)
    numbers, compact = np.unique(of_village, return_inverse=True)
    return compact.astype(np.int64), [cercles[number] for number in numbers]


def _pairs_to_join(
    centres: Points, cercles: list[str], rng: np.random.Generator
) -> list[tuple[int, int]]:
    """Choose neighbouring communes of one former cercle that were one commune."""
    pairs = [(BAMAKO_COMMUNES - 2, BAMAKO_COMMUNES - 1)]
    used = set(range(BAMAKO_COMMUNES))
    for candidate in rng.permutation(np.arange(BAMAKO_COMMUNES, COMMUNES)):
        if len(pairs) == _JOINED:
            break
        partner = _nearest_free(int(candidate), centres, cercles, used)
        if int(candidate) not in used and partner is not None:
            pairs.append((int(candidate), partner))
            used |= {int(candidate), partner}
    return pairs


def _nearest_free(commune: int, centres: Points, cercles: list[str], used: set[int]) -> int | None:
    gaps = ((centres - centres[commune]) ** 2).sum(axis=1)
    for other in np.argsort(gaps)[1:4]:
        if int(other) not in used and cercles[other] == cercles[commune]:
            return int(other)
    return None


def _cut_merged(
    land: Land, communes: Labels, of_village: Labels, cercles: list[str], rng: np.random.Generator
) -> None:
    """Give each of these communes two ancestors, so that the reform merged them."""
    for commune in communes:
        inside = np.flatnonzero(land.commune == commune)
        _, halves = spread(land.points[inside], 2, rng)
        of_village[inside[halves == 1]] = len(cercles)
        cercles.append(cercles[commune])


def _redraw_limits(land: Land, communes: Labels, of_village: Labels, cercles: list[str]) -> None:
    """Say that the villages of some communes nearest to a neighbour came from that neighbour."""
    centres = _centres(land.points, land.commune, COMMUNES)
    redrawn = 0
    for commune in communes:
        if redrawn == REDRAWN:
            return
        gaps = ((centres - centres[commune]) ** 2).sum(axis=1)
        neighbour = int(np.argsort(gaps)[1])
        inside = np.flatnonzero(land.commune == commune)
        if cercles[neighbour] != cercles[commune] or len(inside) < 6:
            continue
        toward = ((land.points[inside] - centres[neighbour]) ** 2).sum(axis=1)
        given = inside[np.argsort(toward)[: len(inside) // 4]]
        closest = nearest(centres[[neighbour]], land.points[land.commune == neighbour])[0]
        of_village[given] = of_village[np.flatnonzero(land.commune == neighbour)[closest]]
        redrawn += 1


def _centres(points: Points, labels: Labels, count: int) -> Points:
    sizes = np.bincount(labels, minlength=count)
    return np.stack(
        [np.bincount(labels, weights=points[:, axis], minlength=count) / sizes for axis in (0, 1)],
        axis=1,
    )
