"""A day as people write it."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def today() -> dt.date:
    """Return the present day in the country."""
    return timezone.localdate()


class AnyDayField(forms.DateField):
    """A day, gone or to come: people write it as 22/11/2026."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 (those of DateField)
        options.setdefault("help_text", _("Par exemple 22/11/2026."))
        super().__init__(**options)


class DayField(AnyDayField):
    """A day that has come."""

    def clean(self, value: object) -> dt.date | None:
        """Refuse a day to come."""
        day: dt.date | None = super().clean(value)
        if day is not None and day > today():
            raise forms.ValidationError(_("Cette date n’est pas encore arrivée."))
        return day
