"""Forms about a whole household."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from gwa.common.days import DayField, today
from gwa.registry.forms.base import CorrectionForm, ReasonForm, SettlementFields, SourcedForm
from gwa.registry.models import Household, Membership, Relationship
from gwa.registry.rules.facts import Position
from gwa.registry.words import say_age

OTHERS = [choice for choice in Relationship.choices if choice[0] != Relationship.HEAD]
# Nothing is chosen beforehand: a link that nobody looked at would be believed.
LINKS = [("", _("choisir")), *OTHERS]


def member_choices(members: Iterable[Membership], empty: object = None) -> list[tuple[str, object]]:
    """Return members as choices, by membership: name, link and age, because namesakes are many."""
    start = [("", empty)] if empty is not None else []
    on = today()
    told = [
        (
            str(one.pk),
            f"{one.person}, {one.get_relationship_display()}, {say_age(one.person, on)}",
        )
        for one in members
    ]
    return [*start, *told]


class PositionFields(forms.Form):
    """A point on earth, as devices and maps give it."""

    lat = forms.FloatField(
        label=_("Latitude"), required=False, min_value=-90, max_value=90, localize=True
    )
    lon = forms.FloatField(
        label=_("Longitude"), required=False, min_value=-180, max_value=180, localize=True
    )

    def clean(self) -> dict[str, Any]:
        """Refuse half a point."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_half = (cleaned.get("lat") is None) != (cleaned.get("lon") is None)
        if is_half and not {"lat", "lon"} & set(self.errors):
            self.add_error("lon", _("Donnez la latitude et la longitude, ou aucune des deux."))
        return cleaned

    def position(self) -> Position | None:
        """Return the point, if any."""
        lat, lon = self.cleaned_data.get("lat"), self.cleaned_data.get("lon")
        return Position(lon, lat) if lat is not None and lon is not None else None


class HouseholdForm(PositionFields, CorrectionForm):
    """Correct what is known of the household itself."""

    address = forms.CharField(label=_("Adresse ou repère"), max_length=200, required=False)
    is_position_hidden = forms.BooleanField(
        label=_("Ne montrer la position à personne"), required=False
    )
    registered_on = DayField(label=_("Enregistré le"))
    last_interview_on = DayField(label=_("Dernier entretien"), required=False)
    field_order = ("address", "lat", "lon")

    @staticmethod
    def initial_of(household: Household) -> dict[str, object]:
        """Return what the form starts from."""
        return {
            "address": household.address,
            "lat": household.lat,
            "lon": household.lon,
            "is_position_hidden": household.is_position_hidden,
            "registered_on": household.registered_on,
            "last_interview_on": household.last_interview_on,
        }

    def changes(self) -> dict[str, object]:
        """Return what differs from what the form started from."""
        names = ("address", "is_position_hidden", "registered_on", "last_interview_on")
        changes = {name: self.cleaned_data[name] for name in names if name in self.changed_data}
        if {"lat", "lon"} & set(self.changed_data):
            changes["position"] = self.position()
        return changes


class AttachmentForm(SettlementFields, PositionFields, SourcedForm):
    """Attach the household to another place, or change its address there."""

    address = forms.CharField(label=_("Adresse ou repère"), max_length=200, required=False)
    on = DayField(label=_("Depuis le"), initial=today)
    field_order = ("place", "address", "lat", "lon")


class PlaceNowForm(SettlementFields, ReasonForm):
    """Say where the household is for now."""

    kind = forms.ChoiceField(label=_("Nature du lieu"), choices=Household.PlaceKind.choices)
    since = DayField(label=_("Depuis le"), initial=today)


class OriginForm(SettlementFields, ReasonForm):
    """Say where a displaced household comes from."""

    arrived_on = DayField(label=_("Arrivé le"), required=False)


class ClosingForm(ReasonForm):
    """Close a household on a day."""

    on = DayField(label=_("Depuis le"), initial=today)


class ReopenForm(ReasonForm):
    """Take a closing back; name a head where the former one cannot return."""

    new_head = forms.ChoiceField(
        label=_("Chef de ménage"),
        required=False,
        help_text=_("À choisir si l’ancien chef est décédé ou compté ailleurs."),
    )

    def __init__(self, *args: Any, former: list[Membership], **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        self.fields["new_head"].choices = member_choices(former, _("le même qu’avant"))  # type: ignore[attr-defined]


class ContactForm(ReasonForm):
    """Say who answers for the household, and who receives what is given to it."""

    respondent = forms.ChoiceField(label=_("Répondant"), required=False)
    recipient = forms.ChoiceField(label=_("Bénéficiaire du versement"), required=False)

    def __init__(self, *args: Any, members: list[Membership], **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        persons = [
            ("", pgettext("nobody", "personne")),
            *((str(m.person_id), str(m.person)) for m in members),
        ]
        for name in ("respondent", "recipient"):
            self.fields[name].choices = persons  # type: ignore[attr-defined]


class HeadForm(ReasonForm):
    """Let another member lead."""

    new_head = forms.ChoiceField(label=_("Nouveau chef de ménage"), widget=forms.RadioSelect)
    relationship_of_former_head = forms.ChoiceField(
        label=_("L’ancien chef devient"),
        choices=[("", _("selon le lien connu")), *OTHERS],
        required=False,
    )
    on = DayField(label=_("Depuis le"), initial=today)

    def __init__(self, *args: Any, members: list[Membership], **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        others = [member for member in members if not member.is_head]
        self.fields["new_head"].choices = member_choices(others)  # type: ignore[attr-defined]


class SplitForm(SettlementFields, SourcedForm):
    """Let some members found a household of their own."""

    leaving = forms.MultipleChoiceField(label=_("Qui part ?"), widget=forms.CheckboxSelectMultiple)
    new_head = forms.ChoiceField(label=_("Chef du nouveau ménage"))
    address = forms.CharField(label=_("Adresse ou repère"), max_length=200, required=False)
    on = DayField(label=_("Depuis le"), initial=today)

    def __init__(self, *args: Any, members: list[Membership], **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        others = [member for member in members if not member.is_head]
        self.fields["leaving"].choices = member_choices(others)  # type: ignore[attr-defined]
        self.fields["new_head"].choices = member_choices(others, _("choisir"))  # type: ignore[attr-defined]
        last = ["place", "zone_id", "address", "on", "source_kind", "collected_on", "reason"]
        self.order_fields(["leaving", "new_head", *(name for name in last if name in self.fields)])

    def clean(self) -> dict[str, Any]:
        """Ask that the new head be one of those who leave."""
        cleaned = super().clean()
        head, leaving = cleaned.get("new_head"), cleaned.get("leaving")
        if head and leaving and head not in leaving:
            self.add_error(
                "new_head", _("Le chef du nouveau ménage doit être parmi ceux qui partent.")
            )
        return cleaned


class DocumentForm(forms.Form):
    """Attach a photo or a PDF."""

    title = forms.CharField(
        label=_("Titre"), max_length=150, help_text=_("Par exemple : acte de naissance.")
    )
    upload = forms.FileField(
        label=_("Fichier"),
        help_text=_("Une photo ou un PDF, 10 Mo au plus."),
        widget=forms.ClearableFileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}
        ),
    )
    person = forms.ChoiceField(label=_("Concerne"), required=False)

    def __init__(self, *args: Any, members: list[Membership], **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        persons = [("", _("tout le ménage")), *((str(m.person_id), str(m.person)) for m in members)]
        self.fields["person"].choices = persons  # type: ignore[attr-defined]
