"""A part of the sheet: drawn from the draft as it was typed, checked only when asked."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from gwa.common.drafts import Fields
from gwa.variables.fields import make_field, to_answer
from gwa.variables.rules.definitions import Value, VariableDefinition


def today() -> dt.date:
    """Return the present day in the country."""
    return timezone.localdate()


class SheetPart(forms.Form):
    """Fields under one prefix of the draft.

    Nothing is said to be wrong while somebody is still typing: a part that does not `check` shows
    what was typed, as it was typed.
    """

    def __init__(self, *, told: Fields, prefix: str, checks: bool) -> None:
        super().__init__(MultiValueDict(told) if checks else None, prefix=prefix)
        self.told = told

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:  # noqa: ANN401
        """Return what was typed, else what the field starts from."""
        typed = self.told.get(self.add_prefix(field_name))
        if typed is None:
            return super().get_initial_for_field(field, field_name)
        return typed if isinstance(field, forms.MultipleChoiceField) else "".join(typed[:1])

    def typed(self, name: str) -> str:
        """Return what was typed in a field, without stray spaces."""
        return "".join(self.told.get(self.add_prefix(name), [])[:1]).strip()

    def read(self, name: str) -> Any:  # noqa: ANN401 (any value of a field)
        """Return a value that could be read, or None."""
        return self.cleaned_data.get(name)


class QuestionsPart(SheetPart):
    """Questions of the dictionary."""

    def __init__(
        self,
        *,
        told: Fields,
        prefix: str,
        checks: bool,
        variables: tuple[VariableDefinition, ...],
        language: str,
    ) -> None:
        super().__init__(told=told, prefix=prefix, checks=checks)
        self.variables = variables
        for variable in variables:
            field = make_field(variable, language)
            field.widget.attrs.setdefault("autocomplete", "off")
            self.fields[variable.name] = field

    def answers(self) -> dict[str, Value]:
        """Return the answers that could be read."""
        return {
            variable.name: answer
            for variable in self.variables
            if variable.name in self.cleaned_data
            and (answer := to_answer(self.cleaned_data[variable.name], variable.type)) is not None
        }

    def count_answered(self) -> int:
        """Count the questions where something was typed or chosen."""
        return sum(
            any(text.strip() for text in self.told.get(self.add_prefix(name), []))
            for name in self.fields
        )

    def said(self) -> Mapping[str, Value]:
        """Return what is chosen so far, for questions that depend on it; nothing is checked."""
        said: dict[str, Value] = {}
        for variable in self.variables:
            typed = self.get_initial_for_field(self.fields[variable.name], variable.name)
            said[variable.name] = to_answer(typed, variable.type)
        return said
