"""Forms about one person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gwa.common.days import DayField, today
from gwa.registry.forms.base import CorrectionForm, ReasonForm, SourcedForm
from gwa.registry.forms.households import LINKS, OTHERS, member_choices
from gwa.registry.models import Identifier, Membership, Person
from gwa.registry.rules.births import parse_birth
from gwa.registry.rules.facts import BirthFacts, MemberFacts, PersonFacts
from gwa.registry.rules.numbers import parse_number
from gwa.registry.words import birth_of

_BIRTH_HELP = _("22/11/1982, 03/1982, 1982, vers 1982 ou 1980-1985 : ce qui est connu, pas plus.")


def write_birth(birth: BirthFacts | None) -> str:
    """Return a birth as the form takes it back."""
    if birth is None:
        return ""
    written = {
        "day": f"{birth.first:%d/%m/%Y}",
        "month": f"{birth.first:%m/%Y}",
        "year": f"{birth.first:%Y}",
    }
    return written.get(birth.precision, f"{birth.first:%Y}-{birth.last:%Y}")


class BirthField(forms.CharField):
    """A birth as people know it."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 (those of CharField)
        super().__init__(
            label=_("Naissance"), required=False, max_length=40, help_text=_BIRTH_HELP, **options
        )

    def clean(self, value: Any) -> str:  # noqa: ANN401 (as in Field)
        """Refuse what is no birth."""
        text: str = super().clean(value)
        if text and parse_birth(text) is None:
            raise forms.ValidationError(
                _("Naissance illisible : écrivez un jour, un mois, une année ou une période.")
            )
        return text


class NameFields(forms.Form):
    """Who a person is. Names keep the spelling given."""

    given_name = forms.CharField(label=_("Prénom"), max_length=120)
    family_name = forms.CharField(label=pgettext_lazy("family name", "Nom"), max_length=120)
    everyday_name = forms.CharField(
        label=_("Nom de tous les jours"), max_length=120, required=False
    )
    sex = forms.ChoiceField(label=_("Sexe"), choices=Person.Sex.choices, widget=forms.RadioSelect)
    birth = BirthField()
    birth_known_by = forms.ChoiceField(
        label=_("Naissance connue par"),
        choices=Person.BirthKnownBy.choices,
        initial=Person.BirthKnownBy.DECLARED,
        required=False,
    )
    father_name = forms.CharField(label=_("Nom du père"), max_length=120, required=False)
    mother_name = forms.CharField(label=_("Nom de la mère"), max_length=120, required=False)

    def birth_facts(self) -> BirthFacts | None:
        """Return the birth that was typed."""
        known_by = self.cleaned_data["birth_known_by"] or Person.BirthKnownBy.DECLARED
        return parse_birth(self.cleaned_data["birth"], known_by=known_by)


class PersonForm(NameFields, CorrectionForm):
    """Correct a person. The phone is never shown here: what is typed replaces it."""

    phone = forms.CharField(
        label=_("Nouveau téléphone"),
        max_length=30,
        required=False,
        help_text=_("Laissez vide pour garder celui du registre."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    erases_phone = forms.BooleanField(label=_("Effacer le téléphone"), required=False)

    @staticmethod
    def initial_of(person: Person) -> dict[str, object]:
        """Return what the form starts from."""
        names = ("given_name", "family_name", "everyday_name", "father_name", "mother_name", "sex")
        return {
            **{name: getattr(person, name) for name in names},
            "birth": write_birth(birth_of(person)),
            "birth_known_by": person.birth_known_by or Person.BirthKnownBy.DECLARED,
        }

    def changes(self) -> dict[str, object]:
        """Return what differs from what the form started from."""
        names = ("given_name", "family_name", "everyday_name", "father_name", "mother_name", "sex")
        changes = {name: self.cleaned_data[name] for name in names if name in self.changed_data}
        if {"birth", "birth_known_by"} & set(self.changed_data):
            changes["birth"] = self.birth_facts()
        if self.cleaned_data["phone"]:
            changes["phone"] = self.cleaned_data["phone"]
        elif self.cleaned_data["erases_phone"]:
            changes["phone"] = None
        return changes


class NewMemberForm(NameFields, SourcedForm):
    """Add somebody new to the household: a birth, an arrival."""

    relationship = forms.ChoiceField(label=_("Lien avec le chef"), choices=LINKS)
    is_absent = forms.BooleanField(label=_("Absent en ce moment"), required=False)
    phone = forms.CharField(label=_("Téléphone"), max_length=30, required=False)
    on = DayField(label=_("Membre depuis le"), initial=today)

    def member(self) -> MemberFacts:
        """Return the facts of the new member."""
        told = self.cleaned_data
        person = PersonFacts(
            given_name=told["given_name"],
            family_name=told["family_name"],
            everyday_name=told["everyday_name"],
            father_name=told["father_name"],
            mother_name=told["mother_name"],
            sex=told["sex"],
            birth=self.birth_facts(),
            phone=told["phone"],
        )
        return MemberFacts(
            person=person, relationship=told["relationship"], is_absent=told["is_absent"]
        )


class NumberField(forms.CharField):
    """The registry number of a household, as people write it."""

    def clean(self, value: Any) -> str:  # noqa: ANN401 (as in Field)
        """Refuse a number whose check digits fail."""
        text: str = super().clean(value)
        number = parse_number(text)
        if number is None:
            raise forms.ValidationError(
                _("Ce n’est pas un numéro RSU : il compte 12 chiffres. Relisez le reçu.")
            )
        return number


class JoinForm(SourcedForm):
    """Count a person in another household, or add a second hearth."""

    number = NumberField(label=_("Numéro RSU du ménage rejoint"), max_length=30)
    is_principal = forms.ChoiceField(
        label=_("La personne"),
        choices=[
            ("yes", _("quitte son ménage et sera comptée dans celui-là")),
            ("no", _("reste comptée dans le sien et a ici un second foyer")),
        ],
        initial="yes",
        widget=forms.RadioSelect,
    )
    relationship = forms.ChoiceField(label=_("Lien avec le chef du ménage rejoint"), choices=LINKS)
    new_head = forms.ChoiceField(label=_("Qui devient chef du ménage quitté ?"), required=False)
    on = DayField(label=_("Depuis le"), initial=today)

    def __init__(self, *args: Any, others: list[Membership], **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        _ask_successor(self, others)


class DeathForm(ReasonForm):
    """Declare a death."""

    on = DayField(label=_("Décédé le"))
    new_head = forms.ChoiceField(label=_("Qui devient chef de ménage ?"), required=False)

    def __init__(self, *args: Any, others: list[Membership], **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        _ask_successor(self, others)


class LeavingForm(ReasonForm):
    """Take a member out of the household."""

    on = DayField(label=_("Parti le"), initial=today)
    was_mistake = forms.BooleanField(
        label=_("Inscrit par erreur : n’a jamais été membre"), required=False
    )
    new_head = forms.ChoiceField(label=_("Qui devient chef de ménage ?"), required=False)

    def __init__(self, *args: Any, others: list[Membership], **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        _ask_successor(self, others)


def _ask_successor(form: forms.Form, others: list[Membership]) -> None:
    """Ask who leads next when the head leaves; `others` is empty when somebody else does."""
    if others:
        form.fields["new_head"].choices = member_choices(others, _("choisir"))  # type: ignore[attr-defined]
        form.fields["new_head"].required = True
    else:
        del form.fields["new_head"]


class LinkForm(ReasonForm):
    """Correct what a member is to the head, or whether the member is away."""

    relationship = forms.ChoiceField(label=_("Lien avec le chef"), choices=OTHERS)
    is_absent = forms.BooleanField(label=_("Absent en ce moment"), required=False)


class IdentifierForm(SourcedForm):
    """Write a number that a person shows."""

    kind = forms.ChoiceField(label=_("Nature"), choices=Identifier.Kind.choices)
    value = forms.CharField(
        label=_("Numéro"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Tel qu’il est écrit sur la carte."),
    )
    issuer = forms.CharField(label=_("Délivré par"), max_length=120, required=False)


class DayForm(ReasonForm):
    """Say that something is so from a day on."""

    on = DayField(label=_("Le"), initial=today)
