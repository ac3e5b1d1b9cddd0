"""What the household's answers depend on, and the ways they are drawn from its means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from gwa.testing.country.births import Days
from gwa.testing.country.dice import Flags, Floats, Integers, flip, sigmoid


@dataclass(frozen=True, slots=True)
class Home:
    """One entry a household."""

    size: Integers
    under_five: Flags
    has_female_head: Flags
    wives: Integers
    absent: Integers  # seasonal migrants
    phones: Integers  # members with a phone
    region: Integers
    is_town: Flags
    is_nomad: Flags
    is_transhumant: Flags
    is_displaced: Flags
    is_full: Flags  # the full questionnaire, not the short one
    compound_households: Integers
    means: Floats
    farms: Flags
    seen_on: Days
    respondent: Integers  # 0 the head, 1 a wife or husband
    recipient: Integers  # the same, for a help to come

    @property
    def count(self) -> int:
        """The number of households."""
        return len(self.size)

    @property
    def month(self) -> Integers:
        """The month of the interview, 1 to 12."""
        months: Integers = self.seen_on.astype("datetime64[M]").astype(np.int64) % 12 + 1
        return months

    @property
    def is_lean_season(self) -> Flags:
        """June to September: the granary is empty, the harvest is not in."""
        return (self.month >= 6) & (self.month <= 9)

    @property
    def is_north(self) -> Flags:
        """Tombouctou, Gao, Kidal, Taoudénit, Ménaka."""
        return (self.region >= 6) & (self.region <= 10)


def draw_code(
    rng: np.random.Generator,
    codes: Sequence[str],
    weights: Mapping[str, ArrayLike],
    count: int,
) -> Integers:
    """Draw a code by weights, each one for all or one a household; a code not named weighs 0."""
    table = np.zeros((len(codes), count))
    for code, weight in weights.items():
        table[codes.index(code)] = weight
    steps = np.cumsum(table, axis=0)
    drawn: Integers = (rng.random(count) * steps[-1] >= steps).sum(axis=0)
    return np.minimum(drawn, len(codes) - 1)


def rising(means: Floats, at: float, slope: float = 1.6) -> Floats:
    """The chance that rises with means and is one half where means are `at`."""
    return sigmoid(slope * (means - at))


def owns(rng: np.random.Generator, home: Home, *, at: float, town: float = 0.0) -> Flags:
    """Have something, by means; towns shift the threshold."""
    return flip(rng, rising(home.means + town * home.is_town, at), home.count)


def how_many(
    rng: np.random.Generator, home: Home, *, at: float, more: float = 0.2, town: float = 0.0
) -> Integers:
    """Count something: mostly none or one, more with means and size."""
    has = owns(rng, home, at=at, town=town)
    extra = rng.poisson(more * np.sqrt(home.size / 6.0) * np.exp(0.4 * home.means), home.count)
    return np.where(has, np.minimum(1 + extra, 40), 0)
