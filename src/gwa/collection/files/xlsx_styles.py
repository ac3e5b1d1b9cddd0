"""What a number of a workbook is shown as: a number, a date, a time, a code with zeros."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from django.utils.translation import gettext_lazy as _

from gwa.collection.files.book import Cell, Unreadable

Kind = Literal["number", "date", "time"] | int
# The formats that every spreadsheet knows by number.
_DATES = frozenset((14, 15, 16, 17, 22, *range(27, 32), *range(34, 37), *range(50, 59)))
_TIMES = frozenset((18, 19, 20, 21, 32, 33, 45, 46, 47))
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_ZEROS = re.compile(r"^0{2,}$")
_MAX_SERIAL = 2_958_466
# Excel shows fifteen digits of a number; what lies behind is the noise of binary fractions.
_DIGITS = 15
_PLAIN_DIGITS = 18
_NO_SUCH_DATE = _("ce nombre n’est pas une date que le tableur connaît.")


@dataclass(frozen=True, slots=True)
class Formats:
    """How the cells of each style show numbers: a width stands for a code padded with zeros."""

    kinds: tuple[Kind, ...]
    is_1904: bool


def read_formats(parts: Iterable[tuple[str, dict[str, str]]], *, is_1904: bool) -> Formats:
    """Read the formats of a workbook's styles."""
    codes: dict[str, str] = {}
    kinds: list[Kind] = []
    in_cells = False
    for name, attributes in parts:
        if name == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name in {"cellXfs", "cellStyleXfs", "cellStyles", "dxfs"}:
            in_cells = name == "cellXfs"
        elif name == "xf" and in_cells:
            number = attributes.get("numFmtId", "0")
            kinds.append(_kind(number, codes.get(number)))
    return Formats(kinds=tuple(kinds), is_1904=is_1904)


def _kind(number: str, code: str | None) -> Kind:
    if code is None:
        known = int(number) if number.isdigit() else 0
        return "date" if known in _DATES else "time" if known in _TIMES else "number"
    first = code.split(";")[0]
    if _ZEROS.match(first):
        return len(first)
    if _ELAPSED.search(first):
        return "time"
    letters = _QUOTED.sub("", first).lower()
    if "general" in letters or not re.search(r"[dmyhsjа-я]", letters):
        return "number"
    return "date" if re.search(r"[dyj]|m(?!.*[hs])", letters) else "time"


def read_number(text: str, kind: Kind, *, is_1904: bool) -> Cell:
    """Read a number as its cell shows it."""
    if kind == "date":
        return _date(text, is_1904=is_1904)
    value = exact(text)
    if kind == "time":
        return _time(text)
    if isinstance(kind, int) and isinstance(value, int) and value >= 0:
        return str(value).zfill(kind)
    return value


def exact(text: str) -> int | Decimal | str:
    """Read a number without losing or inventing digits."""
    if text.isdigit() and len(text) <= _PLAIN_DIGITS:
        return int(text)
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if not number.is_finite() or abs(number.adjusted()) > _PLAIN_DIGITS:
        return text
    if number == number.to_integral_value():
        return int(number)
    digits = len(number.as_tuple().digits)
    if digits > _DIGITS:
        places = number.adjusted() - _DIGITS + 1
        number = number.quantize(Decimal(1).scaleb(places)).normalize()
    return int(number) if number == number.to_integral_value() else number


def _date(text: str, *, is_1904: bool) -> Cell:
    """Turn Excel's count of days into a date; its calendar has a 29 February 1900."""
    try:
        serial = Decimal(text)
        days = int(serial)
    except (InvalidOperation, ValueError, OverflowError):
        return text
    is_phantom = days == 60 and not is_1904
    if not 0 <= days < _MAX_SERIAL or is_phantom:
        return Unreadable(text, _NO_SUCH_DATE)
    if is_1904:
        start = dt.date(1904, 1, 1)
    else:
        start = dt.date(1899, 12, 30) if days > 60 else dt.date(1899, 12, 31)
    day = start + dt.timedelta(days=days)
    seconds = round((serial - days) * 86_400)
    if seconds == 0:
        return day
    midnight = dt.datetime.combine(day, dt.time.min)
    return midnight + dt.timedelta(seconds=int(seconds))


def _time(text: str) -> Cell:
    """Write a time of day as people read it."""
    try:
        seconds = round(Decimal(text) * 86_400)
    except InvalidOperation:
        return text
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02d}:{minute:02d}" + (f":{second:02d}" if second else "")
