"""An interview as it was received: the original, its files, and what became of it."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gwa.common.crypto import seal_bytes, unseal_bytes
from gwa.questionnaires.models import FormVersion
from gwa.registry.models import Household, Source
from gwa.registry.models.base import ZonedModel, ZonedQuerySet
from gwa.submissions.models.devices import Device

_ORIGINAL = {"table": "submissions_original", "column": "sealed"}
_PROBLEMS = {"table": "submissions_submission", "column": "problems"}


class Submission(ZonedModel):
    """One revision of one interview.

    `interview_id` stays the same through corrections sent later; `revision` counts them.
    `zone_path` is the zone of the account until the interview says where the household lives. What
    it says of people is sealed: the answers in `Original`, what is wrong in `sealed_problems`.
    """

    class Status(models.TextChoices):
        # Acknowledged: nothing is lost from here on.
        RECEIVED = "received", _("reçu")
        ACCEPTED = "accepted", _("accepté")
        WARNED = "warned", _("accepté avec des remarques")
        # Refused or absent: the visit is known, nobody was registered.
        NOBODY = "nobody", _("visite sans inscription")
        WAITING = "waiting", _("en attente d’une personne")
        REFUSED = "refused", _("refusé")
        QUARANTINED = "quarantined", _("mis à part")
        # A later revision of the same interview came before this one was settled.
        REPLACED = "replaced", _("remplacé par une correction")

    class Queue(models.TextChoices):
        """Why an interview waits for a person."""

        CHECKS = "checks", _("contrôles")
        PLACE = "place", _("lieu inconnu")
        CONFLICT = "conflict", _("conflits")
        REGISTRY = "registry", _("refus du registre")
        # The form says nothing that the registry understands, or the program failed.
        MAPPING = "mapping", _("correspondance")

    # As the phone names it, `uuid:…`: the same interview sent twice is one.
    instance_id = models.CharField(max_length=120, unique=True)
    deprecated_id = models.CharField(max_length=120, blank=True)
    interview_id = models.UUIDField()
    revision = models.PositiveSmallIntegerField(default=1)
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    device = models.ForeignKey(
        Device, on_delete=models.PROTECT, null=True, blank=True, related_name="submissions"
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.RECEIVED)
    queue = models.CharField(max_length=10, choices=Queue.choices, blank=True)
    # Codes of what was found, for filters and counts; who and what is in `sealed_problems`.
    codes: ArrayField[list[str], list[str]] = ArrayField(
        models.CharField(max_length=80), default=list, blank=True
    )
    sealed_problems = models.BinaryField(null=True, blank=True)
    # Conflicts that somebody settled: by name, whether the interview is believed.
    settled = models.JSONField(default=dict, blank=True)
    # Whether every file that the interview names has arrived.
    is_complete = models.BooleanField(default=False)
    # Days and instants as the interview says them, by the clock of the phone.
    interviewed_on = models.DateField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField()
    processed_at = models.DateTimeField(null=True, blank=True)
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="submissions"
    )
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The action that brought it into the registry: its story and its undoing.
    change_id = models.UUIDField(null=True, blank=True)

    objects = ZonedQuerySet.as_manager()

    class Meta:
        ordering = ("-received_at", "-id")
        indexes = (
            models.Index(fields=("zone_path", "id"), name="submissions_submission_zone"),
            models.Index(fields=("status", "queue", "id"), name="submissions_submission_state"),
            models.Index(fields=("household",), name="submissions_submission_home"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("interview_id", "revision"), name="submissions_submission_revision_once"
            ),
            models.CheckConstraint(
                condition=Q(status="waiting") & ~Q(queue="") | ~Q(status="waiting") & Q(queue=""),
                name="submissions_submission_waits_in_a_queue",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("accepted", "warned")) | Q(household__isnull=False),
                name="submissions_submission_accepted_has_household",
            ),
        )

    def __str__(self) -> str:
        return self.instance_id

    @property
    def problems(self) -> list[dict[str, Any]]:
        """What was found, as `gwa.registry.rules.problems.Problem` in JSON."""
        if not self.sealed_problems:
            return []
        found: list[dict[str, Any]] = json.loads(
            unseal_bytes(self.sealed_problems, row=self.id, **_PROBLEMS)
        )
        return found

    def set_problems(self, problems: Sequence[dict[str, Any]]) -> None:
        """Keep what was found; saves nothing."""
        self.codes = sorted({str(problem["code"]) for problem in problems})
        text = json.dumps(list(problems), ensure_ascii=False)
        self.sealed_problems = (
            seal_bytes(text.encode(), row=self.id, **_PROBLEMS) if problems else None
        )


class Original(models.Model):
    """The XML of a submission as the phone sent it, compressed and sealed, with its hash.

    Kept until retention or an erasure ends it; `id` is the submission's. Partitioned by month on
    `at`, so that old months move or go whole: therefore no foreign key.
    """

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    zone_path = models.CharField(max_length=200, db_collation="C")
    sha256 = models.CharField(max_length=64)
    sealed = models.BinaryField()

    objects = ZonedQuerySet.as_manager()

    class Meta:
        managed = False  # partitioned: made by SQL in the first migration
        db_table = "submissions_original"

    def __str__(self) -> str:
        return f"original of {self.id}"

    @property
    def xml(self) -> bytes:
        """What the phone sent, byte for byte."""
        return zlib.decompress(unseal_bytes(self.sealed, row=self.id, **_ORIGINAL))

    def set_xml(self, xml: bytes) -> None:
        """Keep what the phone sent; saves nothing."""
        self.sha256 = hashlib.sha256(xml).hexdigest()
        self.sealed = seal_bytes(zlib.compress(xml), row=self.id, **_ORIGINAL)


class SubmissionFile(ZonedModel):
    """A file of an interview: sealed as it came, and a copy made anew that people see.

    An interview names its files; those that have not arrived yet have no `stored`.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    stored = models.CharField(max_length=200, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    # The document of the household that was made of it, where it is a picture.
    document = models.ForeignKey(
        "registry.Document", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Why no copy could be made: the code of a refusal.
    refusal = models.CharField(max_length=80, blank=True)

    objects = ZonedQuerySet.as_manager()

    class Meta:
        ordering = ("submission", "name")
        indexes = (
            models.Index(
                fields=("received_at",),
                condition=Q(document=None, refusal="") & ~Q(stored=""),
                name="submissions_submissionfile_new",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("submission", "name"), name="submissions_submissionfile_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} of {self.submission_id}"


class ErasedInterview(models.Model):
    """The fingerprint of an interview whose household was erased; who it was, nobody can tell.

    Telephones keep sealed copies and may send them again, after a restore of the server above all:
    a family that was forgotten must not come back so.
    """

    digest = models.BinaryField(primary_key=True)
    erased_at = models.DateTimeField()

    def __str__(self) -> str:
        return bytes(self.digest).hex()

    @staticmethod
    def digest_of(instance_id: str) -> bytes:
        """Return the fingerprint of an interview's name, which is random."""
        return hashlib.sha256(instance_id.encode()).digest()
