"""Administrative divisions, in two dated geographies with a crosswalk between them."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gwa.common.access import Person
from gwa.common.scope import EVERYWHERE


class Level(models.IntegerChoices):
    """Depth of a zone in its tree; the last three are leaves side by side in meaning."""

    COUNTRY = 0, _("pays")
    REGION = 1, _("région")
    CERCLE = 2, _("cercle")
    ARRONDISSEMENT = 3, _("arrondissement")
    COMMUNE = 4, _("commune")
    VILLAGE = 5, _("village")
    QUARTIER = 6, _("quartier")
    FRACTION = 7, _("fraction")


SETTLEMENTS = (Level.VILLAGE, Level.QUARTIER, Level.FRACTION)


class DaysInForce(models.Func):
    """The days from one date to another, the last one excluded."""

    function = "daterange"
    output_field = DateRangeField()


class Geography(models.Model):
    """One division of the country, lawful from one day to another."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    # What was computed from the zones and kept aside (maps, point-in-polygon) is known by it.
    changed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-valid_from",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gt=models.F("valid_from")),
                name="zones_geography_dates_in_order",
            ),
            ExclusionConstraint(
                name="zones_geography_one_at_a_time",
                expressions=((DaysInForce("valid_from", "valid_to"), RangeOperators.OVERLAPS),),
            ),
        )

    def __str__(self) -> str:
        return self.name


class ZoneQuerySet(models.QuerySet["Zone"]):
    def under(self, zone: Zone) -> ZoneQuerySet:
        """The zone and everything below it."""
        return self.filter(in_subtree(zone.path))

    def visible_to(self, person: Person) -> ZoneQuerySet:
        """Zones a person may open: their own, and those above, which only lead there.

        Former geographies hold public facts only and are open to all.
        """
        paths = person.scope_paths()
        if EVERYWHERE in paths:
            return self
        seen = models.Q(geography__valid_to__isnull=False)
        for path in paths:
            seen |= in_subtree(path) | models.Q(path__in=paths_above(path))
        return self.filter(seen)

    def current(self) -> ZoneQuerySet:
        """Zones of the geography in force."""
        return self.filter(geography__valid_to__isnull=True, valid_to__isnull=True)


def end_of_subtree(path: str) -> str:
    """The first path after the whole subtree: '0' follows '/' in ASCII."""
    return path[:-1] + "0"


def in_subtree(path: str) -> models.Q:
    """The condition that a zone lies in a subtree, its root included."""
    return models.Q(path__gte=path, path__lt=end_of_subtree(path))


def paths_above(path: str) -> list[str]:
    """The paths of the zones above one, from the country down."""
    return [path[: place + 1] for place, sign in enumerate(path[:-1]) if sign == "/"]


def lies_in(path: str, scope: Collection[str]) -> bool:
    """Tell whether a zone is one of those a person may see; the zones above them are not."""
    return EVERYWHERE in scope or any(path.startswith(prefix) for prefix in scope)


class Zone(models.Model):
    """A country, region, cercle, arrondissement, commune, village, quartier or nomad fraction.

    `path` holds the ids from the country down, each followed by `/`: a subtree is one range of it.
    """

    geography = models.ForeignKey(Geography, on_delete=models.PROTECT, related_name="zones")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=120, db_collation="C", editable=False)
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=200, unique=True, db_collation="C", editable=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    population_source = models.CharField(max_length=120, blank=True)

    objects = ZoneQuerySet.as_manager()

    class Meta:
        ordering = ("geography", "level", "code")
        constraints = (
            models.UniqueConstraint(fields=("geography", "code"), name="zones_zone_code_once"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gt=models.F("valid_from")),
                name="zones_zone_dates_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(level=Level.COUNTRY, parent__isnull=True)
                | models.Q(level__gt=Level.COUNTRY, parent__isnull=False),
                name="zones_zone_only_country_has_no_parent",
            ),
        )
        indexes = (
            models.Index(fields=("parent", "name_key"), name="zones_zone_children"),
            GinIndex(
                fields=("name_key",), opclasses=("gin_trgm_ops",), name="zones_zone_name_trigrams"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("zones:zone", args=[self.pk])

    @property
    def is_settlement(self) -> bool:
        """Tell whether it is a leaf: a village, a quartier or a fraction."""
        return self.level in SETTLEMENTS

    @property
    def ancestor_ids(self) -> list[int]:
        """Ids from the country to the parent."""
        return [int(part) for part in self.path.split("/")[:-2]]


class Shape(models.Model):
    """The boundary of a zone as GeoJSON (WGS 84), apart from the tree to keep the tree light."""

    zone = models.OneToOneField(
        Zone, on_delete=models.CASCADE, primary_key=True, related_name="shape"
    )
    geometry = models.JSONField()
    source = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"shape of {self.zone_id}"


class Crosswalk(models.Model):
    """A part of an old zone that lies in a new one; several lines make the passage ambiguous."""

    old = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="successors")
    new = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="predecessors")
    share = models.DecimalField(max_digits=5, decimal_places=4)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("old", "new"), name="zones_crosswalk_once"),
            models.CheckConstraint(
                condition=models.Q(share__gt=0) & models.Q(share__lte=1),
                name="zones_crosswalk_share_is_a_share",
            ),
        )

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id} ({self.share})"
