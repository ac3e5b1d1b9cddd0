"""What every correction asks: why, from what source, on which day."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gwa.common.days import DayField, today
from gwa.common.text import fold
from gwa.journal.models import Actor
from gwa.registry.models import Source
from gwa.registry.queries.places import Place, everywhere_called
from gwa.registry.sources import source_of_person
from gwa.zones.models import Zone

_SOURCES = (Source.Kind.OPERATOR, Source.Kind.PAPER, Source.Kind.INTERVIEW, Source.Kind.COMMUNE)
_SOURCE_LABELS = {
    Source.Kind.OPERATOR: _("vérification au bureau"),
    Source.Kind.PAPER: _("papier vu (acte, carte, reçu)"),
    Source.Kind.INTERVIEW: _("déclaration du ménage"),
    Source.Kind.COMMUNE: _("commune"),
}


class ReasonForm(forms.Form):
    """A change that says why."""

    reason = forms.CharField(
        label=_("Motif"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Pourquoi ce changement ? Le motif reste dans l’histoire du ménage."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 (those of Form)
        super().__init__(*args, **options)
        # Facts first, then where they come from, then why.
        last = ("source_kind", "collected_on", "reason")
        self.order_fields([*(name for name in self.fields if name not in last), *last])


class SourcedForm(ReasonForm):
    """A change that also says where the facts come from."""

    source_kind = forms.ChoiceField(
        label=_("D’où vient l’information ?"),
        choices=[(kind.value, _SOURCE_LABELS[kind]) for kind in _SOURCES],
    )
    collected_on = DayField(label=_("Information recueillie le"), initial=today)

    def source(self, actor: Actor) -> Source:
        """Return the source of the facts."""
        kind = Source.Kind(self.cleaned_data["source_kind"])
        return source_of_person(kind, actor, self.cleaned_data["collected_on"])


class CorrectionForm(SourcedForm):
    """A change of values the registry holds: the form knows which ones differ."""

    def changes(self) -> dict[str, object]:
        """Return what differs from what the form started from, by the registry's own names."""
        raise NotImplementedError


class SettlementFields(forms.Form):
    """A village, quartier or fraction by its name; namesakes are then offered to choose from."""

    place = forms.CharField(
        label=_("Village, quartier ou fraction"),
        max_length=120,
        help_text=_("Écrivez le nom ; s’il y en a plusieurs, vous choisirez."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, own: Zone | None = None, **options: Any) -> None:  # noqa: ANN401
        """Start from the household's own place: its namesakes are then not asked about."""
        if own:
            options["initial"] = {"place": own.name, **options.get("initial", {})}
        super().__init__(*args, **options)
        self.own = own
        self.zone: Zone | None = None
        self.namesakes: list[Place] = []
        if self.is_bound:
            self._offer(everywhere_called(fold(str(self.data.get("place", "")))))

    def _offer(self, places: list[Place]) -> None:
        """Ask which of the places is meant when there are several."""
        self.namesakes = places
        if len(places) < 2 or self._is_own():
            return
        self.fields["zone_id"] = forms.ChoiceField(
            label=_("Lequel ?"),
            choices=[(str(place.id), place.full_name) for place in places],
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Plusieurs lieux portent ce nom : choisissez."),
                "invalid_choice": _("Choisissez l’un des lieux proposés."),
            },
        )
        rest = [name for name in self.fields if name not in ("place", "zone_id")]
        self.order_fields(["place", "zone_id", *rest])

    def _is_own(self) -> bool:
        """Tell whether the name was left as the household's own place has it."""
        told = str(self.data.get("place", ""))
        return self.own is not None and told == self.own.name and "zone_id" not in self.data

    def clean(self) -> dict[str, Any]:
        """Find the zone that is meant."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("place"):
            return cleaned
        if self._is_own():
            self.zone = self.own
            return cleaned
        if not self.namesakes:
            self.add_error(
                "place",
                _("Aucun village, quartier ou fraction ne porte ce nom : vérifiez l’orthographe."),
            )
        chosen = cleaned.get("zone_id") or (
            self.namesakes[0].id if len(self.namesakes) == 1 else None
        )
        if chosen:
            self.zone = Zone.objects.get(pk=int(chosen))
        return cleaned
