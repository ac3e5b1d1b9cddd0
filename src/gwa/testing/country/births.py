"""Days of birth as they were, and as they are known: heaped, imprecise, by papers or by events."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gwa.testing.country.dice import Flags, Floats, Integers, flip, pick_by_row

Days = NDArray[np.datetime64]

DAY, YEAR, RANGE = range(3)
PRECISIONS = ("day", "year", "range")
PAPER, DECLARED, EVENT, RELATIVE = range(4)
SOURCES = ("paper", "declared", "event", "relative")

_FULL, _FIRST_OF_JANUARY, _YEAR_ONLY = range(3)
# Together 45 %, 38 % and 17 %, as `presets.yaml` asks; children have papers, the old have years.
_KNOWN_AS = np.array([[0.68, 0.25, 0.07], [0.30, 0.48, 0.22], [0.10, 0.52, 0.38]])


@dataclass(frozen=True, slots=True)
class Births:
    """The true day, and what is known: an interval, how precise, by what."""

    true_day: Days
    earliest: Days
    latest: Days
    precision: Integers
    source: Integers


def draw_births(rng: np.random.Generator, *, age: Floats, is_twin: Flags, seen_on: Days) -> Births:
    """Draw the births of persons of a given age on the day they were seen."""
    count = len(age)
    true_day = seen_on - (age * 365.25).astype("timedelta64[D]")
    known_as = pick_by_row(rng, _KNOWN_AS, (age > 15).astype(np.int64) + (age > 55))
    told_year = _told_years(rng, true_day, age, known_as)
    wide = (known_as == _YEAR_ONLY) & (age > 40) & flip(rng, 0.55, count)
    margin = rng.integers(1, 4, count).astype("timedelta64[Y]")
    margin = np.where(wide, margin, np.timedelta64(0, "Y"))
    first = told_year.astype("datetime64[Y]") - margin
    last = told_year.astype("datetime64[Y]") + margin
    january = first.astype("datetime64[D]")
    december = (last + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
    earliest = np.where(known_as == _FULL, true_day, january)
    latest = np.select(
        [known_as == _FULL, known_as == _FIRST_OF_JANUARY], [true_day, january], december
    )
    latest = np.minimum(latest, seen_on)
    precision = np.select([wide, known_as == _YEAR_ONLY], [RANGE, YEAR], DAY)
    births = Births(true_day, earliest, latest, precision, _draw_sources(rng, known_as, wide))
    _copy_to_twins(births, np.flatnonzero(is_twin))
    return births


def whole_years(born_on: Days, on: Days) -> Integers:
    """Ages as people count them: one more on each birthday."""
    years = on.astype("datetime64[Y]").astype(np.int64) - born_on.astype("datetime64[Y]").astype(
        np.int64
    )
    birthday = born_on - born_on.astype("datetime64[Y]").astype("datetime64[D]")
    today = on - on.astype("datetime64[Y]").astype("datetime64[D]")
    return np.asarray(np.maximum(years - (today < birthday), 0))


def _told_years(
    rng: np.random.Generator, true_day: Days, age: Floats, known_as: Integers
) -> Integers:
    """Where no paper gives the day, the year is a guess, and guesses like round ages."""
    count = len(age)
    year = true_day.astype("datetime64[Y]")
    guessed = (known_as != _FULL) & (age > 12)
    error = np.where(guessed, np.rint(rng.normal(0.0, 0.035, count) * age), 0)
    told_age = np.maximum(age + error, 0)
    heaped = guessed & (age > 20) & flip(rng, np.clip(age / 130, 0.15, 0.5), count)
    told_age = np.where(heaped, np.rint(told_age / 5) * 5, told_age)
    shift = np.rint(told_age - age).astype(np.int64)
    return np.asarray(year - shift.astype("timedelta64[Y]")).astype(np.int64)


def _draw_sources(rng: np.random.Generator, known_as: Integers, wide: Flags) -> Integers:
    chances = np.array([[0.8, 0.2, 0.0, 0.0], [0.55, 0.45, 0.0, 0.0], [0.1, 0.6, 0.2, 0.1]])
    source = pick_by_row(rng, chances, known_as)
    by_event = flip(rng, 0.6, len(wide))
    source[wide] = np.where(by_event, EVENT, RELATIVE)[wide]
    return source


def _copy_to_twins(births: Births, twins: Integers) -> None:
    for column in (
        births.true_day,
        births.earliest,
        births.latest,
        births.precision,
        births.source,
    ):
        column[twins] = column[twins - 1]
