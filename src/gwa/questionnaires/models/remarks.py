"""What people propose and say of a version while it is discussed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gwa.questionnaires.models.forms import FormVersion


class FormRemark(models.Model):
    """A comment, a proposal or the committee's decision; on one question, or on the whole."""

    class Kind(models.TextChoices):
        COMMENT = "comment", _("commentaire")
        PROPOSAL = "proposal", _("proposition")
        SENT_BACK = "sent_back", _("renvoyée par le comité")
        VALIDATED = "validated", _("validée par le comité")

    version = models.ForeignKey(FormVersion, on_delete=models.CASCADE, related_name="remarks")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.COMMENT)
    # The path of the question it is about, `members/name`; empty for the whole version.
    question = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=150)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ("version", "written_at", "id")

    def __str__(self) -> str:
        return f"{self.kind} on {self.version_id}"

    @property
    def is_open(self) -> bool:
        """Tell whether somebody has still to deal with it; the committee's decisions need not."""
        asks = self.kind in (self.Kind.COMMENT, self.Kind.PROPOSAL)
        return asks and self.settled_at is None
