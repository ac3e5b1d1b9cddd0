"""Which form goes to whom, where, and with which modules."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from gwa.questionnaires.models.forms import Form
from gwa.zones.models import Zone


class FormAssignment(models.Model):
    """A form is asked in a zone, by one account or by all that work there, for some time.

    `modules` are the parts beyond the core that are asked there; campaigns choose them.
    """

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="assignments")
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    modules: ArrayField[list[str], list[str]] = ArrayField(
        models.CharField(max_length=60), default=list, blank=True
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)

    class Meta:
        ordering = ("form", "zone", "-starts_on")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="questionnaires_formassignment_dates_in_order",
            ),
            models.UniqueConstraint(
                fields=("form", "zone", "user", "starts_on"),
                nulls_distinct=False,
                name="questionnaires_formassignment_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.form_id} in {self.zone_id}"
