"""The keys to which telephones seal what they send."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import models

from gwa.common.crypto import seal_bytes, unseal_bytes
from gwa.common.ids import new_id
from gwa.submissions.rules.envelopes import kid_of

_PRIVATE = {"table": "submissions_sealkey", "column": "private_sealed"}
_PRIVATE_BYTES = 32


class SealKey(models.Model):
    """A P-256 key pair of the server; the private half is sealed like every secret of the database.

    A retired key is given to no telephone any more, and still opens what was sealed to it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kid = models.CharField(max_length=16, unique=True)
    public_point = models.BinaryField()
    private_sealed = models.BinaryField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return self.kid

    @property
    def private_key(self) -> ec.EllipticCurvePrivateKey:
        """The half that opens."""
        content = unseal_bytes(self.private_sealed, row=self.id, **_PRIVATE)
        return ec.derive_private_key(int.from_bytes(content), ec.SECP256R1())

    def set_private_key(self, key: ec.EllipticCurvePrivateKey) -> None:
        """Keep both halves and their name; saves nothing."""
        form = PublicFormat.UncompressedPoint
        self.public_point = key.public_key().public_bytes(Encoding.X962, form)
        self.kid = kid_of(self.public_point)
        value = key.private_numbers().private_value.to_bytes(_PRIVATE_BYTES)
        self.private_sealed = seal_bytes(value, row=self.id, **_PRIVATE)
