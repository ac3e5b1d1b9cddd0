"""From a cell to a typed value. Nothing is guessed: what is unclear comes back as a fault.

Cells come as the spreadsheet held them (numbers, dates) or as text (CSV).
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, TypeAlias

from gwa.common.text import fold
from gwa.registry.rules.births import born_in_year, born_on, parse_birth
from gwa.registry.rules.facts import BirthFacts
from gwa.variables.rules.answers import Problem as AnswerProblem
from gwa.variables.rules.answers import check_form
from gwa.variables.rules.definitions import NUMBERS, Value, ValueType, VariableDefinition
from gwa.variables.rules.parsing import parse_value, read_number

Cell: TypeAlias = str | int | float | Decimal | bool | dt.date | dt.datetime | None

_THREE = re.compile(
    r"(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_SHORT = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2}(?: .*)?")
_ORDERS = {"dmy": (2, 1, 0), "mdy": (2, 0, 1), "ymd": (0, 1, 2)}
_EXAMPLES = {"dmy": "22/11/2026", "mdy": "11/22/2026", "ymd": "2026-11-22"}
# Day 60 of the spreadsheets is a 29 February 1900 that never was: real lists begin after it.
_SERIAL_ZERO = dt.date(1899, 12, 30)
_SERIALS = range(3_000, 80_000)
_YEARS = range(1850, 2101)
OLDEST = 125
_YES = frozenset({"oui", "o", "yes", "y", "vrai", "true", "1", "x", "owo"})
_NO = frozenset({"non", "n", "no", "faux", "false", "0", "ayi"})


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell could not be read: the code of a refusal and its facts."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


class _Erase:
    """What the marked word asks for."""

    def __reduce__(self) -> str:
        return "ERASE"


ERASE: Final = _Erase()


class Unclear(str):
    """A cell that shows something and says nothing: an error, a formula without its value."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Unclear({super().__repr__()})"


def is_empty(cell: Cell) -> bool:
    """Tell whether a cell says nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def text_of(cell: Cell) -> str:
    """Write a cell as a person would: no `.0` behind whole numbers, days first."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime | dt.date):
        return f"{cell:%d/%m/%Y}"
    return str(cell)


def read_day(cell: Cell, order: str) -> dt.date | Fault:
    """Read a day in the order given; a date cell or a spreadsheet's day number needs no order."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if cell == int(cell) and int(cell) in _SERIALS:
            return _SERIAL_ZERO + dt.timedelta(days=int(cell))
        return _no_day(cell, order)
    text = text_of(cell)
    if _SHORT.fullmatch(text):
        return Fault("collection.short_year", {"value": text})
    found = _THREE.fullmatch(text)
    if found is None:
        return _no_day(text, order)
    year, month, day = _in_order([found[1], found[2], found[3]], order)
    if len(year) != 4:
        return _no_day(text, order)
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return _no_day(text, order)


def _in_order(parts: list[str], order: str) -> tuple[str, str, str]:
    """Year, month and day; a year written first is read as such whatever the order."""
    places = _ORDERS["ymd"] if len(parts[0]) == 4 else _ORDERS[order]
    year, month, day = (parts[place] for place in places)
    return year, month, day


def _no_day(value: Cell, order: str) -> Fault:
    return Fault(
        "collection.date_unreadable", {"value": text_of(value), "example": _EXAMPLES[order]}
    )


def read_birth(cell: Cell, order: str, known_by: str) -> BirthFacts | Fault:
    """Read a birth: a day, a month, a year, "vers 1975", "1960-1965"."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and int(cell) in _YEARS:
        return born_in_year(int(cell), known_by=known_by)
    day = read_day(cell, order)
    if isinstance(day, dt.date):
        return born_on(day, known_by=known_by)
    if day.code == "collection.short_year":
        return day
    text = text_of(cell)
    if _THREE.fullmatch(text):
        return day
    return parse_birth(text, known_by=known_by) or day


def read_age(cell: Cell) -> int | Fault:
    """Read an age in whole years: 34, "34 ans"."""
    text = text_of(cell).lower().removesuffix("ans").removesuffix("an").strip()
    number = read_number(text) if text else None
    if number is None or number != number.to_integral_value() or not 0 <= number <= OLDEST:
        return Fault("collection.age_unreadable", {"value": text_of(cell)})
    return int(number)


def read_year(cell: Cell, order: str) -> int | Fault:
    """Read a year of four digits."""
    text = text_of(cell)
    if text.isdigit() and len(text) == 2:
        return Fault("collection.short_year", {"value": text})
    if text.isdigit() and int(text) in _YEARS:
        return int(text)
    return _no_day(text, order)


def read_degrees(cell: Cell) -> float | Fault:
    """Read a coordinate in decimal degrees."""
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        return float(cell)
    number = read_number(text_of(cell))
    if number is None:
        return Fault("collection.position_unreadable", {"value": text_of(cell)})
    return float(number)


def read_yes_no(cell: Cell) -> bool | None:
    """Read yes or no; None where it is neither."""
    if isinstance(cell, bool):
        return cell
    word = fold(text_of(cell))
    return True if word in _YES else False if word in _NO else None


def read_answer(
    cell: Cell, variable: VariableDefinition, words: Mapping[str, str], order: str, decimal: str
) -> Value | Fault:
    """Read an answer by the dictionary; `words` are the list's own, folded, with their codes."""
    text = text_of(cell)
    code = words.get(fold(text)) if words else None
    if code is not None:
        text = code
    elif variable.type == ValueType.DATE:
        day = read_day(cell, order)
        if isinstance(day, Fault):
            return day
        text = day.isoformat()
    elif variable.type in NUMBERS:
        value = _number(cell, text, decimal)
        if value is not None:
            problem = check_form(value, variable)
            return _as_fault(problem, text) if problem else value
    elif variable.type == ValueType.BOOLEAN and (known := read_yes_no(cell)) is not None:
        return known
    found = parse_value(text, variable)
    return _as_fault(found, text) if isinstance(found, AnswerProblem) else found


def _number(cell: Cell, text: str, decimal: str) -> int | float | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float | Decimal):
        return int(cell) if cell == int(cell) else float(cell)
    if decimal == "." and "," in text and "." not in text:
        text = text.replace(",", "")  # with a decimal point, a lone comma parts thousands
    number = read_number(text)
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def _as_fault(problem: AnswerProblem, text: str) -> Fault:
    facts = {
        name: fact if isinstance(fact, str | int | float) else str(fact)
        for name, fact in problem.facts.items()
    }
    return Fault(f"answers.{problem.kind}", {**facts, "value": text})
