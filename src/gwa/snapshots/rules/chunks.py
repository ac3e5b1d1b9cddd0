"""Chunks, parts of the country found unchanged one at a time, and pieces, what one query reads.

A chunk is a subtree four zones deep (an arrondissement, a commune of Bamako). A household attached
higher up, to a cercle say, belongs to a chunk of that zone alone. Whatever the geography, each zone
path lies in exactly one chunk.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

DEPTH = 4
_CHUNK = re.compile(rf"^(?:\d+/){{1,{DEPTH}}}")
CHUNK_PATTERN = rf"^((?:\d+/){{1,{DEPTH}}})"
"""The same, for engines that extract by a group."""

EVERY_CHUNK = ""
"""The mark of a change that touches the whole country."""


@dataclass(frozen=True, slots=True, order=True)
class Chunk:
    """One chunk, by the path that all its rows start with."""

    path: str

    @property
    def has_subtree(self) -> bool:
        """Tell whether the zones below belong to it too."""
        return self.path.count("/") == DEPTH

    @property
    def end(self) -> str:
        """The first path that is no longer in it: digits follow '/' in ASCII, '0' first."""
        return self.path[:-1] + "0" if self.has_subtree else self.path + "0"

    @property
    def region_id(self) -> int | None:
        """The zone of the region, the second of the path; None for what hangs on the country."""
        parts = self.path.split("/")
        return int(parts[1]) if len(parts) > 2 else None


def chunk_of(zone_path: str) -> Chunk:
    """Return the chunk of a zone path."""
    found = _CHUNK.match(zone_path)
    if found is None:
        raise ValueError(f"not a zone path: {zone_path!r}")
    return Chunk(found[0])


@dataclass(frozen=True, slots=True)
class Piece:
    """Chunks that lie side by side, with nothing between them: what one query reads."""

    chunks: tuple[Chunk, ...]

    @property
    def start(self) -> str:
        """The first path that may lie in it."""
        return self.chunks[0].path

    @property
    def end(self) -> str:
        """The first path that is no longer in it."""
        return self.chunks[-1].end


def pieces_of(
    chunks: Mapping[Chunk, int], wanted: Collection[Chunk], *, most: int
) -> Iterator[Piece]:
    """Put wanted neighbours together, up to a size; `chunks` are all of a region, in order."""
    together: list[Chunk] = []
    for chunk in chunks:
        size = sum(chunks[one] for one in (*together, chunk))
        if together and not (
            chunk in wanted and size <= most and _are_in_one_region(together[-1], chunk)
        ):
            yield Piece(tuple(together))
            together = []
        if chunk in wanted:
            together.append(chunk)
    if together:
        yield Piece(tuple(together))


def _are_in_one_region(one: Chunk, other: Chunk) -> bool:
    """Tell whether nothing foreign lies between two that follow each other.

    Two geographies may give one code to two regions, with the rest of the country between them.
    """
    return one.region_id is not None and one.path.split("/")[:2] == other.path.split("/")[:2]
