"""The cards that households keep."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gwa.registry.models.base import ZonedModel, ZonedQuerySet


class Card(ZonedModel):
    """A registry number that was printed on a card before it was anybody's.

    Given to a household at the end of its interview, it becomes the household's number.
    """

    number = models.CharField(max_length=12, unique=True)
    # Who carries it to the households.
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    printed_at = models.DateTimeField()
    printed_by = models.CharField(max_length=150)

    objects = ZonedQuerySet.as_manager()

    class Meta:
        ordering = ("-printed_at", "number")
        indexes = (models.Index(fields=("zone_path", "id"), name="fieldwork_card_zone"),)

    def __str__(self) -> str:
        return self.number
