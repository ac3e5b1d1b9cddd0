"""What telephones may hold of a zone: everything, the assigned villages only, nothing."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gwa.registry.models.base import ZonedModel, ZonedQuerySet
from gwa.zones.models import Zone


class ZoneAccess(ZonedModel):
    """How safe a zone is to work in, for all that lies in it.

    A zone without a row is open. Below a closed one everything is closed, whatever is said there.
    """

    class State(models.TextChoices):
        OPEN = "open", _("ouverte")
        # Telephones hold the assigned villages alone, and drop what was received.
        RESTRICTED = "restricted", _("restreinte")
        # Telephones hold nothing of it.
        CLOSED = "closed", _("fermée")

    zone = models.OneToOneField(Zone, on_delete=models.PROTECT, related_name="access")
    state = models.CharField(_("accès"), max_length=10, choices=State.choices)
    reason = models.CharField(_("motif"), max_length=500)
    since = models.DateTimeField()
    by = models.CharField(max_length=150)

    objects = ZonedQuerySet.as_manager()

    class Meta:
        ordering = ("zone_path",)
        indexes = (models.Index(fields=("zone_path", "id"), name="fieldwork_zoneaccess_zone"),)

    def __str__(self) -> str:
        return f"{self.zone_id} is {self.state}"
