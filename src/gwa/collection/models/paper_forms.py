"""The paper forms that were printed: numbered, keyed once, and one in ten keyed twice."""

from __future__ import annotations

import json

from django.conf import settings
from django.db import models
from django.db.models import Q

from gwa.common.crypto import seal_bytes, unseal_bytes
from gwa.common.drafts import Fields
from gwa.questionnaires.models import FormVersion
from gwa.registry.models import Household
from gwa.registry.models.base import ZonedModel, ZonedQuerySet

_FIRST = {"table": "collection_paperform", "column": "first_sealed"}
_SECOND = {"table": "collection_paperform", "column": "second_sealed"}


class PaperForm(ZonedModel):
    """One numbered form. What two clerks typed of a form that was drawn is kept sealed, to compare.

    `zone_path` is the zone of whoever printed it, then that of its household.
    """

    number = models.CharField(max_length=20, unique=True)
    count = models.PositiveIntegerField(unique=True)
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    printed_at = models.DateTimeField()
    printed_by = models.CharField(max_length=150)
    keyed_at = models.DateTimeField(null=True, blank=True)
    keyed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Drawn when it is keyed: nobody knows before which forms somebody else keys again.
    is_drawn = models.BooleanField(default=False)
    first_sealed = models.BinaryField(null=True, blank=True)
    second_at = models.DateTimeField(null=True, blank=True)
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    second_sealed = models.BinaryField(null=True, blank=True)
    differences = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = ZonedQuerySet.as_manager()

    class Meta:
        ordering = ("-count",)
        constraints = (
            models.CheckConstraint(
                condition=Q(keyed_at=None, household=None, keyed_by=None, is_drawn=False)
                | Q(keyed_at__isnull=False, keyed_by__isnull=False),
                name="collection_paperform_keyed_means",
            ),
            models.CheckConstraint(
                condition=Q(second_at=None, second_by=None, differences=None)
                | Q(second_at__isnull=False, second_by__isnull=False, is_drawn=True),
                name="collection_paperform_second_means",
            ),
            models.CheckConstraint(
                condition=Q(second_by=None) | ~Q(second_by=models.F("keyed_by")),
                name="collection_paperform_two_clerks",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def first(self) -> Fields:
        """What the first clerk typed, field by field; nothing once it is erased."""
        return _open(self.first_sealed, self, _FIRST)

    @property
    def second(self) -> Fields:
        """What the second clerk typed."""
        return _open(self.second_sealed, self, _SECOND)

    def set_first(self, fields: Fields) -> None:
        """Keep what the first clerk typed; saves nothing."""
        self.first_sealed = seal_bytes(json.dumps(fields).encode(), row=self.id, **_FIRST)

    def set_second(self, fields: Fields) -> None:
        """Keep what the second clerk typed; saves nothing."""
        self.second_sealed = seal_bytes(json.dumps(fields).encode(), row=self.id, **_SECOND)


def _open(sealed: bytes | memoryview | None, form: PaperForm, bound: dict[str, str]) -> Fields:
    if not sealed:
        return {}
    fields: Fields = json.loads(unseal_bytes(sealed, row=form.id, **bound))
    return fields
