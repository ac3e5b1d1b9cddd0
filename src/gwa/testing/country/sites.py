"""Where the households of one part live: compounds, positions, herds that move, the displaced."""

from dataclasses import dataclass

import numpy as np

from gwa.testing.country.births import Days
from gwa.testing.country.dice import Flags, Floats, Integers, flip, pick
from gwa.testing.country.plan import HOUSEHOLDS_PER_COMPOUND, Plan

# How to find the household again; most were not asked.
LANDMARKS = (
    "", "Près de la mosquée", "Derrière le marché", "À côté du grand baobab", "Face à l’école",
    "Au bord du marigot", "Près du forage", "Derrière le centre de santé", "Au carrefour",
    "Près du moulin", "À l’entrée du village", "Sous le caïlcédrat", "Derrière la mairie",
)  # fmt: skip
PLACE_KINDS = ("", "pasture", "displacement_site", "host")
# Regions people flee: Mopti, Tombouctou, Gao, Ménaka, Bandiagara, Douentza.
_UNSAFE = (5, 6, 7, 10, 17, 19)
# Share of displaced households by region code, where it is not the usual one.
_DISPLACED = {0: 0.03, 4: 0.06, 5: 0.12, 6: 0.08, 7: 0.10, 10: 0.14, 17: 0.12, 18: 0.06, 19: 0.12}
_USUAL = 0.01


@dataclass(frozen=True, slots=True)
class Sites:
    """One entry a household, but `compound_*`: one a compound."""

    settlement: Integers
    region: Integers
    is_town: Flags
    compound: Integers
    households_in_compound: Integers
    compound_settlement: Integers
    compound_lon: Floats
    compound_lat: Floats
    compound_started_on: Days
    lon: Floats
    lat: Floats
    accuracy_m: Floats
    has_position: Flags
    landmark: Integers
    is_nomad: Flags
    is_transhumant: Flags
    is_displaced: Flags
    place_kind: Integers
    place_settlement: Integers  # -1 where the household is at its attachment
    origin_settlement: Integers


def draw_sites(rng: np.random.Generator, plan: Plan, settlement: Integers) -> Sites:
    """Put the households of these settlements into compounds and on the ground."""
    count = len(settlement)
    towns = plan.settlements
    compound = _group(rng, plan, settlement)
    first = np.flatnonzero(np.concatenate(([True], compound[1:] != compound[:-1])))
    sizes = np.bincount(compound)
    where = settlement[first]
    lon = towns.lon[where] + rng.normal(0, 0.006, len(first))
    lat = towns.lat[where] + rng.normal(0, 0.006, len(first))
    region = towns.region[settlement]
    nomad = towns.is_fraction[settlement] & flip(rng, 0.85, count)
    transhumant = ~towns.is_town[settlement] & ~nomad & flip(rng, _herding(region), count)
    displaced = ~nomad & flip(
        rng, np.array([_DISPLACED.get(code, _USUAL) for code in range(20)])[region], count
    )
    kind = np.where(displaced, 2 + flip(rng, 0.6, count), (nomad & flip(rng, 0.7, count)) * 1)
    pasture = _neighbour(rng, settlement, len(towns.zone))
    return Sites(
        settlement=settlement,
        region=region,
        is_town=towns.is_town[settlement],
        compound=compound,
        households_in_compound=sizes[compound],
        compound_settlement=where,
        compound_lon=lon,
        compound_lat=lat,
        compound_started_on=np.datetime64("2020-01-01")
        - rng.integers(365, 20_000, len(first)).astype("timedelta64[D]"),
        lon=lon[compound] + rng.normal(0, 0.0001, count),
        lat=lat[compound] + rng.normal(0, 0.0001, count),
        accuracy_m=np.round(np.clip(rng.lognormal(1.9, 0.5, count), 2, 60), 1).astype(np.float64),
        has_position=flip(rng, 0.9, count),
        landmark=np.where(flip(rng, 0.4, count), rng.integers(1, len(LANDMARKS), count), 0),
        is_nomad=nomad,
        is_transhumant=transhumant,
        is_displaced=displaced,
        place_kind=kind,
        place_settlement=np.where(kind == 0, -1, np.where(kind == 1, pasture, settlement)),
        origin_settlement=_origins(rng, plan, count),
    )


def _group(rng: np.random.Generator, plan: Plan, settlement: Integers) -> Integers:
    """Number the compounds; a new one opens often enough for the mean size to be right."""
    villages = len(np.unique(plan.of_household))
    total = plan.households
    rest = max(total - villages, 1)
    opens = np.clip((total / HOUSEHOLDS_PER_COMPOUND - villages) / rest, 0.05, 1.0)
    new = flip(rng, opens, len(settlement))
    new[0] = True
    new[1:] |= settlement[1:] != settlement[:-1]
    numbers: Integers = np.cumsum(new) - 1
    return numbers


def _herding(region: Integers) -> Floats:
    share = np.full(20, 0.03)
    share[[5, 6, 7, 8, 9, 10, 16, 19]] = 0.12
    chosen: Floats = share[region]
    return chosen


def _neighbour(rng: np.random.Generator, settlement: Integers, count: int) -> Integers:
    """A settlement not far: settlements are numbered commune by commune."""
    return np.asarray(np.clip(settlement + rng.integers(1, 6, len(settlement)), 0, count - 1))


def _origins(rng: np.random.Generator, plan: Plan, count: int) -> Integers:
    unsafe = np.isin(plan.settlements.region, _UNSAFE)
    return pick(rng, np.where(unsafe, plan.settlements.people, 0.0), count)
