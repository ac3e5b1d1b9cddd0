"""What was asked to be exported, by whom and why; the file itself is sealed, outside."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gwa.common.ids import new_id
from gwa.registry.models import Household


class Export(models.Model):
    """One export: the question, how far it is, and until when its file is kept."""

    class State(models.TextChoices):
        WAITING = "waiting", _("en attente")
        RUNNING = "running", _("en cours")
        DONE = "done", _("prêt")
        FAILED = "failed", _("échoué")
        CANCELLED = "cancelled", _("annulé")
        REMOVED = "removed", _("détruit")

    class Form(models.TextChoices):
        XLSX = "xlsx", _("Excel (XLSX)")
        CSV = "csv", _("texte (CSV)")
        PARQUET = "parquet", _("analyse (Parquet)")

    class Wording(models.TextChoices):
        WORDS = "words", _("en toutes lettres, pour des lecteurs")
        CODES = "codes", _("en codes, pour un autre système")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exports"
    )
    asked_at = models.DateTimeField()
    reason = models.CharField(max_length=500)
    form = models.CharField(max_length=7, choices=Form.choices)
    wording = models.CharField(max_length=5, choices=Wording.choices)
    language = models.CharField(max_length=5)
    zone = models.ForeignKey(
        "zones.Zone", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    status = models.CharField(max_length=10, choices=Household.Status.choices, blank=True)
    section = models.CharField(max_length=63, blank=True)
    asked_from = models.DateField(null=True, blank=True)
    asked_to = models.DateField(null=True, blank=True)
    household_columns: ArrayField[list[str], list[str]] = ArrayField(
        models.CharField(max_length=80), default=list
    )
    person_columns: ArrayField[list[str], list[str]] = ArrayField(
        models.CharField(max_length=80), default=list, blank=True
    )
    # The zones it was made from: whoever no longer has them all may not open it.
    paths: ArrayField[list[str], list[str]] = ArrayField(
        models.CharField(max_length=200), default=list, blank=True
    )
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    wants_cancel = models.BooleanField(default=False)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    households = models.PositiveIntegerField(default=0)
    persons = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    failure = models.CharField(max_length=80, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-asked_at", "-id")
        indexes = (
            models.Index(fields=("asked_by", "asked_at", "id"), name="exports_export_mine"),
            models.Index(
                fields=("expires_at",), condition=Q(state="done"), name="exports_export_kept"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="done") | Q(expires_at__isnull=False),
                name="exports_export_done_expires",
            ),
            models.UniqueConstraint(
                fields=("asked_by",),
                condition=Q(state__in=("waiting", "running")),
                name="exports_export_one_open",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_open(self) -> bool:
        """Tell whether it waits or runs."""
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def file_name(self) -> str:
        """The name under which it is downloaded: the day, nothing of anybody."""
        return f"gwa-export-{self.asked_at:%Y-%m-%d}-{self.id.hex[-6:]}.zip"

    def question(self) -> dict[str, object]:
        """What was asked, exactly, for the journal."""
        return {
            "form": self.form,
            "wording": self.wording,
            "zone": self.zone.code if self.zone else None,
            "status": self.status,
            "section": self.section,
            "asked_from": self.asked_from.isoformat() if self.asked_from else None,
            "asked_to": self.asked_to.isoformat() if self.asked_to else None,
            "household_columns": self.household_columns,
            "person_columns": self.person_columns,
        }
