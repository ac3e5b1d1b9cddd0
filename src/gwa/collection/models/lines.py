"""What became of the lines: households they concern, lines that were refused."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from gwa.collection.models.imports import Import
from gwa.collection.models.sources import DataSource
from gwa.common.crypto import seal, unseal
from gwa.registry.models.base import ZonedModel, ZonedQuerySet


class ImportedHousehold(ZonedModel):
    """A household that an import registered, updated or found unchanged.

    `key_index` is the keyed fingerprint of the file's own key: the same list sent again finds its
    households by it. `members` leads from fingerprints of its lines to persons. No foreign key to
    the household: upper modules and merges never have to know of this table.

    `said` is the keyed fingerprint of its lines, where reading them again would change nothing as
    long as the household is in `state`: see gwa.collection.intake.repeating.
    """

    class Outcome(models.TextChoices):
        REGISTERED = "registered", _("enregistré")
        UPDATED = "updated", _("mis à jour")
        UNCHANGED = "unchanged", _("sans changement")
        LEFT = "left", _("laissé tel quel")

    of_import = models.ForeignKey(
        Import, on_delete=models.CASCADE, related_name="households", db_index=False
    )
    data_source = models.ForeignKey(
        DataSource, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    household_id = models.UUIDField()
    key_index = models.BinaryField()
    members = models.JSONField(default=dict)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    line = models.PositiveIntegerField()
    # Nothing told who it is but its own list: the duplicate search has to look at it.
    to_search = models.BooleanField(default=False)
    said = models.BinaryField(default=b"")
    state = models.CharField(max_length=40, blank=True)

    objects = ZonedQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(
                fields=("of_import", "outcome", "household_id"), name="collection_imported_outcome"
            ),
            models.Index(fields=("data_source", "key_index"), name="collection_imported_key"),
            models.Index(fields=("household_id",), name="collection_imported_household"),
        )

    def __str__(self) -> str:
        return f"{self.outcome} {self.household_id}"


class RefusedLine(ZonedModel):
    """A line that stayed outside, sealed: its cells as they were read, and what is wrong.

    A line without a problem of its own went with its household. `codes` are for counting.
    """

    of_import = models.ForeignKey(
        Import, on_delete=models.CASCADE, related_name="refused_lines", db_index=False
    )
    sheet = models.CharField(max_length=200)
    line = models.PositiveIntegerField()
    codes: ArrayField[list[str], list[str]] = ArrayField(models.CharField(max_length=60))
    sealed = models.BinaryField()

    objects = ZonedQuerySet.as_manager()

    class Meta:
        ordering = ("of_import", "sheet", "line")
        constraints = (
            models.UniqueConstraint(
                fields=("of_import", "sheet", "line"), name="collection_refusedline_once"
            ),
        )

    def __str__(self) -> str:
        return f"line {self.line} of {self.of_import_id}"

    def set_content(self, cells: list[Any], problems: list[dict[str, Any]]) -> None:
        """Seal what the line held and why it was refused; saves nothing."""
        text = json.dumps({"cells": cells, "problems": problems}, ensure_ascii=False)
        self.sealed = seal(text, table="collection_refusedline", column="sealed", row=self.id)

    @property
    def content(self) -> dict[str, Any]:
        """The cells and the problems in clear."""
        text = unseal(self.sealed, table="collection_refusedline", column="sealed", row=self.id)
        content: dict[str, Any] = json.loads(text)
        return content
