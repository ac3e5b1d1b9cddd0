"""Persons, their identifiers and documents."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gwa.common.crypto import blind_index, seal, unseal
from gwa.registry.models.base import (
    RecordModel,
    SourcedModel,
    ZonedModel,
    ZonedQuerySet,
    merged_points_to_survivor,
)
from gwa.registry.models.households import Household


class Person(RecordModel):
    """One human being, counted once, in the zone of the principal membership.

    Birth is what was known: the day lies between `birth_from` and `birth_to`, both included; a day
    known exactly has both equal, a year covers 1 January to 31 December.
    """

    class Sex(models.TextChoices):
        FEMALE = "F", _("femme")
        MALE = "M", _("homme")

    class BirthPrecision(models.TextChoices):
        DAY = "day", _("jour connu")
        MONTH = "month", _("mois connu")
        YEAR = "year", _("année connue")
        RANGE = "range", _("période estimée")

    class BirthKnownBy(models.TextChoices):
        PAPER = "paper", _("papier")
        DECLARED = "declared", _("déclaration")
        EVENT = "event", _("calendrier des événements")
        RELATIVE = "relative", _("plus âgé ou plus jeune que")

    class Status(models.TextChoices):
        ALIVE = "alive", _("en vie")
        DECEASED = "deceased", _("décédé")
        MERGED = "merged", _("fusionné")

    family_name = models.CharField(max_length=120)
    given_name = models.CharField(max_length=120)
    everyday_name = models.CharField(max_length=120, blank=True)
    father_name = models.CharField(max_length=120, blank=True)
    mother_name = models.CharField(max_length=120, blank=True)
    sex = models.CharField(max_length=1, choices=Sex.choices)
    birth_from = models.DateField(null=True, blank=True)
    birth_to = models.DateField(null=True, blank=True)
    birth_precision = models.CharField(max_length=5, choices=BirthPrecision.choices, blank=True)
    birth_known_by = models.CharField(max_length=8, choices=BirthKnownBy.choices, blank=True)
    phone_sealed = models.BinaryField(null=True, blank=True)
    phone_index = models.BinaryField(null=True, blank=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.ALIVE)
    deceased_on = models.DateField(null=True, blank=True)

    objects = ZonedQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("zone_path", "id"), name="registry_person_zone"),
            models.Index(
                fields=("phone_index",),
                condition=Q(phone_index__isnull=False),
                name="registry_person_phone",
            ),
            models.Index(
                fields=("merged_into",),
                condition=Q(merged_into__isnull=False),
                name="registry_person_merged",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(birth_from__isnull=True, birth_to__isnull=True, birth_precision="")
                | Q(birth_from__lte=F("birth_to")) & ~Q(birth_precision=""),
                name="registry_person_birth_in_order",
            ),
            models.CheckConstraint(
                condition=Q(status="deceased", deceased_on__isnull=False)
                | ~Q(status="deceased") & Q(deceased_on__isnull=True),
                name="registry_person_deceased_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(deceased_on__isnull=True)
                | Q(birth_from__isnull=True)
                | Q(deceased_on__gte=F("birth_from")),
                name="registry_person_dies_after_birth",
            ),
            merged_points_to_survivor("registry_person"),
        )

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def phone(self) -> str:
        """The phone number in clear, or an empty string."""
        if self.phone_sealed is None:
            return ""
        return unseal(self.phone_sealed, table="registry_person", column="phone", row=self.id)

    def set_phone(self, number: str) -> None:
        """Seal the number (digits, with its country code) and its index; saves nothing."""
        self.phone_sealed = (
            seal(number, table="registry_person", column="phone", row=self.id) if number else None
        )
        self.phone_index = blind_index(number, kind="phone") if number else None

    def age_range(self, on: dt.date, until: dt.date | None = None) -> tuple[int, int] | None:
        """The youngest and oldest age in whole years on that day, or from it to another; None when
        nothing is known.
        """
        if self.birth_from is None or self.birth_to is None:
            return None
        return _years_between(self.birth_to, on), _years_between(self.birth_from, until or on)


def _years_between(birth: dt.date, on: dt.date) -> int:
    return max(0, on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day)))


class Identifier(SourcedModel):
    """A number some body gave to a person. Sealed; unique by blind index among the living.

    A value that another person already holds is kept as a claim and goes to review.
    """

    class Kind(models.TextChoices):
        NINA = "nina", _("NINA")
        BIOMETRIC_CARD = "biometric_card", _("carte biométrique")
        CMSS = "cmss", _("CMSS")
        CANAM = "canam", _("CANAM")
        UTM = "utm", _("UTM")
        INPS = "inps", _("INPS")
        PROGRAMME = "programme", _("numéro de programme")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    value_sealed = models.BinaryField()
    value_index = models.BinaryField()
    issuer = models.CharField(max_length=120, blank=True)
    is_claim = models.BooleanField(default=False)
    verified_on = models.DateField(null=True, blank=True)
    verified_by = models.CharField(max_length=150, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects = ZonedQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("value_index",), name="registry_identifier_value"),
            models.Index(fields=("zone_path", "id"), name="registry_identifier_zone"),
            # Every page counts those that wait for review.
            models.Index(
                fields=("zone_path",),
                condition=Q(is_claim=True, ended_on__isnull=True),
                name="registry_identifier_claims",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "value_index"),
                condition=Q(is_claim=False, ended_on__isnull=True),
                name="registry_identifier_held_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"

    @property
    def value(self) -> str:
        """The value in clear."""
        return unseal(self.value_sealed, table="registry_identifier", column="value", row=self.id)

    def set_value(self, value: str) -> None:
        """Seal the value and its index; saves nothing."""
        self.value_sealed = seal(value, table="registry_identifier", column="value", row=self.id)
        self.value_index = blind_index(value, kind=self.kind)


class Document(ZonedModel):
    """A file about a household or one of its persons: photo of a card, act, minutes."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="documents")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="documents"
    )
    title = models.CharField(max_length=150)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = ZonedQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("zone_path", "id"), name="registry_document_zone"),)

    def __str__(self) -> str:
        return self.title
