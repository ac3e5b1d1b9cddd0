"""What the dictionary says of a variable, in the words of XLSForm."""

from collections.abc import Mapping, Sequence

from gwa.questionnaires.authoring.answers import NO, YES, YES_NO, AnswerLists
from gwa.questionnaires.authoring.reading import Form
from gwa.questionnaires.authoring.texts import Text
from gwa.variables.rules.answers import ALONE, LONGEST_TEXT
from gwa.variables.rules.definitions import Storage, Value, ValueType, VariableDefinition

_TYPES = {
    ValueType.INTEGER: "integer",
    ValueType.DECIMAL: "decimal",
    ValueType.TEXT: "text",
    ValueType.BOOLEAN: f"select_one {YES_NO}",
    ValueType.DATE: "date",
    ValueType.YEAR_MONTH: "date",
}
# Few taps: wheels for a day, no day at all for a month.
_APPEARANCES = {ValueType.DATE: "no-calendar", ValueType.YEAR_MONTH: "month-year"}
# The registry's columns of names.
_LONGEST_NAME = 120
_ALONE_ALONE = f"not(selected(., '{ALONE}') and count-selected(.) > 1)"


def cells_of_variable(variable: VariableDefinition, answers: AnswerLists) -> dict[str, str]:
    """Return the type, appearance and constraint of the question about a variable."""
    cells = {"type": _type_of(variable, answers)}
    if variable.type in _APPEARANCES:
        cells["appearance"] = _APPEARANCES[variable.type]
    if constraint := _constraint_of(variable):
        cells["constraint"] = constraint
    return cells


def _type_of(variable: VariableDefinition, answers: AnswerLists) -> str:
    match variable.type:
        case ValueType.CHOICE:
            return f"select_one {answers.of_variable(variable)}"
        case ValueType.CHOICES:
            return f"select_multiple {answers.of_variable(variable)}"
    return _TYPES[variable.type]


def _constraint_of(variable: VariableDefinition) -> str:
    match variable.type:
        case ValueType.INTEGER:
            return f". >= {variable.minimum} and . <= {variable.maximum}"
        case ValueType.DECIMAL:
            limits = f". >= {variable.minimum} and . <= {variable.maximum}"
            return f"{limits} and round(., {variable.decimals}) = ."
        case ValueType.TEXT:
            return f"string-length(.) <= {_longest(variable)}"
        case ValueType.CHOICES if variable.choice(ALONE):
            return _ALONE_ALONE
    return ""


def _longest(variable: VariableDefinition) -> int:
    return _LONGEST_NAME if variable.storage == Storage.REGISTRY else LONGEST_TEXT


def message_of_variable(variable: VariableDefinition, messages: Mapping[str, Text]) -> Text:
    """Return what is said when the answer is not one the variable may take."""
    limits = {"minimum": variable.minimum, "maximum": variable.maximum}
    match variable.type:
        case ValueType.INTEGER:
            return messages["range"].filled(**limits)
        case ValueType.DECIMAL:
            return messages["decimals"].filled(**limits, decimals=variable.decimals)
        case ValueType.TEXT:
            return messages["long"].filled(longest=_longest(variable))
        case ValueType.CHOICES:
            return messages["none_alone"]
    return Text()


def condition_of_variable(variable: VariableDefinition, form: Form) -> str:
    """Return when a variable is asked: the ages and the earlier answers that call for it."""
    parts = []
    if variable.from_age is not None:
        parts.append(f"${{age_max}} >= {variable.from_age}")
    if variable.to_age is not None:
        parts.append(f"${{age_min}} <= {variable.to_age}")
    for other, wanted in form.conditions.get(variable.name, {}).items():
        parts.append(_is_among(form.dictionary.by_name.get(other), other, wanted))
    return " and ".join(parts)


def _is_among(asked: VariableDefinition | None, name: str, wanted: Sequence[Value]) -> str:
    codes = [_code(value) for value in wanted]
    if asked is not None and asked.type == ValueType.CHOICES:
        chosen = " or ".join(f"selected(${{{name}}}, '{code}')" for code in codes)
        return f"({chosen})" if len(codes) > 1 else chosen
    if len(codes) == 1:
        return f"${{{name}}} = '{codes[0]}'"
    return f"selected('{' '.join(codes)}', ${{{name}}})"


def _code(value: Value) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    return str(value)
