"""A question of the dictionary as a field of a form, whoever asks it."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gwa.variables.rules.definitions import Value, ValueType, VariableDefinition

_MONTH = re.compile(r"(\d{1,2})[/.\- ](\d{4})")
_UNKNOWN = ("", _("non renseigné"))


class MonthField(forms.CharField):
    """A month: people write 11/2026, answers keep 2026-11."""

    def clean(self, value: Any) -> str:  # noqa: ANN401 (as in Field)
        """Return the month as it is kept; what is none is left for the dictionary to refuse."""
        text: str = super().clean(value)
        typed = _MONTH.fullmatch(text)
        return f"{typed[2]}-{int(typed[1]):02d}" if typed else text


def make_field(variable: VariableDefinition, language: str) -> forms.Field:
    """Return the field that asks for the variable, in a language; an answer is never required."""
    label = variable.label(language)
    unit = variable.unit.get(language) or variable.unit.get("fr", "")
    common: dict[str, Any] = {"label": label, "required": False, "help_text": unit}
    choices = [(choice.code, choice.label(language)) for choice in variable.choices]
    bounds: dict[str, Any] = {"min_value": variable.minimum, "max_value": variable.maximum}
    match variable.type:
        case ValueType.INTEGER:
            return forms.IntegerField(**common, **bounds)
        case ValueType.DECIMAL:
            return forms.DecimalField(
                **common, **bounds, decimal_places=variable.decimals, localize=True
            )
        case ValueType.BOOLEAN:
            return forms.ChoiceField(
                **common, choices=[_UNKNOWN, ("true", _("oui")), ("false", _("non"))]
            )
        case ValueType.DATE:
            return forms.DateField(**common)
        case ValueType.CHOICE:
            return forms.ChoiceField(**common, choices=[_UNKNOWN, *choices])
        case ValueType.CHOICES:
            return forms.MultipleChoiceField(
                **common, choices=choices, widget=forms.CheckboxSelectMultiple
            )
        case ValueType.YEAR_MONTH:
            return MonthField(**{**common, "help_text": _("Par exemple 11/2026.")})
        case ValueType.TEXT:
            return forms.CharField(**common, max_length=500)


def to_field(answer: Any, kind: ValueType) -> object:  # noqa: ANN401 (any answer)
    """Return an answer as the field takes it back."""
    if kind is ValueType.BOOLEAN and answer is not None:
        return "true" if answer else "false"
    if kind is ValueType.DATE and answer:
        return dt.date.fromisoformat(answer)
    return answer


def to_answer(value: Any, kind: ValueType) -> Value:  # noqa: ANN401 (any value of a field)
    """Return the value as answers keep it; nothing typed is an answer unknown."""
    if value in (None, "", []):
        return None
    answer: Value = value
    if kind is ValueType.BOOLEAN:
        answer = value == "true"
    elif isinstance(value, dt.date):
        answer = value.isoformat()
    elif isinstance(value, Decimal):
        answer = int(value) if value == value.to_integral_value() else float(value)
    return answer
