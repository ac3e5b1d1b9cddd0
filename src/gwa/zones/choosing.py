"""A zone as a form of any module asks for it."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gwa.zones.models import Zone


class ZoneForm(forms.Form):
    """A zone by its code, among those of the reader."""

    zone = forms.CharField(
        label=_("Code de la zone"),
        max_length=40,
        help_text=_("Celui de la page de la zone : un cercle, une commune, un village."),
    )

    def __init__(self, *args: Any, zones: QuerySet[Zone], **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        self._zones = zones

    def clean_zone(self) -> Zone:
        """Return the zone of the code, among those that may be chosen."""
        zone = self._zones.filter(code=self.cleaned_data["zone"].strip()).first()
        if zone is None:
            raise forms.ValidationError(_("Aucune de vos zones n’a ce code."))
        return zone
