"""Who is called what: surnames by region, Ag and Walet, Ould and Mint, wives keep their own.

Every weight is invented (`facts/README.md`).
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl

from gwa.testing.country import facts
from gwa.testing.country.dice import Flags, Floats, Integers, flip, pick_by_row, whole
from gwa.testing.country.rosters import (
    CHILD,
    FOSTERED,
    GRANDCHILD,
    HEAD,
    IN_LAW,
    NEPHEW,
    PARENT,
    SIBLING,
    Rosters,
)

SURNAME, TAMASHEQ, HASSANIYA = range(3)
_PARTICLES = {TAMASHEQ: ("Ag", "Walet"), HASSANIYA: ("Ould", "Mint")}
_REGIONAL_PULL = 2.0
# Region: share of households named in the manner of the Tamasheq, and of the Hassaniya.
_MANNERS = {
    6: (0.28, 0.08), 7: (0.22, 0.06), 8: (0.85, 0.08), 9: (0.35, 0.50), 10: (0.75, 0.04),
    13: (0.0, 0.04), 16: (0.0, 0.10), 19: (0.05, 0.0),
}  # fmt: skip
_FOUNDERS_SHARE = 0.25
_NORTHERN = frozenset(
    {
        "Alhousseini", "Attaher", "Almoustapha", "Mohamed", "Ibrahima", "Moussa", "Issa",
        "Hamidou", "Fadimata", "Zeïnabou", "Lalla", "Mariam", "Fatoumata", "Nana", "Tata",
        "Habibatou",
    }
)  # fmt: skip
_EVERYDAY = ("Ba", "Bakôrô", "Petit", "Bébé", "Ladji", "Nènè", "Mamou", "Kôrô", "Dogo", "Bah")


@dataclass(frozen=True, slots=True)
class Names:
    """One entry a person; `full` numbers equal given and family names alike."""

    given: pl.Series
    family: pl.Series
    everyday: pl.Series
    father: pl.Series
    mother: pl.Series


@dataclass(frozen=True, slots=True)
class _Lists:
    given: tuple[str, ...]
    women_from: int
    women: Floats
    men: Floats
    surnames: tuple[str, ...]
    by_region: Floats


def draw_names(
    rng: np.random.Generator, people: Rosters, *, region: Integers, settlement: Integers, seed: int
) -> Names:
    """Name everybody of these households."""
    lists = _lists()
    manner = _draw_manners(rng, region)
    surname = _draw_household_surnames(rng, region, settlement, lists, seed)
    manner_of, given = manner[people.household], _draw_given(rng, people, manner, lists)
    own = pick_by_row(rng, lists.by_region, region[people.household])
    family_number = _inherit(rng, people, surname, own)
    father = _fathers(rng, people, given, _draw_men(rng, manner_of, lists))
    given_text = _take(lists.given, given)
    family = _spell(lists, manner_of, people.is_female, father, family_number)
    father_text = _take(lists.given, father)
    return Names(
        given=given_text,
        family=family,
        everyday=_everyday(rng, len(given)),
        father=father_text,
        mother=_mothers(rng, people, given_text, family),
    )


def _inherit(
    rng: np.random.Generator, people: Rosters, surname: Integers, own: Integers
) -> Integers:
    """Children bear their father's name; wives, mothers and in-laws keep their own."""
    house = people.household
    relationship = people.relationship
    # The children of a woman who heads her household bear the name of an absent or late husband.
    husbands = own[people.first]
    of_house = np.where(people.has_female_head, husbands, surname)[house]
    blood = np.isin(relationship, (HEAD, SIBLING)) | ((relationship == PARENT) & ~people.is_female)
    mostly = np.isin(relationship, (GRANDCHILD, FOSTERED, NEPHEW)) & flip(rng, 0.6, len(house))
    number = own.copy()
    number[blood] = surname[house][blood]
    children = (relationship == CHILD) | mostly
    number[children] = of_house[children]
    number[relationship == IN_LAW] = own[relationship == IN_LAW]
    return number


def _fathers(
    rng: np.random.Generator, people: Rosters, given: Integers, someone: Integers
) -> Integers:
    """The forename of each person's father: the head's for his children, shared by siblings."""
    fathers = someone.copy()
    known = people.father >= 0
    fathers[known] = given[people.father[known]]
    fatherless = (people.relationship == CHILD) & ~known
    fathers[fatherless] = someone[people.first[people.household[fatherless]]]
    siblings = people.relationship == SIBLING
    fathers[siblings] = fathers[people.first[people.household[siblings]]]
    return fathers


def _draw_manners(rng: np.random.Generator, region: Integers) -> Integers:
    shares = np.array([_MANNERS.get(code, (0.0, 0.0)) for code in range(20)])
    table = np.column_stack((1.0 - shares.sum(axis=1), shares))
    return pick_by_row(rng, table, region)


def _draw_household_surnames(
    rng: np.random.Generator, region: Integers, settlement: Integers, lists: _Lists, seed: int
) -> Integers:
    """A quarter of the households of a village bear the name of those who founded it."""
    surname = pick_by_row(rng, lists.by_region, region)
    numbers, position = np.unique(settlement, return_inverse=True)
    founders = np.array(
        [
            int(np.random.default_rng([seed, int(number)]).integers(len(lists.surnames)))
            for number in numbers
        ]
    )
    founded = flip(rng, _FOUNDERS_SHARE, len(region))
    return np.where(founded, founders[position], surname)


def _draw_given(
    rng: np.random.Generator, people: Rosters, manner: Integers, lists: _Lists
) -> Integers:
    women = lists.women_from + pick_by_row(rng, lists.women, (manner[people.household] > 0) * 1)
    men = _draw_men(rng, manner[people.household], lists)
    return np.where(people.is_female, women, men)


def _draw_men(rng: np.random.Generator, manner: Integers, lists: _Lists) -> Integers:
    return pick_by_row(rng, lists.men, (manner > 0) * 1)


def _spell(
    lists: _Lists, manner: Integers, is_female: Flags, father: Integers, number: Integers
) -> pl.Series:
    """Write the family name: a surname, or son or daughter of."""
    count = len(lists.surnames)
    table = list(lists.surnames)
    code = number.copy()
    for kind, particles in _PARTICLES.items():
        for index, particle in enumerate(particles):
            mine = (manner == kind) & (is_female == bool(index))
            code[mine] = len(table) + father[mine]
            table += [f"{particle} {name}" for name in lists.given]
    assert count < len(table)  # noqa: S101 (guards the numbering above)
    return _take(tuple(table), code)


def _mothers(
    rng: np.random.Generator, people: Rosters, given: pl.Series, family: pl.Series
) -> pl.Series:
    """The full name of the mother where she is in the household, sometimes of one who is not."""
    count = len(people.mother)
    stranger = whole(rng.random(count) * count)
    row = np.where(people.mother >= 0, people.mother, people.first[people.household[stranger]] + 1)
    row = np.minimum(row, count - 1)
    usable = (people.mother >= 0) | (people.is_female[row] & flip(rng, 0.5, count))
    full = given.gather(row) + " " + family.gather(row)
    return pl.select(pl.when(pl.Series(usable)).then(full).otherwise(pl.lit(""))).to_series()


def _everyday(rng: np.random.Generator, count: int) -> pl.Series:
    number = np.where(flip(rng, 0.03, count), 1 + whole(rng.random(count) * len(_EVERYDAY)), 0)
    return _take(("", *_EVERYDAY), number)


def _take(words: tuple[str, ...], numbers: Integers) -> pl.Series:
    return pl.Series(words, dtype=pl.String).gather(numbers)


@cache
def _lists() -> _Lists:
    men, women, surnames = facts.forenames("M"), facts.forenames("F"), facts.surnames()
    by_region = np.array(
        [
            [
                name.weight * (_REGIONAL_PULL if f"{region:02d}" in name.regions else 1.0)
                for name in surnames
            ]
            for region in range(20)
        ]
    )
    return _Lists(
        given=tuple(name.name for name in (*men, *women)),
        women_from=len(men),
        women=_by_manner(women),
        men=_by_manner(men),
        surnames=tuple(name.name for name in surnames),
        by_region=by_region,
    )


def _by_manner(names: tuple[facts.DrawnName, ...]) -> Floats:
    """Two rows: the weights of most households, and of those named after the northern manner."""
    plain = np.array([name.weight for name in names])
    northern = np.array([9.0 if name.name in _NORTHERN else 1.0 for name in names])
    return np.stack((plain, plain * northern))
