"""The pieces of the country that a person sees, as ranges that the index on zones reads."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gwa.common.scope import EVERYWHERE
from gwa.snapshots.reading.sessions import Session
from gwa.snapshots.rules.chunks import chunk_of
from gwa.zones.models import end_of_subtree

_NEXT = """
    SELECT zone_path FROM registry_household WHERE zone_path >= %s AND zone_path < %s
    ORDER BY zone_path LIMIT 1
"""
# Every path is made of digits and '/', and ':' comes after them all.
_WHOLE = ("", ":")


@dataclass(frozen=True, slots=True)
class Piece:
    """One range of zone paths, read at once: never more than a chunk."""

    start: str
    end: str


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


def list_pieces(session: Session, paths: Iterable[str]) -> Iterator[Piece]:
    """Go through the pieces that hold households."""
    for path in paths:
        start, end = _WHOLE if path == EVERYWHERE else (path, end_of_subtree(path))
        while found := session.execute(_NEXT, [start, end]).fetchone():
            chunk = chunk_of(found[0])
            piece = Piece(max(start, chunk.path), min(end, chunk.end))
            yield piece
            start = piece.end
