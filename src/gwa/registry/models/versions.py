"""What rows were before, and figures kept by jobs."""

from __future__ import annotations

from django.db import models

from gwa.registry.models.base import ZonedModel, ZonedQuerySet
from gwa.zones.models import Zone


class Version(models.Model):
    """A row of the registry as it was before one change; written by the trigger `record_version`.

    `operation` is what the change did: I (added: `row_before` is empty), U (changed), D (removed).
    `zone_path` is the zone where the row was then, so history stays readable where it was made.
    Partitioned by month on `at`.
    """

    class Operation(models.TextChoices):
        ADDED = "I"
        CHANGED = "U"
        REMOVED = "D"

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    change_id = models.UUIDField()
    table_name = models.CharField(max_length=63)
    row_id = models.UUIDField()
    household_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    operation = models.CharField(max_length=1, choices=Operation.choices)
    row_before = models.JSONField(null=True)
    zone_path = models.CharField(max_length=200, db_collation="C")

    objects = ZonedQuerySet.as_manager()

    class Meta:
        managed = False  # partitioned: made by SQL in the first migration
        db_table = "registry_version"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.operation} {self.table_name} {self.row_id}"


class ZoneFigure(ZonedModel):
    """A count of one zone's subtree, kept by a job so that no dashboard counts people."""

    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="+", db_index=False)
    measure = models.CharField(max_length=40)
    value = models.BigIntegerField()

    objects = ZonedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("zone", "measure"), name="registry_zonefigure_once"),
        )

    def __str__(self) -> str:
        return f"{self.measure} of {self.zone_id}: {self.value}"


class FiguresRun(models.Model):
    """When the figures of all zones were last computed: one row, since most figures stay."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(id=1), name="registry_figuresrun_only_one"),
        )

    def __str__(self) -> str:
        return f"{self.computed_at:%Y-%m-%d %H:%M}"
