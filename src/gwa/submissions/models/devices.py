"""The telephones and tablets that send interviews."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gwa.common.crypto import seal_bytes, unseal_bytes
from gwa.common.ids import new_id

_SECRETS = {"table": "submissions_handset", "column": "sealed"}
_SECRET_BYTES = 32
NEARLY_FULL = 80
WRONG_CLOCK_SECONDS = 3600


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

    class State(models.TextChoices):
        ACTIVE = "active", _("en service")
        REVOKED = "revoked", _("révoqué")
        CLOSED = "closed", _("compte fermé")

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> State:
        """Whether it may still fetch, and why not."""
        if self.revoked_at is not None:
            return self.State.REVOKED
        return self.State.ACTIVE if self.user.is_active else self.State.CLOSED


class Handset(models.Model):
    """What a device has that runs Gwa Collecte: whose it is, its secrets, what it last told.

    Bound at its first greeting to the random id that the application gave itself: from another
    telephone, the same token is refused. `knock` is all that a locked telephone can show.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    device = models.OneToOneField(Device, on_delete=models.CASCADE, related_name="handset")
    client_device_id = models.CharField(max_length=100)
    # Three secrets of 32 bytes: of the device, of the answers that unlock, of the knock.
    sealed = models.BinaryField()
    knock_digest = models.BinaryField(unique=True)
    unlock_serial = models.PositiveIntegerField(default=0)
    bound_at = models.DateTimeField()
    app_version = models.CharField(max_length=40, blank=True)
    # What only this telephone holds, as it last said.
    told_at = models.DateTimeField(null=True, blank=True)
    held_drafts = models.PositiveIntegerField(default=0)
    held_waiting = models.PositiveIntegerField(default=0)
    held_since = models.DateTimeField(null=True, blank=True)
    # Whether the browser promised to keep what it stores; unknown until it was asked.
    is_persistent = models.BooleanField(null=True, blank=True)
    storage_used = models.BigIntegerField(null=True, blank=True)
    storage_quota = models.BigIntegerField(null=True, blank=True)
    pin_misses = models.PositiveSmallIntegerField(default=0)
    is_shut = models.BooleanField(default=False)
    # How far the telephone's clock was ahead of the server's.
    clock_ahead_seconds = models.BigIntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=("client_device_id",), name="submissions_handset_client"),)

    def __str__(self) -> str:
        return f"handset of {self.device_id}"

    @property
    def device_secret(self) -> bytes:
        """What wraps the telephone's data key together with the PIN."""
        return self._secrets[:_SECRET_BYTES]

    @property
    def unlock_key(self) -> bytes:
        """The key of the answers that unlock the telephone."""
        return self._secrets[_SECRET_BYTES : 2 * _SECRET_BYTES]

    @property
    def knock(self) -> str:
        """What a locked telephone says of itself, in hexadecimal."""
        return self._secrets[2 * _SECRET_BYTES :].hex()

    @property
    def _secrets(self) -> bytes:
        return unseal_bytes(self.sealed, row=self.id, **_SECRETS)

    @property
    def held(self) -> int:
        """How many interviews are on this telephone and nowhere else."""
        return self.held_drafts + self.held_waiting

    @property
    def storage_share(self) -> int | None:
        """How much of what the browser allows is used, in per cent."""
        if not self.storage_quota or self.storage_used is None:
            return None
        return round(100 * self.storage_used / self.storage_quota)

    @property
    def is_nearly_full(self) -> bool:
        """Whether photos may soon find no place."""
        return (self.storage_share or 0) >= NEARLY_FULL

    @property
    def has_wrong_clock(self) -> bool:
        """Whether its hours cannot be believed."""
        return abs(self.clock_ahead_seconds) > WRONG_CLOCK_SECONDS

    @property
    def is_worrying(self) -> bool:
        """Whether somebody should call the enumerator."""
        return (
            self.is_shut
            or self.is_nearly_full
            or self.has_wrong_clock
            or (self.is_persistent is False and self.held > 0)
        )

    def draw_secrets(self) -> None:
        """Give the telephone its secrets; saves nothing."""
        content = secrets.token_bytes(3 * _SECRET_BYTES)
        self.sealed = seal_bytes(content, row=self.id, **_SECRETS)
        self.knock_digest = self.digest_of(content[2 * _SECRET_BYTES :].hex())

    @staticmethod
    def digest_of(knock: str) -> bytes:
        """Return what is kept of a knock."""
        return hashlib.sha256(knock.encode()).digest()

    def answer(self, challenge: str) -> str:
        """Return the eight digits that open the telephone whose screen shows these eight."""
        mark = hmac.digest(self.unlock_key, challenge.encode(), "sha256")
        return f"{int.from_bytes(mark[:4]) % 10**8:08d}"
