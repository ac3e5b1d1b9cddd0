"""Where a household may be shown on a map: a position can betray those who fled."""

from dataclasses import dataclass

# About 11 km: a commune, not a compound.
ROUNDED_TO = 1


@dataclass(frozen=True, slots=True)
class ShownPosition:
    """A point as it may be shown; rounded ones say so."""

    lon: float
    lat: float
    is_rounded: bool = False


def shown_position(
    lon: float | None, lat: float | None, *, is_hidden: bool, is_displaced: bool
) -> ShownPosition | None:
    """Return what may be shown of a position: nothing where hidden, rounded for the displaced."""
    if lon is None or lat is None or is_hidden:
        return None
    if is_displaced:
        return ShownPosition(round(lon, ROUNDED_TO), round(lat, ROUNDED_TO), is_rounded=True)
    return ShownPosition(lon, lat)
