"""What is told of a source of lists."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gwa.collection.actions.sources import DataSourceFacts
from gwa.collection.models import DataSource
from gwa.common.days import DayField
from gwa.zones.models import Level, Zone

_AREA = forms.Textarea(attrs={"rows": 3})


class DataSourceForm(forms.Form):
    """A database or a collection: whose, when, where, how many, how good."""

    name = forms.CharField(
        label=_("Nom"),
        max_length=150,
        help_text=_("Celui que l’on reconnaîtra, par exemple « Filets sociaux, liste de 2026 »."),
    )
    kind = forms.ChoiceField(
        label=_("Nature"),
        choices=DataSource.Kind.choices,
        help_text=_("D’elle dépend quelle source est crue quand deux se contredisent."),
    )
    organisation = forms.CharField(
        label=_("Organisme"), max_length=150, help_text=_("À qui appartiennent ces données ?")
    )
    collected_from = DayField(label=_("Début de la collecte"))
    collected_to = DayField(label=_("Fin de la collecte"))
    zones = forms.ModelMultipleChoiceField(
        label=_("Régions couvertes"),
        queryset=Zone.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Aucune cochée : tout le pays."),
    )
    households_told = forms.IntegerField(
        label=_("Ménages annoncés"), min_value=0, max_value=100_000_000, required=False
    )
    persons_told = forms.IntegerField(
        label=_("Personnes annoncées"), min_value=0, max_value=100_000_000, required=False
    )
    description = forms.CharField(
        label=_("Description"), max_length=2000, required=False, widget=_AREA
    )
    quality = forms.CharField(
        label=_("Qualité constatée"),
        max_length=2000,
        required=False,
        widget=_AREA,
        help_text=_("Ce que les vérifications et les imports ont montré : lacunes, doublons…"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 (those of Form)
        super().__init__(*args, **options)
        regions = Zone.objects.current().filter(level=Level.REGION).order_by("name_key")
        self.fields["zones"].queryset = regions  # type: ignore[attr-defined]
        self.fields["zones"].label_from_instance = lambda zone: zone.name  # type: ignore[attr-defined]

    def facts(self) -> DataSourceFacts:
        """Return what the action asks for."""
        return DataSourceFacts(**self.cleaned_data)


def told_of(source: DataSource) -> dict[str, Any]:
    """Fill the form from what the register holds."""
    names = [name for name in DataSourceForm.base_fields if name != "zones"]
    told = {name: getattr(source, name) for name in names}
    return told | {"zones": list(source.zones.all())}
