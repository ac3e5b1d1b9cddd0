"""The telephones and tablets that send interviews."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DeviceQuerySet(models.QuerySet["Device"]):
    def in_service(self) -> DeviceQuerySet:
        """Devices that may still fetch forms and lists."""
        return self.filter(revoked_at__isnull=True)


class Device(models.Model):
    """A telephone of one account, known by a token that it got as a QR code.

    The token is kept as SHA-256: 256 random bits cannot be guessed. A revoked device may not fetch
    anything; what it still sends is kept apart (quarantine), because it may be the only copy.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="devices"
    )
    name = models.CharField(_("nom"), max_length=100)
    token_digest = models.BinaryField(unique=True)
    # What the application says of itself, and its own identifier of the device.
    client = models.CharField(max_length=200, blank=True)
    client_device_id = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    last_contact_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=150, blank=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name
