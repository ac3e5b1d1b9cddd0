"""Snapshots taken, and the zones that changed since the last one."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gwa.common.ids import new_id


class Snapshot(models.Model):
    """The registry at one moment, as files for analysis. Says nothing of anybody."""

    class State(models.TextChoices):
        WAITING = "waiting", _("en attente")
        RUNNING = "running", _("en cours")
        DONE = "done", _("prêt")
        FAILED = "failed", _("échoué")
        REMOVED = "removed", _("retiré")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # The day on which ages are worked out.
    day = models.DateField(null=True, blank=True)
    folder = models.CharField(max_length=60, blank=True)
    manifest_sha256 = models.CharField(max_length=64, blank=True)
    dictionary_number = models.PositiveIntegerField(null=True, blank=True)
    counts = models.JSONField(default=dict)
    bytes_written = models.BigIntegerField(default=0)
    zones_read = models.PositiveIntegerField(default=0)
    zones_kept = models.PositiveIntegerField(default=0)
    unreadable_answers = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("-asked_at", "-id")
        indexes = (models.Index(fields=("asked_at", "id"), name="snapshots_snapshot_asked"),)
        constraints = (
            models.UniqueConstraint(
                fields=("folder",), condition=~Q(folder=""), name="snapshots_snapshot_folder_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(day__isnull=False) & ~Q(manifest_sha256=""),
                name="snapshots_snapshot_done_has_manifest",
            ),
        )

    def __str__(self) -> str:
        return self.folder or str(self.id)

    @property
    def is_open(self) -> bool:
        """Tell whether it waits or runs."""
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def seconds(self) -> int | None:
        """How long it took."""
        if self.started_at is None or self.ended_at is None:
            return None
        return round((self.ended_at - self.started_at).total_seconds())

    def facts(self) -> dict[str, Any]:
        """What a journal line tells of it."""
        return {"folder": self.folder, "counts": self.counts}


class ZoneChange(models.Model):
    """A mark that rows of a zone were written; triggers leave it, the next snapshot takes it.

    Marks become visible with the change itself, in the same transaction: what a snapshot sees of
    the registry and what it sees of the marks are of one moment, so no change is ever missed.
    """

    id = models.BigAutoField(primary_key=True)
    zone_path = models.CharField(max_length=200, db_collation="C")

    class Meta:
        indexes = (models.Index(fields=("zone_path", "id"), name="snapshots_zonechange_zone"),)

    def __str__(self) -> str:
        return self.zone_path
