"""What is wrong with an answer: every fault is named, none is mended in silence."""

import datetime as dt
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from gwa.variables.rules.definitions import (
    Answers,
    Storage,
    Value,
    ValueType,
    VariableDefinition,
)

LONGEST_TEXT = 500
ALONE = "none"
"""The choice that contradicts any other: "none of these"."""

YEARS = range(1900, 2101)
"""A year outside is a slip of the finger: 2206 for 2026, 0198 for 1998."""

MONTH_PATTERN = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
DATE_PATTERN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class ProblemKind(StrEnum):
    """The closed list of faults; `errors.explain` has the sentence of each."""

    UNKNOWN_VARIABLE = "unknown_variable"
    KEPT_ELSEWHERE = "kept_elsewhere"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    NOT_YES_NO = "not_yes_no"
    NOT_A_DATE = "not_a_date"
    NOT_A_MONTH = "not_a_month"
    FAR_YEAR = "far_year"
    NOT_A_TEXT = "not_a_text"
    EMPTY_TEXT = "empty_text"
    LONG_TEXT = "long_text"
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_LIST = "not_a_list"
    UNKNOWN_CHOICE = "unknown_choice"
    AMBIGUOUS_CHOICE = "ambiguous_choice"
    REPEATED_CHOICE = "repeated_choice"
    NONE_WITH_OTHERS = "none_with_others"
    TOO_MANY_DECIMALS = "too_many_decimals"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    NOT_ASKED_AT_AGE = "not_asked_at_age"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: which variable, which value, and the facts that help to mend it."""

    kind: ProblemKind
    variable: str
    value: Value = None
    definition: VariableDefinition | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


def check_answers(
    answers: Answers,
    variables: Mapping[str, VariableDefinition],
    *,
    age_range: tuple[int, int] | None = None,
) -> list[Problem]:
    """List what is wrong with the answers of one household or one person.

    `variables` are those of the level (`dictionary.household`, `dictionary.person`). None and an
    absent name both mean "not known" and are always right. The ages between which a person's age
    is known to lie tell whether a question was asked at all.
    """
    problems = []
    for name, value in answers.items():
        variable = variables.get(name)
        if variable is None:
            problems.append(Problem(ProblemKind.UNKNOWN_VARIABLE, name, value))
        elif value is not None:
            problem = check_value(value, variable) or _check_age(value, variable, age_range)
            if problem:
                problems.append(problem)
    return problems


def check_value(value: Value, variable: VariableDefinition) -> Problem | None:
    """Say the first thing wrong with one value, or nothing."""
    if value is None:
        return None
    if variable.storage == Storage.REGISTRY:
        return _problem(ProblemKind.KEPT_ELSEWHERE, value, variable)
    return check_form(value, variable)


def check_form(value: Value, variable: VariableDefinition) -> Problem | None:
    """Say what is wrong with the form of a value, wherever it is kept."""
    match variable.type:
        case ValueType.INTEGER | ValueType.DECIMAL:
            return _check_number(value, variable)
        case ValueType.BOOLEAN:
            kind = None if isinstance(value, bool) else ProblemKind.NOT_YES_NO
        case ValueType.DATE:
            kind = _check_year(value) if _is_date(value) else ProblemKind.NOT_A_DATE
        case ValueType.YEAR_MONTH:
            kind = _check_year(value) if _is_month(value) else ProblemKind.NOT_A_MONTH
        case ValueType.TEXT:
            return _check_text(value, variable)
        case ValueType.CHOICE:
            return _check_choice(value, variable)
        case ValueType.CHOICES:
            return _check_choices(value, variable)
    return _problem(kind, value, variable) if kind else None


def is_asked_at(variable: VariableDefinition, age_range: tuple[int, int] | None) -> bool:
    """Tell whether a person who may have these ages is asked; an unknown age excludes nothing."""
    if age_range is None:
        return True
    youngest, oldest = age_range
    is_too_young = variable.from_age is not None and oldest < variable.from_age
    is_too_old = variable.to_age is not None and youngest > variable.to_age
    return not (is_too_young or is_too_old)


def _check_age(
    value: Value, variable: VariableDefinition, age_range: tuple[int, int] | None
) -> Problem | None:
    if is_asked_at(variable, age_range):
        return None
    facts = {"from_age": variable.from_age, "to_age": variable.to_age}
    return Problem(ProblemKind.NOT_ASKED_AT_AGE, variable.name, value, variable, facts)


def _check_number(value: Value, variable: VariableDefinition) -> Problem | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return _problem(ProblemKind.NOT_A_NUMBER, value, variable)
    if not math.isfinite(value):
        return _problem(ProblemKind.NOT_A_NUMBER, value, variable)
    number = Decimal(str(value))
    if variable.type == ValueType.INTEGER and number != number.to_integral_value():
        return _problem(ProblemKind.NOT_WHOLE, value, variable)
    if number != round(number, variable.decimals):
        facts = {"decimals": variable.decimals}
        return _problem(ProblemKind.TOO_MANY_DECIMALS, value, variable, facts)
    if variable.minimum is not None and number < variable.minimum:
        return _problem(ProblemKind.TOO_SMALL, value, variable, _range(variable))
    if variable.maximum is not None and number > variable.maximum:
        return _problem(ProblemKind.TOO_LARGE, value, variable, _range(variable))
    return None


def _range(variable: VariableDefinition) -> Mapping[str, object]:
    return {"minimum": variable.minimum, "maximum": variable.maximum}


def _is_date(value: Value) -> bool:
    if not isinstance(value, str) or not DATE_PATTERN.fullmatch(value):
        return False
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_month(value: Value) -> bool:
    return isinstance(value, str) and bool(MONTH_PATTERN.fullmatch(value))


def _check_year(value: Value) -> ProblemKind | None:
    return None if int(str(value)[:4]) in YEARS else ProblemKind.FAR_YEAR


def _check_text(value: Value, variable: VariableDefinition) -> Problem | None:
    if not isinstance(value, str):
        return _problem(ProblemKind.NOT_A_TEXT, value, variable)
    if not value.strip():
        return _problem(ProblemKind.EMPTY_TEXT, value, variable)
    if len(value) > LONGEST_TEXT:
        return _problem(ProblemKind.LONG_TEXT, value, variable, {"longest": LONGEST_TEXT})
    return None


def _check_choice(value: Value, variable: VariableDefinition) -> Problem | None:
    if not isinstance(value, str):
        return _problem(ProblemKind.NOT_A_CHOICE, value, variable)
    if variable.choice(value) is None:
        return _problem(ProblemKind.UNKNOWN_CHOICE, value, variable, {"choice": value})
    return None


def _check_choices(value: Value, variable: VariableDefinition) -> Problem | None:
    if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
        return _problem(ProblemKind.NOT_A_LIST, value, variable)
    for code in value:
        if variable.choice(code) is None:
            return _problem(ProblemKind.UNKNOWN_CHOICE, value, variable, {"choice": code})
    if len(set(value)) < len(value):
        return _problem(ProblemKind.REPEATED_CHOICE, value, variable)
    if ALONE in value and len(value) > 1:
        return _problem(ProblemKind.NONE_WITH_OTHERS, value, variable)
    return None


def _problem(
    kind: ProblemKind,
    value: Value,
    variable: VariableDefinition,
    facts: Mapping[str, object] | None = None,
) -> Problem:
    return Problem(kind, variable.name, value, variable, facts or {})
