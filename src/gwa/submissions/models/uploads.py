"""Envelopes on their way in, and the copies of interviews that are not finished."""

from __future__ import annotations

import zlib
from uuid import UUID, uuid5

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from gwa.common.crypto import seal_bytes, unseal_bytes
from gwa.common.ids import new_id
from gwa.questionnaires.models import FormVersion
from gwa.registry.models.base import ZonedModel, ZonedQuerySet
from gwa.submissions.models.devices import Device
from gwa.submissions.models.submissions import Submission

_DRAFT = {"table": "submissions_draftcopy", "column": "sealed"}


class Upload(models.Model):
    """An envelope that comes in pieces, known by its SHA-256: sent ten times, it is one.

    The pieces that came lie sealed on disk until the last one; then the envelope is opened, and
    only what it was answered is kept here.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveIntegerField()
    # How many bytes each piece on disk holds, in order.
    pieces: ArrayField[list[int], list[int]] = ArrayField(
        models.PositiveIntegerField(), default=list, blank=True
    )
    device = models.ForeignKey(
        Device, on_delete=models.CASCADE, null=True, blank=True, related_name="uploads"
    )
    touched_at = models.DateTimeField(db_index=True)
    is_done = models.BooleanField(default=False)
    # What it held: the interview's name, and the fingerprint of the content.
    instance_id = models.CharField(max_length=120, blank=True)
    content_sha256 = models.CharField(max_length=64, blank=True)
    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, null=True, blank=True, related_name="uploads"
    )
    # Why it was refused: the code of a refusal, and what its sentence tells.
    refusal = models.CharField(max_length=80, blank=True)
    refusal_facts = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return self.sha256

    @property
    def received(self) -> int:
        """How many bytes are here."""
        return self.size if self.is_done else sum(self.pieces)

    def piece_key(self, place: int) -> UUID:
        """Return the name and key of the file of a piece: a piece sent again takes its place."""
        return uuid5(self.id, str(place))


class DraftCopy(ZonedModel):
    """A second copy of an interview that is not finished, the newest that its telephone sent.

    For the day the telephone is lost: the desk can read it. It goes when the interview comes.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="draft_copies"
    )
    device = models.ForeignKey(
        Device, on_delete=models.CASCADE, null=True, blank=True, related_name="draft_copies"
    )
    instance_id = models.CharField(max_length=120)
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    # The household that it would change: an erasure finds it so.
    household_id = models.UUIDField(null=True, blank=True, db_index=True)
    # By the telephone's clock.
    made_at = models.DateTimeField(_("écrit le"))
    received_at = models.DateTimeField(_("reçu le"), db_index=True)
    sealed = models.BinaryField()

    objects = ZonedQuerySet.as_manager()

    class Meta:
        ordering = ("-received_at", "-id")
        indexes = (models.Index(fields=("zone_path", "id"), name="submissions_draftcopy_zone"),)
        constraints = (
            models.UniqueConstraint(
                fields=("user", "instance_id"), name="submissions_draftcopy_once"
            ),
        )

    def __str__(self) -> str:
        return self.instance_id

    @property
    def xml(self) -> bytes:
        """The interview as it stood."""
        return zlib.decompress(unseal_bytes(self.sealed, row=self.id, **_DRAFT))

    def set_xml(self, xml: bytes) -> None:
        """Keep the interview as it stands; saves nothing."""
        self.sealed = seal_bytes(zlib.compress(xml), row=self.id, **_DRAFT)
