"""Births as a clerk types them: what the registry reads, and ages."""

import datetime as dt
import re

from gwa.registry.rules.births import born_at_age, parse_birth
from gwa.registry.rules.facts import BirthFacts

_YEARS = re.compile(r"(?:environ |~ ?|about |age[d]? )?(\d{1,3})(?: ?(?:ans?|years?|a|y))?")
_MONTHS = re.compile(r"(\d{1,2}) ?(?:mois|months?|m)")
_RANGE = "range"


def read_typed_birth(typed: str, *, on: dt.date, known_by: str) -> BirthFacts | None:
    """Read a day, a month, a year, a period, or an age on the day of the interview."""
    text = " ".join(typed.lower().split())
    if found := _MONTHS.fullmatch(text):
        return _born_months_before(int(found[1]), on, known_by)
    if found := _YEARS.fullmatch(text):
        return born_at_age(int(found[1]), on, known_by=known_by)
    return parse_birth(text, known_by=known_by)


def _born_months_before(months: int, on: dt.date, known_by: str) -> BirthFacts:
    """A birth known by an age in whole months: between two days of the calendar."""
    return BirthFacts(
        _months_before(on, months + 1) + dt.timedelta(days=1),
        _months_before(on, months),
        _RANGE,
        known_by,
    )


def _months_before(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months earlier, or the last one where there is none."""
    count = day.year * 12 + day.month - 1 - months
    first = dt.date(count // 12, count % 12 + 1, 1)
    following = dt.date((count + 1) // 12, (count + 1) % 12 + 1, 1)
    return first.replace(day=min(day.day, (following - dt.timedelta(days=1)).day))
