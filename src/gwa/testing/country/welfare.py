"""The hidden truth: what each household consumes, and the means that show it.

The answers are drawn from `means`, which a visitor can partly see; consumption adds what nobody
sees. The two are set so that a proxy means test explains 45 to 50 % of the logarithm of
consumption, as published for Mali (domain.md, section 4). All coefficients are invented.
"""

from dataclasses import dataclass

import numpy as np

from gwa.testing.country.dice import Flags, Floats, Integers
from gwa.testing.country.rosters import Rosters

_BASE = np.log(15_000.0)
# By region code, 0 to 19: the south and the towns eat better than the interior delta.
_REGIONS = np.array(
    [
        0.30, 0.10, 0.0, -0.05, -0.02, -0.12, -0.05, 0.0, 0.05, 0.05,
        -0.05, -0.02, -0.04, 0.04, -0.06, -0.02, 0.0, -0.14, -0.10, -0.14,
    ]
)  # fmt: skip
UNSEEN = 0.355


@dataclass(frozen=True, slots=True)
class Welfare:
    """Per household: its means in standard deviations, and monthly consumption a head."""

    means: Floats
    schooling: Integers  # of the head: 0 none, 1 primary, 2 secondary or more
    consumption_xof: Floats


def draw_welfare(
    rng: np.random.Generator,
    people: Rosters,
    *,
    region: Integers,
    is_town: Flags,
    village_means: Floats,
) -> Welfare:
    """Draw means and consumption of every household."""
    count = len(people.size)
    means = 0.4 * village_means + 0.92 * rng.normal(0.0, 1.0, count)
    schooling = _draw_schooling(rng, people, means, is_town)
    dependants = (people.age < 15) | (people.age >= 65)
    share = np.bincount(people.household, weights=dependants, minlength=count) / people.size
    logarithm = (
        _BASE
        + _REGIONS[region]
        + 0.22 * is_town
        - 0.22 * np.log(people.size / 6.0)
        - 0.20 * (share - 0.5)
        + 0.08 * schooling
        - 0.06 * people.has_female_head
        + 0.24 * means
        + rng.normal(0.0, UNSEEN, count)
    )
    return Welfare(means, schooling, np.round(np.exp(logarithm)))


def village_means(settlement: Integers, seed: int) -> Floats:
    """What neighbours have in common; the same for a village in every part of the country."""
    numbers, position = np.unique(settlement, return_inverse=True)
    drawn = np.array([np.random.default_rng([seed, 7, int(n)]).normal() for n in numbers])
    common: Floats = drawn[position]
    return common


def _draw_schooling(
    rng: np.random.Generator, people: Rosters, means: Floats, is_town: Flags
) -> Integers:
    age = people.age[people.first]
    score = (
        0.5 * means
        + 1.0 * is_town
        - 0.5 * people.has_female_head
        - 0.02 * (age - 40)
        + rng.normal(0.0, 1.0, len(means))
    )
    level: Integers = (score > 0.7).astype(np.int64) + (score > 1.5)
    return level
