"""What the administrator fills in."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from gwa.accounts.models import Organisation, Profile, User
from gwa.accounts.queries import place
from gwa.accounts.rights import rights_of_machines
from gwa.common.access import Right, all_rights
from gwa.zones.models import Zone


def group_rights(rights: Mapping[str, Right]) -> list[tuple[str, list[tuple[str, Any]]]]:
    """Return rights as choices under the name of their module; a mark opens personal data."""
    choices: dict[str, list[tuple[str, Any]]] = {}
    for code, right in rights.items():
        module = str(apps.get_app_config(code.split(".")[0]).verbose_name)
        label = right.label if not right.personal else f"{right.label} ●"
        choices.setdefault(module, []).append((code, label))
    return list(choices.items())


class ZonePicker(forms.SelectMultiple):
    """The zones chosen, and a box that finds others by name."""

    template_name = "accounts/zone_picker.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:  # noqa: ANN401
        """Draw the chosen zones only: a country has too many to list."""
        numbers = [number for number in value or [] if str(number).isdigit()]
        chosen = place(Zone.objects.filter(pk__in=numbers).order_by("path"))
        widget = {"name": name, "attrs": self.build_attrs(self.attrs, attrs), "is_hidden": False}
        return {"widget": widget, "chosen": chosen, "found": []}


class SignInForm(LoginForm):  # type: ignore[misc]
    """Enter. The way out for who forgot stands below: the Tab key goes from box to box."""

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 (those of Form)
        super().__init__(*args, **options)
        self.fields["password"].help_text = ""


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey: what it is called here, and whether it opens the door alone."""

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 (those of Form)
        super().__init__(*args, **options)
        self.fields["name"].label = _("Nom de la clé")
        self.fields["passwordless"].label = _("Entrer avec cette clé seule, sans mot de passe")
        self.fields["passwordless"].help_text = _(
            "Seulement si elle demande à chaque fois une empreinte, un visage ou un code."
        )


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
        self.fields["rights"].choices = group_rights(all_rights())  # type: ignore[attr-defined]


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A body that people work for."""

    class Meta:
        model = Organisation
        fields = ("name", "kind")
        labels = {"name": _("Nom"), "kind": _("Nature")}  # noqa: RUF012 (Django's way)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's own signature)
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("", _("Choisir")),
            *Organisation._meta.get_field("kind").flatchoices,
        ]


class MachineForm(forms.Form):
    """A partner's machine: for whom it speaks, what it may do, and where."""

    name = forms.CharField(
        label=_("Nom"),
        max_length=100,
        help_text=_("Le système qui appelle, par exemple « Affiliations CANAM »."),
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.all(),
        empty_label=_("Choisir"),
        help_text=_("Ce que la machine écrit porte ce nom comme source."),
    )
    contact = forms.CharField(
        label=_("Personne à joindre"),
        max_length=200,
        required=False,
        help_text=_("Nom et téléphone, pour le jour où quelque chose ne va pas."),
    )
    rights = forms.MultipleChoiceField(
        label=_("Droits"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Cochez au moins un droit : une machine sans droit ne sert à rien.")
        },
    )
    is_national = forms.BooleanField(label=_("Tout le pays"), required=False)
    zones = forms.ModelMultipleChoiceField(
        label=_("Zones"),
        queryset=Zone.objects.current(),
        required=False,
        widget=ZonePicker,
        help_text=_("Cherchez par le nom. Inutile pour une machine qui voit tout le pays."),
    )
    calls_per_minute = forms.IntegerField(
        label=_("Appels par minute, au plus"), min_value=1, max_value=100_000, initial=600
    )
    reason = forms.CharField(label=_("Motif"), max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (Django's own signature)
        super().__init__(*args, **kwargs)
        self.fields["rights"].choices = group_rights(rights_of_machines())  # type: ignore[attr-defined]


class RotationForm(forms.Form):
    """How long the secret in service stays valid beside the new one."""

    overlap = forms.TypedChoiceField(
        label=_("L’ancien secret vaut encore"),
        coerce=lambda days: dt.timedelta(days=int(days)),
        choices=[
            (7, _("7 jours, le temps que le partenaire change le sien")),
            (1, _("1 jour")),
            (30, _("30 jours")),
            (0, _("plus du tout : il a fuité")),
        ],
    )
    reason = forms.CharField(label=_("Motif"), max_length=500)
