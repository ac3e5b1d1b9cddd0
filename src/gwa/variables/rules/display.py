"""From a value to what a person reads: dates, numbers and labels as Malians write them."""

import datetime as dt
from decimal import Decimal

from gwa.variables.rules.definitions import Value, ValueType, VariableDefinition, pick

NARROW_SPACE = "\u202f"
SPACE = "\u00a0"
_YES_NO = {"fr": ("Oui", "Non"), "en": ("Yes", "No"), "bm": ("Ɔwɔ", "Ayi")}


def format_value(value: Value, variable: VariableDefinition, language: str = "fr") -> str:
    """Write a value for people. What does not fit the variable is shown as it is kept."""
    if value is None:
        return ""
    match variable.type, value:
        case ((ValueType.INTEGER | ValueType.DECIMAL), int() | float() | Decimal()) if (
            not isinstance(value, bool)
        ):
            return _with_unit(format_number(value, language), variable, language)
        case ValueType.BOOLEAN, bool():
            yes, no = _YES_NO.get(language, _YES_NO["fr"])
            return yes if value else no
        case ValueType.DATE, str():
            return _format_date(value)
        case ValueType.YEAR_MONTH, str():
            year, _, month = value.partition("-")
            return f"{month}/{year}" if month else value
        case ValueType.CHOICE, str():
            return _label(value, variable, language)
        case ValueType.CHOICES, list():
            return "\u00a0; ".join(_label(code, variable, language) for code in value)
        case _:
            return str(value)


def format_number(number: float | Decimal, language: str = "fr") -> str:
    """Write 1234567.5 as "1 234 567,5" in French and "1,234,567.5" in English."""
    text = f"{Decimal(str(number)).normalize():,f}"
    if language == "en":
        return text
    return text.replace(",", NARROW_SPACE).replace(".", ",")


def _with_unit(text: str, variable: VariableDefinition, language: str) -> str:
    unit = pick(variable.unit, language)
    return f"{text}{SPACE}{unit}" if unit else text


def _format_date(value: str) -> str:
    try:
        return dt.date.fromisoformat(value).strftime("%d/%m/%Y")
    except ValueError:
        return value


def _label(code: object, variable: VariableDefinition, language: str) -> str:
    choice = variable.choice(str(code))
    return choice.label(language) if choice else str(code)
