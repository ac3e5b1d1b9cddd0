"""What the screens ask about questionnaires."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from gwa.accounts.models import User
from gwa.common.days import AnyDayField
from gwa.questionnaires.queries.modules import Length, Module
from gwa.questionnaires.queries.pages import pick
from gwa.zones.choosing import ZoneForm


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


class AssignmentForm(ZoneForm):
    """Where a form is asked, by whom, from when, with which modules beyond its core."""

    modules = forms.MultipleChoiceField(
        label=_("Modules en plus du tronc commun"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    user = forms.ModelChoiceField(
        label=_("Compte"),
        queryset=User.objects.none(),
        required=False,
    )
    starts_on = AnyDayField(label=_("Du"))
    ends_on = AnyDayField(label=_("Au"), required=False)
    field_order = ("modules", "zone", "user", "starts_on", "ends_on")

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 (those of Form)
        accounts: QuerySet[User],
        length: Length,
        **options: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **options)
        if length.modules:
            self.fields["modules"].choices = [  # type: ignore[attr-defined]
                (one.name, _name_module(one)) for one in length.modules
            ]
            self.fields["modules"].help_text = _say_length(length)
        else:
            del self.fields["modules"]
        self.fields["user"].queryset = accounts  # type: ignore[attr-defined]
        self.fields["user"].empty_label = _("tous ceux qui travaillent dans la zone")  # type: ignore[attr-defined]
        self.fields["user"].label_from_instance = (  # type: ignore[attr-defined]
            lambda user: f"{user.full_name} ({user.username})"
        )


def _name_module(module: Module) -> str:
    label = pick(module.labels, get_language() or "fr") or module.name
    minutes = max(round(module.minutes), 1)
    return ngettext("%(label)s · %(n)s minute", "%(label)s · %(n)s minutes", minutes) % {
        "label": label,
        "n": minutes,
    }


def _say_length(length: Length) -> str:
    return _(
        "Le tronc commun prend environ %(core)s minutes pour un ménage de %(people)s personnes ; "
        "chaque module s’y ajoute. Estimation : à comparer aux durées vues sur le terrain."
    ) % {"core": round(length.core), "people": length.people}
