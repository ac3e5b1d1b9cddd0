"""The roster: one line a member, new or known."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gwa.collection.forms.desk.base import SheetPart
from gwa.collection.rules.typed_births import read_typed_birth
from gwa.common.drafts import Fields
from gwa.registry.models import Person, Relationship
from gwa.registry.rules.facts import BirthFacts, IdentifierFacts, MemberFacts, PersonFacts
from gwa.registry.rules.identifiers import NINA
from gwa.variables.rules.definitions import Value

# The line that is there before anybody typed: papers begin with the head.
FIRST = "1"
_PLAIN = {"autocomplete": "off", "spellcheck": "false"}
# What says that a line is more than an empty one waiting to be filled.
# A family name alone is proposed by the line above.
_TELLING = ("given_name", "sex", "birth", "phone", "nina", "father_name", "mother_name")


def _text(label: Any, longest: int = 120, **attrs: str) -> forms.CharField:  # noqa: ANN401
    widget = forms.TextInput(attrs={**_PLAIN, **attrs})
    return forms.CharField(label=label, max_length=longest, required=False, widget=widget)


class MemberForm(SheetPart):
    """One line of the roster. What is missing is said when the whole sheet is checked."""

    given_name = _text(_("Prénom"))
    family_name = _text(pgettext_lazy("family name", "Nom"))
    sex = forms.ChoiceField(
        label=_("Sexe"), choices=[("", "–"), *Person.Sex.choices], required=False
    )
    birth = _text(_("Naissance ou âge"), 40)
    relationship = forms.ChoiceField(
        label=_("Lien avec le chef"), choices=[("", "–"), *Relationship.choices], required=False
    )
    birth_known_by = forms.ChoiceField(
        label=_("Naissance connue par"),
        choices=Person.BirthKnownBy.choices,
        initial=Person.BirthKnownBy.DECLARED,
        required=False,
    )
    everyday_name = _text(_("Nom de tous les jours"))
    father_name = _text(_("Nom du père"))
    mother_name = _text(_("Nom de la mère"))
    phone = _text(_("Téléphone"), 30, inputmode="tel")
    nina = _text(_("NINA"), 40)
    is_absent = forms.BooleanField(label=_("Absent en ce moment"), required=False)
    counted = forms.ChoiceField(
        label=_("Où cette personne est-elle comptée ?"), choices=[], required=False
    )

    LINE = ("given_name", "family_name", "sex", "birth", "relationship")
    MORE = (
        "birth_known_by", "phone", "nina", "everyday_name", "father_name", "mother_name",
        "is_absent",
    )  # fmt: skip

    def __init__(
        self, *, told: Fields, key: str, checks: bool, day: dt.date, known: Person | None
    ) -> None:
        super().__init__(told=told, prefix=f"m{key}", checks=checks)
        if key == FIRST:
            self.fields["relationship"].initial = Relationship.HEAD
        self.key, self.day, self.known = key, day, known
        self.counted_in: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed that tells somebody from an empty line."""
        return not self.typed("person") and not any(self.typed(name) for name in _TELLING)

    @property
    def name(self) -> str:
        """The member's name as typed, or as the registry knows it."""
        if self.known is not None:
            return str(self.known)
        return f"{self.typed('given_name')} {self.typed('family_name')}".strip()

    @property
    def has_more(self) -> bool:
        """Whether something of the second line is filled in, so that it stays open."""
        return any(self.typed(name) for name in self.MORE if name != "birth_known_by")

    def line(self) -> list[forms.BoundField]:
        """The fields that every member is asked."""
        return [self[name] for name in self.LINE]

    def more(self) -> list[forms.BoundField]:
        """The fields that are often left empty."""
        return [self[name] for name in self.MORE]

    def clean_birth(self) -> str:
        """Refuse what is no birth at all; one that cannot be is said with the other checks."""
        text: str = self.cleaned_data["birth"]
        if text and self._read_birth(text) is None:
            raise forms.ValidationError(
                _(
                    "« %(typed)s » n’est pas une date qui existe : écrivez un jour (22/11/1982), "
                    "un mois, une année, une période (1980-1985) ou un âge (34 ans)."
                ),
                params={"typed": text},
            )
        return text

    def _read_birth(self, text: str) -> BirthFacts | None:
        known_by = self.typed("birth_known_by") or Person.BirthKnownBy.DECLARED
        return read_typed_birth(text, on=self.day, known_by=known_by)

    def known_birth(self) -> BirthFacts | None:
        """Return the birth typed, where it can be read."""
        text = self.typed("birth")
        return self._read_birth(text) if text else None

    def told_facts(self) -> dict[str, Value]:
        """Return what questions may depend on."""
        is_absent = bool(self.typed("is_absent"))
        sex = self.known.sex if self.known else self.typed("sex")
        return {"sex": sex, "is_absent": is_absent}

    def facts(
        self, *, person_id: UUID, answers: dict[str, Value], version_id: int | None
    ) -> MemberFacts:
        """Return the member as the registry takes one."""
        relationship, is_absent = self.typed("relationship"), bool(self.typed("is_absent"))
        if self.known is not None:
            return MemberFacts(
                person=self.known.pk,
                relationship=relationship,
                is_principal=self.typed("counted") != "elsewhere",
                is_absent=is_absent,
            )
        person = PersonFacts(
            id=person_id,
            given_name=self.typed("given_name"),
            family_name=self.typed("family_name"),
            everyday_name=self.typed("everyday_name"),
            father_name=self.typed("father_name"),
            mother_name=self.typed("mother_name"),
            sex=self.typed("sex"),
            birth=self.known_birth(),
            phone=self.typed("phone"),
            answers=answers,
            dictionary_version_id=version_id if answers else None,
        )
        return MemberFacts(person=person, relationship=relationship, is_absent=is_absent)

    def identifiers(self) -> tuple[IdentifierFacts, ...]:
        """Return the numbers typed."""
        nina = self.typed("nina")
        return (IdentifierFacts(NINA, nina),) if nina else ()

    def leaves_former(self) -> bool:
        """Whether a known person leaves the household where the registry counts them."""
        return self.known is not None and self.typed("counted") == "here"
