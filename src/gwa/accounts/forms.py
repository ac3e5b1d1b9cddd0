"""What the administrator fills in."""

from typing import Any

from django import forms
from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from gwa.accounts.models import Organisation, Profile, User
from gwa.accounts.queries import place
from gwa.accounts.rights import all_rights
from gwa.zones.models import Zone


class ZonePicker(forms.SelectMultiple):
    """The zones chosen, and a box that finds others by name."""

    template_name = "accounts/zone_picker.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:  # noqa: ANN401
        """Draw the chosen zones only: a country has too many to list."""
        numbers = [number for number in value or [] if str(number).isdigit()]
        chosen = place(Zone.objects.filter(pk__in=numbers).order_by("path"))
        widget = {"name": name, "attrs": self.build_attrs(self.attrs, attrs), "is_hidden": False}
        return {"widget": widget, "chosen": chosen, "found": []}


class AccountForm(forms.Form):
    """Who a person is here, and where they work."""

    full_name = forms.CharField(label=_("Nom complet"), max_length=150)
    profile = forms.ModelChoiceField(
        label=_("Profil"), queryset=Profile.objects.all(), empty_label=_("Choisir")
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.all(),
        required=False,
        empty_label=_("Aucune"),
    )
    zones = forms.ModelMultipleChoiceField(
        label=_("Zones"),
        queryset=Zone.objects.current(),
        required=False,
        widget=ZonePicker,
        help_text=_("Cherchez par le nom. Inutile pour un profil qui voit tout le pays."),
    )


class ChangeForm(AccountForm):
    """A change of an account, with why."""

    reason = forms.CharField(label=_("Motif"), max_length=500, required=False)


class InvitationForm(AccountForm):
    """An account to open."""

    username = forms.CharField(
        label=_("Nom d’utilisateur"),
        max_length=150,
        validators=User._meta.get_field("username").validators,
        help_text=_("Court, sans espace. La personne peut aussi se connecter avec son adresse."),
    )
    email = forms.EmailField(label=_("Adresse électronique"))
    language = forms.ChoiceField(label=_("Langue"), choices=settings.LANGUAGES)
    field_order = ("full_name", "username", "email", "language", "profile", "organisation")


class AccountFilter(forms.Form):
    """Filters of the list; an empty field asks nothing."""

    profile = forms.ModelChoiceField(
        label=_("Profil"), queryset=Profile.objects.all(), required=False, empty_label=_("Tous")
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.all(),
        required=False,
        empty_label=_("Toutes"),
    )
    status = forms.ChoiceField(
        label=_("État"), choices=[("", _("Tous")), *User.Status.choices], required=False
    )


class SearchForm(forms.Form):
    """Words of a name or an address; sent in the body, so that no address bar keeps them."""

    words = forms.CharField(label=_("Nom ou adresse"), max_length=100, required=False)


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """What a profile may do."""

    rights = forms.MultipleChoiceField(
        label=_("Droits"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(label=_("Motif"), max_length=500, required=False)

    class Meta:
        model = Profile
        fields = (
            "name",
            "description",
            "is_national",
            "needs_second_factor",
            "is_technical_unit",
            "rights",
        )
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}  # noqa: RUF012 (Django's way)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's own signature)
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[str, Any]]] = {}
        for code, right in all_rights().items():
            module = str(apps.get_app_config(code.split(".")[0]).verbose_name)
            label = right.label if not right.personal else f"{right.label} ●"
            choices.setdefault(module, []).append((code, label))
        self.fields["rights"].choices = list(choices.items())  # type: ignore[attr-defined]


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A body that people work for."""

    class Meta:
        model = Organisation
        fields = ("name", "kind")
        labels = {"name": _("Nom"), "kind": _("Nature")}  # noqa: RUF012 (Django's way)


class ReasonForm(forms.Form):
    """Why, for what the confirm dialogs ask."""

    reason = forms.CharField(max_length=500)
