"""Chunks: the pieces of the country that are read, and found unchanged, one at a time.

A chunk is a subtree four zones deep (an arrondissement, a commune of Bamako). A household attached
higher up, to a cercle say, belongs to a chunk of that zone alone. Whatever the geography, each zone
path lies in exactly one chunk.
"""

import re
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
