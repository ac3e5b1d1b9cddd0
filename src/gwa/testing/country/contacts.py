"""Phones, often shared, and the rare identifiers."""

from dataclasses import dataclass

import numpy as np

from gwa.testing.country.births import Days
from gwa.testing.country.dice import Flags, Integers, flip, whole
from gwa.testing.country.ids import PERSONS_PER_CHUNK
from gwa.testing.country.rosters import Rosters

HOUSEHOLD_PHONE = 0.62
ADULT_PHONE = 0.22
ADULT_NINA = 0.14
_SHARED_IN_COMPOUND = 0.12
_PREFIXES = np.array([5, 6, 6, 7, 7, 7, 8, 9])
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
# Odd, and no multiple of five: multiplying by it shuffles the ten-digit numbers one to one.
_SHUFFLE = 7_368_787_193
_TEN_DIGITS = 10**10


@dataclass(frozen=True, slots=True)
class Contacts:
    """Phones by row of person (0 where none: 223 and eight digits), and numbers of the state."""

    phone: Integers
    nina_rows: Integers
    nina: list[str]


def draw_contacts(
    rng: np.random.Generator, people: Rosters, *, compound: Integers, born_on: Days, chunk: int
) -> Contacts:
    """Give phones to households and adults, and a NINA to one adult in seven."""
    adult = people.age >= 18
    phone = _draw_phones(rng, people, compound, adult)
    rows = np.flatnonzero(adult & flip(rng, ADULT_NINA, len(adult)))
    return Contacts(phone, rows, _write_ninas(rng, rows, people.is_female, born_on, chunk))


def _draw_phones(
    rng: np.random.Generator, people: Rosters, compound: Integers, adult: Flags
) -> Integers:
    """The household's phone is with its head or a wife; a few compounds share one phone."""
    households = len(people.size)
    common = _numbers(rng, households)
    neighbour = np.concatenate(([False], compound[1:] == compound[:-1]))
    shared = neighbour & flip(rng, _SHARED_IN_COMPOUND, households)
    common[shared] = common[np.flatnonzero(shared) - 1]
    phone = np.zeros(len(adult), dtype=np.int64)
    own = adult & flip(rng, ADULT_PHONE, len(adult))
    phone[own] = _numbers(rng, int(own.sum()))
    has = flip(rng, HOUSEHOLD_PHONE, households)
    with_wife = (people.wives > 0) & flip(rng, 0.2, households)
    keeper = people.first + with_wife
    phone[keeper[has]] = common[has]
    # Some co-wives and grown sons give the phone of the house as theirs.
    lent = adult & (phone == 0) & has[people.household] & flip(rng, 0.05, len(adult))
    phone[lent] = common[people.household[lent]]
    return phone


def _numbers(rng: np.random.Generator, count: int) -> Integers:
    first = _PREFIXES[whole(rng.random(count) * len(_PREFIXES))]
    return 223_00000000 + first * 10_000_000 + rng.integers(0, 10_000_000, count)


def _write_ninas(
    rng: np.random.Generator, rows: Integers, is_female: Flags, born_on: Days, chunk: int
) -> list[str]:
    """Nationality, sex, year, seven digits of place, three of order, a letter: never twice.

    The letter's rule is not public; here it is drawn.
    """
    serial = (chunk * PERSONS_PER_CHUNK + rows + 1) * _SHUFFLE % _TEN_DIGITS
    year = born_on[rows].astype("datetime64[Y]").astype(np.int64) + 1970
    letter = whole(rng.random(len(rows)) * len(_LETTERS))
    return [
        f"1{sex}{born % 100:02d}{number:010d}{_LETTERS[last]}"
        for sex, born, number, last in zip(
            (1 + is_female[rows]).tolist(),
            year.tolist(),
            serial.tolist(),
            letter.tolist(),
            strict=True,
        )
    ]
