"""The journal's keys, and the copy of the chain's head kept away from the database."""

import json

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from gwa.common.crypto import derived_key

HEAD_FILE = "journal-head.json"


def line_key() -> bytes:
    """Return the HMAC key of the leaves."""
    return derived_key("journal lines")


def signing_key() -> Ed25519PrivateKey:
    """Return the key that signs seals."""
    return Ed25519PrivateKey.from_private_bytes(derived_key("journal seals"))


def head_on_file() -> tuple[int, bytes] | None:
    """Return number and digest of the last seal copied to `GWA_JOURNAL_HEAD_DIR`, if any."""
    path = settings.JOURNAL_HEAD_DIR / HEAD_FILE
    if not path.exists():
        return None
    head = json.loads(path.read_text())
    return int(head["number"]), bytes.fromhex(head["digest"])


def write_head(number: int, digest: bytes) -> None:
    """Copy the chain's head out of the database; a mounted folder of another host is best."""
    settings.JOURNAL_HEAD_DIR.mkdir(parents=True, exist_ok=True)
    path = settings.JOURNAL_HEAD_DIR / HEAD_FILE
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps({"number": number, "digest": digest.hex()}))
    fresh.replace(path)
