"""From a zone of one geography to those of another."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

# Shares are rounded to four decimals: a sum this close to one is the whole.
ROUNDING = Decimal("0.001")


class Passage(StrEnum):
    """How sure the passage is."""

    EXACT = "exact"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Part:
    """The share of the people of a zone who are in another zone of the other geography."""

    zone_id: int
    share: Decimal


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where a zone went: one zone, several with their shares (largest first), or nobody knows."""

    passage: Passage
    parts: tuple[Part, ...]

    @property
    def only(self) -> int | None:
        """The one zone that follows, where there is no doubt."""
        return self.parts[0].zone_id if self.passage is Passage.EXACT else None


def cross(parts: Iterable[Part]) -> Crossing:
    """Say where a zone went. One part is exact only when it holds everybody."""
    ordered = tuple(sorted(parts, key=lambda part: (-part.share, part.zone_id)))
    if not ordered:
        return Crossing(Passage.UNKNOWN, ())
    is_whole = len(ordered) == 1 and ordered[0].share >= 1 - ROUNDING
    return Crossing(Passage.EXACT if is_whole else Passage.AMBIGUOUS, ordered)
