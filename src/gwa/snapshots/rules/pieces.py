"""The country zone by zone: of each it is known whether it changed, and some are read together."""

from collections.abc import Collection, Iterator, Mapping

EVERY_ZONE = ""
"""The mark of a change that touches the whole country."""

Piece = tuple[str, ...]
"""The paths of zones that one query reads."""


def region_id_of(zone_path: str) -> int | None:
    """Return the zone of the region, the second of a path; None for what hangs on the country."""
    above = zone_path.split("/")
    return int(above[1]) if len(above) > 2 else None


def pieces_of(zones: Mapping[str, int], wanted: Collection[str], *, most: int) -> Iterator[Piece]:
    """Put wanted zones together, in order, up to so many households; `zones` says how many each
    has. What no longer holds a row is not read.
    """
    together: list[str] = []
    size = 0
    for path in sorted(zones.keys() & set(wanted)):
        if together and size + zones[path] > most:
            yield tuple(together)
            together, size = [], 0
        together.append(path)
        size += zones[path]
    if together:
        yield tuple(together)
