"""The questions of one section of the questionnaire, as a form made from the dictionary."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gwa.registry.forms.base import SourcedForm
from gwa.variables.rules.definitions import ValueType, VariableDefinition

_UNKNOWN = ("", _("non renseigné"))


class AnswersForm(SourcedForm):
    """Correct the answers of a section; what is left unknown is erased."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 (those of Form)
        variables: tuple[VariableDefinition, ...],
        answers: dict[str, Any],
        **options: Any,  # noqa: ANN401
    ) -> None:
        language = get_language() or "fr"
        initial = {f"answer_{v.name}": _to_field(answers.get(v.name), v.type) for v in variables}
        super().__init__(*args, initial=initial, **options)
        self.variables = variables
        for variable in variables:
            self.fields[f"answer_{variable.name}"] = _field(variable, language)
        last = ("source_kind", "collected_on", "reason")
        self.order_fields([name for name in self.fields if name not in last] + list(last))

    def changes(self) -> dict[str, object]:
        """Return the answers that differ, by the name the registry corrects them under."""
        return {
            f"answers.{variable.name}": _to_answer(
                self.cleaned_data[f"answer_{variable.name}"], variable.type
            )
            for variable in self.variables
            if f"answer_{variable.name}" in self.changed_data
        }


def _field(variable: VariableDefinition, language: str) -> forms.Field:
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
            common["help_text"] = _("Par exemple 2026-11.")
            return forms.CharField(**common, max_length=7)
        case ValueType.TEXT:
            return forms.CharField(**common, max_length=500)


def _to_field(answer: Any, kind: ValueType) -> object:  # noqa: ANN401 (any answer)
    if kind is ValueType.BOOLEAN and answer is not None:
        return "true" if answer else "false"
    if kind is ValueType.DATE and answer:
        return dt.date.fromisoformat(answer)
    return answer


def _to_answer(value: Any, kind: ValueType) -> object:  # noqa: ANN401 (any value of a field)
    """Return the value as answers keep it; nothing typed is an answer unknown."""
    if value in (None, "", []):
        return None
    if kind is ValueType.BOOLEAN:
        return value == "true"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
