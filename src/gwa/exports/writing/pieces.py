"""The pieces of the country that a person sees, as ranges that the index on zones reads."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from psycopg import sql

from gwa.common.scope import EVERYWHERE
from gwa.snapshots.reading.sessions import Session
from gwa.zones.models import end_of_subtree

_HOUSEHOLDS = """
    SELECT h.zone_path, count(*) FROM registry_household h
    WHERE h.zone_path >= %(from)s AND h.zone_path < %(to)s AND {where}
    GROUP BY h.zone_path ORDER BY h.zone_path
"""
# Enough that the cost of a query itself is small, not so much that rows fill the memory.
_MOST_HOUSEHOLDS = 4_000
# Every path is made of digits and '/', and ':' comes after them all.
_WHOLE = ("", ":")


@dataclass(frozen=True, slots=True)
class Filters:
    """Which households: the condition on `registry_household h`, and its parameters."""

    where: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Piece:
    """One range of zone paths, read at once, with how many households are wanted of it."""

    start: str
    end: str
    households: int


def within(scope: Iterable[str], chosen: str | None) -> list[str]:
    """Return the paths of the scope that lie in the chosen zone, or the zone where it is inside."""
    paths = [(chosen or EVERYWHERE) if path == EVERYWHERE else path for path in scope]
    if chosen is None:
        return _outermost(paths)
    inside = [chosen for path in paths if chosen.startswith(path)]
    return _outermost(inside or [path for path in paths if path.startswith(chosen)])


def _outermost(paths: Iterable[str]) -> list[str]:
    """Leave out the paths that lie in another one: nobody is exported twice."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if path == EVERYWHERE:
            return [EVERYWHERE]
        if not any(path.startswith(outer) for outer in kept):
            kept.append(path)
    return kept


def range_of(path: str) -> tuple[str, str]:
    """The first path of a subtree, and the first that is no longer in it."""
    return _WHOLE if path == EVERYWHERE else (path, end_of_subtree(path))


def list_pieces(session: Session, paths: Iterable[str], filters: Filters) -> Iterator[Piece]:
    """Go through the pieces that hold wanted households: whole zones, up to some thousands."""
    query = sql.SQL(_HOUSEHOLDS.format(where=filters.where))
    for path in paths:
        start, end = range_of(path)
        size = 0
        zones = session.execute(query, {"from": start, "to": end, **filters.values})
        for zone_path, households in zones:
            if size and size + households > _MOST_HOUSEHOLDS:
                yield Piece(start, zone_path, size)
                start, size = zone_path, 0
            size += households
        if size:
            yield Piece(start, end, size)
