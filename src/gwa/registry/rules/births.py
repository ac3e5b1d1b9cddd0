"""Births as they are known in the village: a day, a month, a year, or a range.

Nothing is invented: a year covers 1 January to 31 December, an age covers two birthdays.
"""

import calendar
import datetime as dt
import re

from gwa.registry.rules.facts import BirthFacts

DAY, MONTH, YEAR, RANGE = "day", "month", "year", "range"
DECLARED = "declared"
OLDEST_AGE = 125

_DAY = re.compile(r"^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$")
_MONTH = re.compile(r"^(\d{1,2})[/.\- ](\d{4})$")
_YEAR = re.compile(r"^(?:n[ée]e? )?(?:vers |en )?(\d{4})$")
_RANGE = re.compile(r"^(?:entre )?(\d{4})(?: ?[-–] ?| et )(\d{4})$")


def born_on(day: dt.date, *, known_by: str = DECLARED) -> BirthFacts:
    """A birth whose day is known."""
    return BirthFacts(day, day, DAY, known_by)


def born_in_month(year: int, month: int, *, known_by: str = DECLARED) -> BirthFacts:
    """A birth whose month is known."""
    last = calendar.monthrange(year, month)[1]
    return BirthFacts(dt.date(year, month, 1), dt.date(year, month, last), MONTH, known_by)


def born_in_year(year: int, *, known_by: str = DECLARED) -> BirthFacts:
    """A birth whose year is known: what civil acts call "né vers"."""
    return BirthFacts(dt.date(year, 1, 1), dt.date(year, 12, 31), YEAR, known_by)


def born_between(first: int, last: int, *, known_by: str = DECLARED) -> BirthFacts:
    """A birth between two years, both included."""
    return BirthFacts(dt.date(first, 1, 1), dt.date(last, 12, 31), RANGE, known_by)


def born_at_age(years: int, on: dt.date, *, known_by: str = DECLARED) -> BirthFacts:
    """A birth known by an age in whole years on a day."""
    return BirthFacts(
        _same_day(on, on.year - years - 1) + dt.timedelta(days=1),
        _same_day(on, on.year - years),
        RANGE,
        known_by,
    )


def _same_day(day: dt.date, year: int) -> dt.date:
    """Return that day in another year; 29 February becomes the 28th where there is none."""
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def parse_birth(typed: str, *, known_by: str = DECLARED) -> BirthFacts | None:
    """Read what people write: 22/11/1982, 03/1982, 1975, vers 1975, 1960-1965; None if unclear."""
    text = " ".join(typed.lower().split())
    try:
        if found := _DAY.match(text):
            day, month, year = (int(part) for part in found.groups())
            return born_on(dt.date(year, month, day), known_by=known_by)
        if found := _MONTH.match(text):
            return born_in_month(int(found[2]), int(found[1]), known_by=known_by)
        if found := _YEAR.match(text):
            return born_in_year(int(found[1]), known_by=known_by)
        if found := _RANGE.match(text):
            return born_between(int(found[1]), int(found[2]), known_by=known_by)
    except (ValueError, calendar.IllegalMonthError):
        return None
    return None


def is_possible_birth(birth: BirthFacts, today: dt.date) -> bool:
    """Tell whether someone can be born then: in order, begun already, no older than can be."""
    return (
        birth.first <= birth.last
        and birth.first <= today
        and birth.last.year >= today.year - OLDEST_AGE
        and (birth.precision != DAY or birth.first == birth.last)
    )


def may_be_same(one: BirthFacts, other: BirthFacts) -> bool:
    """Tell whether both may speak of one birth: they share at least a day."""
    return one.first <= other.last and other.first <= one.last


def is_surely_older(one: BirthFacts, other: BirthFacts) -> bool:
    """Tell whether the first was certainly born before the second."""
    return one.last < other.first
