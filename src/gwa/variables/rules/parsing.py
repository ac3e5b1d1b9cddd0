"""From what a person typed to a value: French decimals, dates, choices by code or label."""

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from gwa.common.text import fold
from gwa.variables.rules.answers import Problem, ProblemKind, check_form
from gwa.variables.rules.definitions import ChoiceDefinition, Value, ValueType, VariableDefinition

_SPACES = re.compile(r"\s")  # narrow and non-breaking spaces included
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.\-]([0-9]{1,2})[/.\-]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})([T ]00:00(:00)?)?")
_MONTH_FIRST = re.compile(r"([0-9]{1,2})[/.\-]([0-9]{4})")
_YEAR_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_NAMED_MONTH = re.compile(r"([a-z]+) ([0-9]{4})")
_YES = frozenset({"oui", "o", "yes", "y", "vrai", "true", "1", "owo"})
_NO = frozenset({"non", "n", "no", "faux", "false", "0", "ayi"})
_MONTHS = (
    ("janvier", "january", "janv", "jan"),
    ("fevrier", "february", "fevr", "feb"),
    ("mars", "march", "mar"),
    ("avril", "april", "avr", "apr"),
    ("mai", "may"),
    ("juin", "june", "jun"),
    ("juillet", "july", "juil", "jul"),
    ("aout", "august", "aug"),
    ("septembre", "september", "sept", "sep"),
    ("octobre", "october", "oct"),
    ("novembre", "november", "nov"),
    ("decembre", "december", "dec"),
)
_MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}


def parse_value(text: str, variable: VariableDefinition) -> Value | Problem:
    """Read a text as a value of the variable. An empty text is no answer; nothing is guessed."""
    text = text.strip()
    if not text:
        return None
    read = _read(text, variable)
    if isinstance(read, Problem):
        return read
    return check_form(read, variable) or read


def _read(text: str, variable: VariableDefinition) -> Value | Problem:
    value: Value | Problem
    match variable.type:
        case ValueType.INTEGER | ValueType.DECIMAL:
            value = _read_number(text, variable)
        case ValueType.BOOLEAN:
            word = fold(text)
            value = True if word in _YES else False if word in _NO else None
        case ValueType.DATE:
            date = read_date(text)
            value = date.isoformat() if date else None
        case ValueType.YEAR_MONTH:
            value = _read_month(text)
        case ValueType.CHOICE:
            value = _find_choice(text, variable)
        case ValueType.CHOICES:
            value = _read_choices(text, variable)
        case ValueType.TEXT:
            value = text
    return (
        Problem(_UNREADABLE[variable.type], variable.name, text, variable)
        if (value is None)
        else value
    )


_UNREADABLE = {
    ValueType.INTEGER: ProblemKind.NOT_A_NUMBER,
    ValueType.DECIMAL: ProblemKind.NOT_A_NUMBER,
    ValueType.BOOLEAN: ProblemKind.NOT_YES_NO,
    ValueType.DATE: ProblemKind.NOT_A_DATE,
    ValueType.YEAR_MONTH: ProblemKind.NOT_A_MONTH,
    ValueType.CHOICE: ProblemKind.UNKNOWN_CHOICE,
    ValueType.CHOICES: ProblemKind.UNKNOWN_CHOICE,
    ValueType.TEXT: ProblemKind.NOT_A_TEXT,
}


def read_number(text: str) -> Decimal | None:
    """Read "1 234,5", "1.234,5" or "1,234.5": the last mark, when both are there, is the point.

    A single comma is a decimal comma, as Malians write it: "1,234" is a little more than one.
    """
    text = _SPACES.sub("", text).replace("−", "-")
    if "," in text and "." in text:
        thousands = "." if text.rindex(",") > text.rindex(".") else ","
        text = text.replace(thousands, "")
    text = text.replace(",", ".")
    if not re.fullmatch(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?", text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _read_number(text: str, variable: VariableDefinition) -> Value | Problem:
    number = read_number(text)
    if number is None:
        return None
    if number == number.to_integral_value():
        return int(number)
    if variable.type == ValueType.INTEGER:
        return Problem(ProblemKind.NOT_WHOLE, variable.name, text, variable)
    return float(number)


def read_date(text: str) -> dt.date | None:
    """Read 22/11/2026, 22-11-2026, 22.11.2026 or 2026-11-22; a year of two digits is refused."""
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    elif match := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in match.groups()[:3])
    else:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _read_month(text: str) -> str | None:
    """Read 11/2026, 2026-11, novembre 2026, or the month of a whole date."""
    if match := _MONTH_FIRST.fullmatch(text):
        month, year = int(match[1]), int(match[2])
    elif match := _YEAR_MONTH.fullmatch(text):
        year, month = int(match[1]), int(match[2])
    elif match := _NAMED_MONTH.fullmatch(fold(text)):
        month, year = _MONTH_NUMBERS.get(match[1], 0), int(match[2])
    elif date := read_date(text):
        year, month = date.year, date.month
    else:
        return None
    return f"{year:04}-{month:02}" if 1 <= month <= 12 else None


def _find_choice(text: str, variable: VariableDefinition) -> str | Problem:
    """Find a choice by its code, else by its label in any language, accents and case aside."""
    if variable.choice(text):
        return text
    wanted = fold(text)
    found = [choice for choice in variable.choices if _has_name(choice, wanted)]
    if len(found) == 1:
        return found[0].code
    kind = ProblemKind.AMBIGUOUS_CHOICE if found else ProblemKind.UNKNOWN_CHOICE
    return Problem(kind, variable.name, text, variable, {"choice": text})


def _has_name(choice: ChoiceDefinition, wanted: str) -> bool:
    names = (choice.code, *choice.labels.values())
    return bool(wanted) and any(fold(name) == wanted for name in names)


def _read_choices(text: str, variable: VariableDefinition) -> list[str] | Problem:
    """Read several choices: "a;b", "a|b", one label with commas in it, "a b" or "a, b"."""
    codes: list[str] = []
    for word in _split_choices(text, variable):
        found = _find_choice(word, variable)
        if isinstance(found, Problem):
            return found
        codes.append(found)
    return codes


def _split_choices(text: str, variable: VariableDefinition) -> Iterable[str]:
    parts = [part.strip() for part in re.split(r"[;|\n]", text) if part.strip()]
    if len(parts) != 1 or isinstance(_find_choice(parts[0], variable), str):
        return parts
    words = text.split()
    if all(variable.choice(word) for word in words):
        return words
    return [part.strip() for part in text.split(",") if part.strip()]
