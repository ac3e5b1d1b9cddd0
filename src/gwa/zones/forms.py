"""What is written about a zone."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gwa.zones.models import Level, Zone
from gwa.zones.rules.levels import may_hold


class NewZoneForm(forms.Form):
    """A zone to add under another."""

    name = forms.CharField(label=_("Nom"), max_length=120, help_text=_("Tel qu’il s’écrit ici."))
    code = forms.CharField(label=_("Code"), max_length=40, help_text=_("Unique dans le découpage."))
    level = forms.TypedChoiceField(label=_("Niveau"), coerce=int)
    on = forms.DateField(label=_("Existe depuis le"), help_text=_("Par exemple 22/11/2026."))
    reason = forms.CharField(label=_("Motif"), max_length=500, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, parent: Zone, **kwargs: Any) -> None:  # noqa: ANN401 (Django's own signature)
        super().__init__(*args, **kwargs)
        held = [(level.value, level.label) for level in Level if may_hold(parent.level, level)]
        self.fields["level"].choices = held  # type: ignore[attr-defined]


class RenameForm(forms.Form):
    """Another way to write a zone's name."""

    name = forms.CharField(label=_("Nom"), max_length=120)
    reason = forms.CharField(label=_("Motif"), max_length=500, widget=forms.Textarea({"rows": 2}))


class CloseForm(forms.Form):
    """The last day of a zone."""

    on = forms.DateField(
        label=_("Ferme le"),
        initial=timezone.localdate,
        help_text=_("Premier jour où la zone n’existe plus."),
    )
    reason = forms.CharField(label=_("Motif"), max_length=500, widget=forms.Textarea({"rows": 2}))


class ChildrenFilter(forms.Form):
    """Filters of the table of zones below."""

    name = forms.CharField(label=_("Nom"), required=False, max_length=120)
    closed = forms.BooleanField(label=_("Zones fermées aussi"), required=False)
