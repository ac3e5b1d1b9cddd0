"""Where a fact came from, and what each source says of it."""

from __future__ import annotations

from typing import Any, TypeAlias

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gwa.common.crypto import seal, unseal
from gwa.common.ids import new_id
from gwa.registry.models.base import ZonedModel, ZonedQuerySet


class Source(models.Model):
    """An interview, an import, an operator's correction, a partner's file."""

    class Kind(models.TextChoices):
        INTERVIEW = "interview", _("entretien")
        PAPER = "paper", _("fiche papier")
        OPERATOR = "operator", _("correction de l’unité technique")
        COMMUNE = "commune", _("commune")
        IMPORT = "import", _("fichier importé")
        PARTNER = "partner", _("fichier d’un partenaire")
        SCHEME = "scheme", _("régime contributif")
        SYNTHETIC = "synthetic", _("pays de démonstration")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    label = models.CharField(max_length=200)
    collected_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("kind", "collected_on"), name="registry_source_kind"),)

    def __str__(self) -> str:
        return self.label


Json: TypeAlias = Any
SEALED_FIELDS = frozenset({"phone"})


class Statement(ZonedModel):
    """What one source said of one field of one row.

    Written where a source other than the row's own has spoken: the value in force is marked, the
    losing ones stay visible. Precedence is configuration (`parameters/source_precedence.yaml`).
    """

    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    field = models.CharField(max_length=80)
    value = models.JSONField(null=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="statements")
    stated_on = models.DateField()
    is_in_force = models.BooleanField()

    objects = ZonedQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("subject_id", "field"), name="registry_statement_subject"),)
        constraints = (
            models.UniqueConstraint(
                fields=("subject_id", "field"),
                condition=Q(is_in_force=True),
                name="registry_statement_one_in_force",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject_kind}.{self.field} by {self.source_id}"

    @property
    def stated_value(self) -> Json:
        """The value in clear."""
        if self.field in SEALED_FIELDS and self.value:
            sealed = bytes.fromhex(self.value)
            return unseal(sealed, table="registry_statement", column="value", row=self.id)
        return self.value

    def set_value(self, value: Json) -> None:
        """Keep the value, sealed where the row's own column is; saves nothing."""
        if self.field in SEALED_FIELDS and value:
            value = seal(value, table="registry_statement", column="value", row=self.id).hex()
        self.value = value
