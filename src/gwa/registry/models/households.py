"""Compounds and the households that live in them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gwa.registry.models.base import (
    RecordModel,
    ZonedModel,
    ZonedQuerySet,
    merged_points_to_survivor,
)
from gwa.registry.rules.numbers import show_number
from gwa.zones.models import Zone


class Compound(ZonedModel):
    """A concession: one enclosure, from one day to another, where one or more households live."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=120, blank=True)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects = ZonedQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("zone_path", "id"), name="registry_compound_zone"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="registry_compound_dates_in_order",
            ),
        )

    def __str__(self) -> str:
        return self.name or str(self.id)


class Household(RecordModel):
    """Persons who eat from one pot and recognise one head.

    `zone` is the attachment (village, quartier, nomad fraction): it decides who sees the household.
    `place_now` is where it is if elsewhere: displacement site, host, pasture.
    """

    class Status(models.TextChoices):
        ACTIVE = "active", _("actif")
        MOVED = "moved", _("parti")
        DISSOLVED = "dissolved", _("dissous")
        MERGED = "merged", _("fusionné")

    class PlaceKind(models.TextChoices):
        DISPLACEMENT_SITE = "displacement_site", _("site de déplacés")
        HOST = "host", _("famille d’accueil")
        PASTURE = "pasture", _("pâturage")
        OTHER = "other", _("autre lieu")

    # Where a household is that fled: its position is rounded for everybody.
    DISPLACED = (PlaceKind.DISPLACEMENT_SITE, PlaceKind.HOST)

    registry_number = models.CharField(max_length=12, unique=True)
    compound = models.ForeignKey(
        Compound, on_delete=models.PROTECT, null=True, blank=True, related_name="households"
    )
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+", db_index=False)
    attached_on = models.DateField()
    place_now = models.ForeignKey(
        Zone, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    place_now_kind = models.CharField(max_length=20, choices=PlaceKind.choices, blank=True)
    place_now_since = models.DateField(null=True, blank=True)
    address = models.CharField(max_length=200, blank=True)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    accuracy_m = models.FloatField(null=True, blank=True)
    is_position_hidden = models.BooleanField(default=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ACTIVE)
    respondent = models.ForeignKey(
        "registry.Person",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    recipient = models.ForeignKey(
        "registry.Person",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    # {"housing": "2026-03-14", …}: the day each section was last asked.
    freshness = models.JSONField(default=dict)
    registered_on = models.DateField()
    last_interview_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects = ZonedQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("zone_path", "id"), name="registry_household_zone"),
            models.Index(
                fields=("zone_path", "last_interview_on"), name="registry_household_freshness"
            ),
            models.Index(fields=("last_interview_on", "id"), name="registry_household_oldest"),
            *(
                models.Index(
                    fields=(link,),
                    condition=Q(**{f"{link}__isnull": False}),
                    name=f"registry_household_{link}",
                )
                for link in ("respondent", "recipient", "merged_into")
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(status="active", ended_on__isnull=True) | ~Q(status="active"),
                name="registry_household_active_has_no_end",
            ),
            merged_points_to_survivor("registry_household"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("registered_on")),
                name="registry_household_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(lon__isnull=True, lat__isnull=True)
                | Q(lon__gte=-180, lon__lte=180, lat__gte=-90, lat__lte=90),
                name="registry_household_position_on_earth",
            ),
        )

    def __str__(self) -> str:
        return self.registry_number

    @property
    def shown_number(self) -> str:
        """The registry number as people read it, in groups."""
        return show_number(self.registry_number)


class HouseholdOrigin(ZonedModel):
    """Where a displaced household comes from: better protected, read with a right of its own."""

    household = models.OneToOneField(Household, on_delete=models.CASCADE, related_name="origin")
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+", db_index=False)
    arrived_on = models.DateField(null=True, blank=True)

    objects = ZonedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"origin of {self.household_id}"
