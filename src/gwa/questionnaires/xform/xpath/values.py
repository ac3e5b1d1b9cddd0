"""What an expression gives, and how one type becomes another.

A number is a float, and a date is a number too: the days since 1970 in the phone's own time, that
also knows how it is written. NaN is written as nothing: an unanswered number stays unanswered.
"""

import datetime as dt
import math
import operator
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from gwa.questionnaires.xform.markup import Node

NAN = math.nan
DAY_SECONDS = 86_400
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d(?:\.\d+)?))?)?(Z|[-+]\d\d:\d\d)?)?", re.ASCII
)
# From here on JavaScript, like everybody else, writes numbers with an exponent.
_EXPONENT_FROM, _EXPONENT_BELOW = 1e21, 1e-6


class CannotTell(Exception):
    """What is asked depends on something that is not here: a list, a clock, chance."""


class ListMissing(CannotTell):
    """What is asked depends on a list that is not here."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Moment(float):
    """A date or an instant: days since 1970, and how it is written."""

    __slots__ = ("instant",)
    instant: dt.datetime

    def __new__(cls, instant: dt.datetime) -> "Moment":
        """Count the days from an instant that knows its zone."""
        self = super().__new__(cls, (instant - _EPOCH).total_seconds() / DAY_SECONDS)
        self.instant = instant
        return self

    @property
    def written(self) -> str:
        """Write it as phones do: a day alone at midnight, milliseconds and offset otherwise."""
        instant = self.instant
        if not (instant.hour or instant.minute or instant.second or instant.microsecond):
            return instant.date().isoformat()
        return instant.isoformat(timespec="milliseconds")


Value: TypeAlias = float | str | bool | list[Node]


def read_number(text: str, zone: dt.tzinfo) -> float:
    """Read a number, or a date as its days since 1970; NaN where it is neither."""
    if text.isdecimal() and text.isascii():
        return float(text)
    text = text.strip()
    if _NUMBER.fullmatch(text):
        return float(text)
    moment = read_moment(text, zone)
    return NAN if moment is None else float(moment)


@lru_cache(maxsize=4096)
def read_moment(text: str, zone: dt.tzinfo) -> Moment | None:
    """Read a date or a date with its time, in the zone where it names none."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    day, hour, minute, second, offset = found.groups()
    try:
        instant = dt.datetime.fromisoformat(day) + dt.timedelta(
            hours=_within(hour, 24),
            minutes=_within(minute, 60),
            seconds=_within(second, 60),
        )
        if offset is None:
            return Moment(instant.replace(tzinfo=zone))
        return Moment(instant.replace(tzinfo=_read_offset(offset)).astimezone(zone))
    except (ValueError, OverflowError):
        return None


def _within(digits: str | None, limit: float) -> float:
    number = float(digits or 0)
    if number >= limit:
        raise ValueError(digits)
    return number


def _read_offset(text: str) -> dt.tzinfo:
    if text == "Z":
        return dt.UTC
    offset = dt.timedelta(hours=_within(text[1:3], 15), minutes=_within(text[4:], 60))
    return dt.timezone(-offset if text[0] == "-" else offset)


def write_number(number: float) -> str:
    """Write a number as phones do: no decimals where there are none, nothing for NaN."""
    if isinstance(number, Moment):
        return number.written
    if number != number:
        return ""
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number) and abs(number) < _EXPONENT_FROM:
        return str(int(number))
    if _EXPONENT_BELOW <= abs(number) < _EXPONENT_FROM:
        return f"{Decimal(repr(number)):f}"
    return repr(number).replace("e-0", "e-")


COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
