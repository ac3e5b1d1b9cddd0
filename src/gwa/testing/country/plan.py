"""How many households live where: the plan that everything else follows."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from gwa.testing.country.dice import Flags, Floats, Integers
from gwa.testing.country.partition import share_out
from gwa.testing.country.places import FRACTION, QUARTIER, Places

CHUNK = 20_000
# A registry that begins covers some villages well rather than all of them thinly.
_HOUSEHOLDS_PER_SETTLEMENT = 12
_SETTLEMENTS_PER_COMMUNE = 5
HOUSEHOLDS_PER_COMPOUND = 1.8


@dataclass(frozen=True, slots=True)
class Settlements:
    """The places of the plan as columns; `zone` is the number in `Places.zones`."""

    zone: Integers
    region: Integers
    is_town: Flags
    is_fraction: Flags
    lon: Floats
    lat: Floats
    people: Floats


@dataclass(frozen=True, slots=True)
class Plan:
    """A registry to be: its size, its seed, and the settlement of each household in order."""

    households: int
    seed: int
    settlements: Settlements
    of_household: Integers

    @property
    def chunks(self) -> int:
        """The number of parts the people are drawn in."""
        return -(-self.households // CHUNK)

    def dice(self, chunk: int) -> np.random.Generator:
        """The random numbers of one part; each part has its own, so parts are independent."""
        return np.random.default_rng([self.seed, self.households, chunk])

    def settlements_of(self, chunk: int) -> Integers:
        """The settlement of each household of one part."""
        return self.of_household[chunk * CHUNK : (chunk + 1) * CHUNK]


def plan_registry(places: Places, *, households: int, seed: int) -> Plan:
    """Choose the settlements that are registered and share the households between them."""
    if households < 1:
        raise ValueError("A country needs at least one household.")
    rng = np.random.default_rng([seed, households])
    settlements = _columns(places.settlements)
    commune = places.settlements["commune"].to_numpy()
    chosen = _choose(settlements, commune, households, rng)
    shares = share_out(households, settlements.people[chosen] ** 0.5)
    return Plan(households, seed, settlements, np.repeat(chosen, shares))


def _choose(
    settlements: Settlements, commune: Integers, households: int, rng: np.random.Generator
) -> Integers:
    """Draw communes by their population, then the settlements of each, until there are enough."""
    wanted = min(len(commune), -(-households // _HOUSEHOLDS_PER_SETTLEMENT))
    people = np.bincount(commune, weights=settlements.people)
    order = np.argsort(rng.exponential(size=len(people)) / people**0.5)
    rank_of_commune = np.empty(len(people), dtype=np.int64)
    rank_of_commune[order] = np.arange(len(people))
    rank_within = (
        pl.DataFrame({"commune": commune, "draw": rng.random(len(commune))})
        .select(pl.col("draw").rank("ordinal").over("commune"))["draw"]
        .to_numpy()
    )
    turn = rank_within.astype(np.int64) // (_SETTLEMENTS_PER_COMMUNE + 1)
    chosen = np.lexsort((rank_within, rank_of_commune[commune], turn))[:wanted]
    return np.sort(chosen)


def _columns(frame: pl.DataFrame) -> Settlements:
    level = frame["level"].to_numpy()
    return Settlements(
        zone=frame["zone"].to_numpy(),
        region=frame["region"].cast(pl.Int64).to_numpy(),
        is_town=level == QUARTIER,
        is_fraction=level == FRACTION,
        lon=frame["lon"].to_numpy(),
        lat=frame["lat"].to_numpy(),
        people=frame["population"].cast(pl.Float64).to_numpy(),
    )
