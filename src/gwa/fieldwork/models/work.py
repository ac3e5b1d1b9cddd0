"""What an enumerator is asked to do, and what came back to be mended."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from gwa.common.crypto import seal_bytes, unseal_bytes
from gwa.questionnaires.models import Form
from gwa.registry.models.base import ZonedModel, ZonedQuerySet
from gwa.submissions.models import Submission
from gwa.zones.models import Zone

_SENT_BACK = {"table": "fieldwork_sentback", "column": "sealed"}


class AssignmentQuerySet(ZonedQuerySet):
    def open(self) -> AssignmentQuerySet:
        """What is still to be done."""
        return self.filter(closed_at__isnull=True)


class Assignment(ZonedModel):
    """A village, or chosen households of it, that one enumerator is to interview with one form."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments"
    )
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+")
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="+")
    # Empty: every household of the zone.
    households: ArrayField[list[Any], list[Any]] = ArrayField(
        models.UUIDField(), default=list, blank=True
    )
    target = models.PositiveIntegerField(_("nombre de ménages visé"), null=True, blank=True)
    due_on = models.DateField(_("à finir le"), null=True, blank=True)
    note = models.CharField(_("consigne"), max_length=500, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "-made_at", "-id")
        indexes = (
            models.Index(fields=("zone_path", "id"), name="fieldwork_assignment_zone"),
            models.Index(
                fields=("user",),
                condition=models.Q(closed_at=None),
                name="fieldwork_assignment_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} in {self.zone_id}"


class SentBack(ZonedModel):
    """A revision of an interview that went back to its author, with the reason and the points.

    It is open until a correction comes: another revision of the same interview. What is said of the
    answers is sealed.
    """

    submission = models.OneToOneField(
        Submission, on_delete=models.CASCADE, related_name="sent_back"
    )
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    sealed = models.BinaryField()

    objects = ZonedQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=("zone_path", "id"), name="fieldwork_sentback_zone"),)

    def __str__(self) -> str:
        return f"{self.submission_id} sent back"

    @property
    def reason(self) -> str:
        """Why it went back."""
        return str(self._words["reason"])

    @property
    def comments(self) -> list[dict[str, str]]:
        """The points to mend: `path`, the question in the instance, and `text`."""
        return list(self._words["comments"])

    @property
    def _words(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(unseal_bytes(self.sealed, row=self.id, **_SENT_BACK))
        return found

    def set_words(self, reason: str, comments: Sequence[dict[str, str]]) -> None:
        """Keep what is to be mended; saves nothing."""
        text = json.dumps({"reason": reason, "comments": list(comments)}, ensure_ascii=False)
        self.sealed = seal_bytes(text.encode(), row=self.id, **_SENT_BACK)
