"""What the desk asks about the work of the field."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gwa.accounts.models import User
from gwa.common.days import AnyDayField
from gwa.fieldwork.actions.cards import MOST
from gwa.fieldwork.models import ZoneAccess
from gwa.questionnaires.models import FormVersion
from gwa.registry.models import Household
from gwa.registry.rules.numbers import parse_number
from gwa.submissions.models import Device
from gwa.zones.choosing import ZoneForm


def _choose_account(label: Any, *, required: bool = True) -> forms.ModelChoiceField[User]:  # noqa: ANN401
    return forms.ModelChoiceField(label=label, queryset=User.objects.none(), required=required)


class WorkForm(ZoneForm):
    """Who interviews whom, with which questionnaire, until when."""

    user = _choose_account(_("Enquêteur"))
    version = forms.ModelChoiceField(
        label=_("Questionnaire"), queryset=FormVersion.objects.none(), empty_label=None
    )
    numbers = forms.CharField(
        label=_("Ménages choisis"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Leurs numéros RSU, un par ligne ; rien pour tous ceux de la zone."),
    )
    target = forms.IntegerField(
        label=_("Nombre de ménages visé"), required=False, min_value=1, max_value=100_000
    )
    due_on = AnyDayField(label=_("À finir le"), required=False)
    note = forms.CharField(
        label=_("Consigne"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("L’enquêteur la lit sur son téléphone. N’y nommez personne."),
    )
    field_order = ("user", "version", "zone", "numbers", "target", "due_on", "note")

    def __init__(self, *args: Any, accounts: QuerySet[User], **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        _offer_accounts(self, "user", accounts)
        versions = FormVersion.objects.in_service().select_related("form")
        self.fields["version"].queryset = versions.defer("workbook", "xform")  # type: ignore[attr-defined]
        self.fields["version"].label_from_instance = (  # type: ignore[attr-defined]
            lambda version: version.form.title or version.form.code
        )

    def clean_numbers(self) -> list[UUID]:
        """Return the households of the numbers, among those that the reader may see."""
        typed = [line for line in self.cleaned_data["numbers"].splitlines() if line.strip()]
        numbers = {line.strip(): parse_number(line) for line in typed}
        found = Household.objects.filter(registry_number__in=[n for n in numbers.values() if n])
        keys = dict(found.values_list("registry_number", "pk"))
        unknown = [line for line, number in numbers.items() if number not in keys]
        if unknown:
            raise forms.ValidationError(
                _("Aucun ménage de vos zones n’a ces numéros : %(numbers)s."),
                params={"numbers": ", ".join(unknown)},
            )
        return list(keys.values())


class AccessForm(ZoneForm):
    """What telephones may hold of a zone, and why."""

    state = forms.ChoiceField(label=_("Accès"), choices=ZoneAccess.State.choices)
    reason = forms.CharField(
        label=_("Motif"), max_length=500, help_text=_("Il reste dans le journal.")
    )


class CardsForm(ZoneForm):
    """How many cards are printed, for where, and who carries them."""

    count = forms.IntegerField(label=_("Nombre de cartes"), min_value=1, max_value=MOST, initial=40)
    holder = _choose_account(_("Enquêteur qui les emporte"), required=False)

    def __init__(self, *args: Any, accounts: QuerySet[User], **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        _offer_accounts(self, "holder", accounts)


class BadgesForm(forms.Form):
    """Whose badges are printed, and until when they are valid."""

    people = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(),
        error_messages={"required": _("Cochez au moins un enquêteur.")},
    )
    valid_until = AnyDayField(label=_("Valables jusqu’au"), required=False)

    def __init__(self, *args: Any, people: QuerySet[User], **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        self.fields["people"].queryset = people  # type: ignore[attr-defined]


class ExportForm(forms.Form):
    """The file that a telephone without network handed over, and which telephone it is."""

    device = forms.ModelChoiceField(label=_("Téléphone"), queryset=Device.objects.none())
    file = forms.FileField(
        label=_("Fichier exporté"), help_text=_("Celui que Gwa Collecte a écrit : « .gwax ».")
    )

    def __init__(self, *args: Any, devices: QuerySet[Device], **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        self.fields["device"].queryset = devices  # type: ignore[attr-defined]
        self.fields["device"].label_from_instance = (  # type: ignore[attr-defined]
            lambda device: f"{device.name} · {device.user.full_name}"
        )


def _offer_accounts(form: forms.Form, name: str, accounts: QuerySet[User]) -> None:
    field = form.fields[name]
    field.queryset = accounts  # type: ignore[attr-defined]
    field.label_from_instance = lambda user: f"{user.full_name} ({user.username})"  # type: ignore[attr-defined]
