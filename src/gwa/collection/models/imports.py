"""An import: its files, what was chosen, how far it is, what came of it."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gwa.collection.models.sources import DataSource
from gwa.registry.models import Source
from gwa.registry.models.base import ZonedModel, ZonedQuerySet

COUNTS = (
    "lines",
    "households_registered",
    "households_updated",
    "households_unchanged",
    "households_left",
    "households_refused",
    "persons_registered",
    "persons_updated",
    "lines_refused",
    "warnings",
    "claims",
    "to_search",
)


class Import(ZonedModel):
    """One list on its way into the registry.

    `zone_path` is the narrowest zone that holds everything the importer may write; the job sees
    the zones of `scope_paths`, those of the importer when it was started, and no other.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("à préparer")
        QUEUED = "queued", _("en attente")
        RUNNING = "running", _("en cours")
        DONE = "done", _("terminé")
        CANCELLED = "cancelled", _("arrêté")
        FAILED = "failed", _("interrompu")
        TAKEN_BACK = "taken_back", _("repris")

    class Known(models.TextChoices):
        """What becomes of households that the registry knows."""

        UPDATE = "update", _("mettre à jour ce qui diffère")
        LEAVE = "leave", _("les laisser tels quels")
        REFUSE = "refuse", _("refuser leurs lignes")

    data_source = models.ForeignKey(DataSource, on_delete=models.PROTECT, related_name="imports")
    # The source that each row carries; made when the import is started.
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    # See gwa.collection.rules.mappings.
    mapping = models.JSONField(default=dict)
    known = models.CharField(
        _("ménages déjà connus"), max_length=10, choices=Known.choices, default=Known.UPDATE
    )
    collected_on = models.DateField(_("date de la liste"))
    dictionary_version = models.ForeignKey(
        "variables.DictionaryVersion", on_delete=models.PROTECT, null=True, related_name="+"
    )
    scope_paths: ArrayField[list[str], list[str]] = ArrayField(
        models.CharField(max_length=200), default=list
    )
    change_id = models.UUIDField(null=True, editable=False)
    # The names are those of COUNTS.
    counts = models.JSONField(default=dict)
    # How many lines were refused for each code.
    reasons = models.JSONField(default=dict)
    lines_total = models.PositiveIntegerField(null=True)
    chunks_done = models.PositiveIntegerField(default=0)
    chunks_total = models.PositiveIntegerField(null=True)
    is_cancel_asked = models.BooleanField(default=False)
    # Why it failed: {"code": …, "facts": {…}}.
    failure = models.JSONField(null=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=150)
    added_by_id = models.BigIntegerField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    # When the retention job removed the files and the refused lines.
    emptied_at = models.DateTimeField(null=True)

    objects = ZonedQuerySet.as_manager()

    class Meta:
        ordering = ("-added_at", "-id")
        indexes = (
            models.Index(fields=("zone_path", "id"), name="collection_import_zone"),
            models.Index(fields=("status",), name="collection_import_status"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(status="draft") | Q(source__isnull=False, change_id__isnull=False),
                name="collection_import_started_has_source",
            ),
        )

    def __str__(self) -> str:
        return f"import {self.id} of {self.data_source_id}"

    @property
    def is_open(self) -> bool:
        """Tell whether it waits for a job or has one."""
        return self.status in (self.Status.QUEUED, self.Status.RUNNING)

    @property
    def percent(self) -> int:
        """How far it is, of a hundred."""
        if not self.chunks_total:
            return 100 if self.status == self.Status.DONE else 0
        return min(100, self.chunks_done * 100 // self.chunks_total)

    def count(self, name: str) -> int:
        """Return one of the counts."""
        value: Any = self.counts.get(name, 0)
        return int(value)


class ImportFile(ZonedModel):
    """A file of an import, sealed in the media folder under a name of ours."""

    of_import = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField()
    file_name = models.CharField(max_length=200)
    # Empty once the retention job removed the file.
    stored = models.CharField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    format = models.CharField(max_length=10)
    # As read or chosen: empty means as found in the file.
    encoding = models.CharField(max_length=20, blank=True)
    separator = models.CharField(max_length=2, blank=True)
    # [{"name": …, "columns": […], "row_count": …}]: titles, no cell.
    sheets = models.JSONField(default=list)

    objects = ZonedQuerySet.as_manager()

    class Meta:
        ordering = ("of_import", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("of_import", "position"), name="collection_importfile_position_once"
            ),
        )

    def __str__(self) -> str:
        return f"file {self.position} of {self.of_import_id}"
