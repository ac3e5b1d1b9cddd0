"""Gwa Collecte as the server hears it: what it seals, and its calls. For tests and benchmarks."""

import base64
import gzip
import hashlib
import json
import os
import struct
from collections.abc import Sequence
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from django.test import Client

from gwa.submissions.rules.envelopes import INFO, MAGIC, kid_of

BASE = "/phone/v1/"
_SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def seal_envelope(
    content: bytes,
    *points: bytes,
    kind: str,
    name: str = "",
    instance_id: str,
    made_at: str = "2026-11-28T08:00:00.000Z",
) -> bytes:
    """Seal as the telephone does, to the owners of these public points."""
    content_key, nonce = os.urandom(32), os.urandom(12)
    header = json.dumps(
        {
            "v": 1,
            "kind": kind,
            "id": instance_id,
            "name": name,
            "made_at": made_at,
            "recipients": [_seal_key(content_key, point) for point in points],
            "nonce": _encode(nonce),
        }
    ).encode()
    bound = MAGIC + struct.pack(">I", len(header)) + header
    return bound + AESGCM(content_key).encrypt(nonce, gzip.compress(content), bound)


def _seal_key(content_key: bytes, point: bytes) -> dict[str, str]:
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    sealed = _SUITE.encrypt(content_key, public, info=INFO)
    return {"kid": kid_of(point), "key": _encode(sealed)}


def _encode(content: bytes) -> str:
    return base64.b64encode(content).decode()


def write_export(envelopes: Sequence[bytes]) -> bytes:
    """Write the file that a telephone without network hands to the desk."""
    return b"GWAX" + b"".join(struct.pack(">I", len(one)) + one for one in envelopes)


class Collecte:
    """One telephone with Gwa Collecte, known by its token once it has one."""

    def __init__(self, token: str = "", client_device_id: str = "telephone-1") -> None:
        self.client = Client()
        self.token = token
        self.client_device_id = client_device_id
        self.points: list[bytes] = []

    def hello(self) -> Any:  # noqa: ANN401 (Django's answer of a test)
        """Greet the server, and keep the keys to seal to."""
        told = {"client_device_id": self.client_device_id, "app_version": "1.0"}
        return self._keep(self.post("hello", told))

    def sign_in(self, name: str, password: str) -> Any:  # noqa: ANN401
        """Sign in with an account, and keep the token."""
        told = {
            "name": name,
            "password": password,
            "client_device_id": self.client_device_id,
            "app_version": "1.0",
        }
        return self._keep(self.post("sign-in", told))

    def _keep(self, answer: Any) -> Any:  # noqa: ANN401
        if answer.status_code == 200:
            told = answer.json()
            self.token = told.get("token", self.token)
            self.points = [base64.b64decode(key["key"]) for key in told["seal_keys"]]
        return answer

    def get(self, path: str, **headers: str) -> Any:  # noqa: ANN401
        """Fetch a page of the door."""
        address = path if path.startswith("/") else f"{BASE}{path}"
        return self.client.get(address, headers=self._headers() | headers)

    def post(self, path: str, told: dict[str, Any]) -> Any:  # noqa: ANN401
        """Tell something in JSON."""
        return self.client.post(
            f"{BASE}{path}", json.dumps(told), "application/json", headers=self._headers()
        )

    def put(self, sha256: str, piece: bytes, *, offset: int, size: int) -> Any:  # noqa: ANN401
        """Send a piece of an envelope."""
        return self.client.put(
            f"{BASE}uploads/{sha256}?offset={offset}&size={size}",
            piece,
            "application/octet-stream",
            headers=self._headers(),
        )

    def seal(self, content: bytes, **header: str) -> bytes:
        """Seal something to the server."""
        return seal_envelope(content, *self.points, **header)

    def send(self, envelope: bytes, *, piece: int = 262_144) -> Any:  # noqa: ANN401
        """Send an envelope piece by piece; the last answer, or the first that is no 200."""
        sha256 = hashlib.sha256(envelope).hexdigest()
        for offset in range(0, len(envelope), piece):
            part = envelope[offset : offset + piece]
            answer = self.put(sha256, part, offset=offset, size=len(envelope))
            if answer.status_code != 200:
                break
        return answer

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}
