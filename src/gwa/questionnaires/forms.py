"""What the screens ask about questionnaires."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gwa.accounts.models import User
from gwa.common.days import DayField
from gwa.questionnaires.models import Form
from gwa.zones.models import Zone


class ProposalForm(forms.Form):
    """A workbook, and why."""

    file = forms.FileField(
        label=_("Questionnaire"),
        help_text=_("Un classeur XLSForm (.xlsx), ou un XForm (.xml)."),
    )
    attached = forms.FileField(
        label=_("Fichier joint"),
        required=False,
        help_text=_("Une image, un enregistrement ou une liste (.csv) que le questionnaire nomme."),
    )
    purpose = forms.CharField(
        label=_("Ce que cette version change, et pour qui"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RemarkForm(forms.Form):
    """Something to say of a version."""

    kind = forms.ChoiceField(
        label=_("Nature"),
        choices=[("comment", _("commentaire")), ("proposal", _("proposition"))],
    )
    question = forms.CharField(label=_("Question visée"), max_length=300, required=False)
    text = forms.CharField(
        label=_("Texte"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReasonForm(forms.Form):
    """Why somebody decides so; for a validation, the reference of the minutes."""

    reason = forms.CharField(max_length=500)


class AssignmentForm(forms.Form):
    """Who asks a form, where, from when, with which modules."""

    form = forms.ModelChoiceField(label=_("Questionnaire"), queryset=Form.objects.none())
    zone = forms.CharField(
        label=_("Code de la zone"),
        max_length=20,
        help_text=_("Celui de la page de la zone : un cercle, une commune, un village."),
    )
    user = forms.ModelChoiceField(
        label=_("Compte"),
        queryset=User.objects.none(),
        required=False,
        help_text=_("Personne de choisi : tous ceux qui travaillent dans la zone."),
    )
    modules = forms.CharField(
        label=_("Modules"),
        max_length=300,
        required=False,
        help_text=_("Les parties en plus du tronc commun, séparées par des espaces."),
    )
    starts_on = DayField(label=_("Du"))
    ends_on = DayField(label=_("Au"), required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 (those of Form)
        zones: QuerySet[Zone],
        accounts: QuerySet[User],
        **options: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **options)
        self._zones = zones
        published = Form.objects.filter(versions__status="published").distinct()
        self.fields["form"].queryset = published  # type: ignore[attr-defined]
        self.fields["form"].label_from_instance = lambda form: form.title  # type: ignore[attr-defined]
        self.fields["user"].queryset = accounts  # type: ignore[attr-defined]
        self.fields["user"].label_from_instance = (  # type: ignore[attr-defined]
            lambda user: f"{user.full_name} ({user.username})"
        )

    def clean_zone(self) -> Zone:
        """Return the zone of the code, among those that may be chosen."""
        zone = self._zones.filter(code=self.cleaned_data["zone"].strip()).first()
        if zone is None:
            raise forms.ValidationError(_("Aucune de vos zones n’a ce code."))
        return zone

    def clean_modules(self) -> list[str]:
        """Return the names of the modules."""
        return str(self.cleaned_data["modules"]).split()
