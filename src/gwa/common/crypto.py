"""Encryption of identifiers and phones, and the blind indexes that find them again.

A sealed value is `key id (1 byte) | nonce (12) | AES-256-GCM ciphertext and tag`; table, column and
row are bound to it as associated data, so that it cannot be moved to another row. A blind index
is an HMAC-SHA-256 cut to 16 bytes, under a key of its own. Both keys are derived with HKDF
(RFC 5869) from the installation's data keys, given as `GWA_DATA_KEYS="2:base64,1:base64"`: the
first seals, the others still open what was sealed before a rotation; the lowest id makes the
blind indexes.
"""

import base64
import hmac
import os
from functools import cache
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_NONCE_BYTES = 12
_INDEX_BYTES = 16


def _derive(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"gwa/" + purpose).derive(key)


@cache
def _read_keys(text: str) -> dict[int, bytes]:
    """Return data keys by id, the sealing key first."""
    keys = {}
    for entry in filter(None, text.split(",")):
        number, _, encoded = entry.partition(":")
        keys[int(number)] = base64.b64decode(encoded, validate=True)
    if not keys or any(len(key) != 32 for key in keys.values()):
        raise ImproperlyConfigured("GWA_DATA_KEYS must hold one or more 'id:base64 of 32 bytes'")
    return keys


@cache
def _cipher(keys: str, key_id: int) -> AESGCM:
    return AESGCM(_derive(_read_keys(keys)[key_id], b"seal"))


@cache
def _current_cipher(keys: str) -> tuple[bytes, AESGCM]:
    """Return the sealing key's id as a byte, and its cipher."""
    key_id = next(iter(_read_keys(keys)))
    return bytes([key_id]), _cipher(keys, key_id)


@cache
def _derived_from_oldest(keys: str, purpose: str) -> bytes:
    data_keys = _read_keys(keys)
    return _derive(data_keys[min(data_keys)], purpose.encode())


def derived_key(purpose: str) -> bytes:
    """Return 32 bytes for one purpose, from the installation's oldest data key."""
    return _derived_from_oldest(settings.DATA_KEYS, purpose)


def _bound_to(table: str, column: str, row: UUID) -> bytes:
    return f"{table}.{column}.{row.hex}".encode()


def current_key_id() -> int:
    """Return the id of the key that seals new values."""
    return next(iter(_read_keys(settings.DATA_KEYS)))


def key_fingerprints() -> dict[int, bytes]:
    """Return what recognises each data key given, and tells nothing of it."""
    keys = _read_keys(settings.DATA_KEYS)
    return {number: _derive(key, b"fingerprint")[:16] for number, key in keys.items()}


def seal(text: str, *, table: str, column: str, row: UUID) -> bytes:
    """Return `text` encrypted for one cell of the database."""
    return seal_bytes(text.encode(), table=table, column=column, row=row)


def unseal(sealed: bytes | memoryview, *, table: str, column: str, row: UUID) -> str:
    """Return what `seal` hid. Raises `InvalidTag` when the cell was altered or moved."""
    return unseal_bytes(sealed, table=table, column=column, row=row).decode()


def seal_bytes(content: bytes, *, table: str, column: str, row: UUID) -> bytes:
    """Return `content` encrypted for one cell of the database."""
    prefix, cipher = _current_cipher(settings.DATA_KEYS)
    nonce = os.urandom(_NONCE_BYTES)
    return prefix + nonce + cipher.encrypt(nonce, content, _bound_to(table, column, row))


def unseal_bytes(sealed: bytes | memoryview, *, table: str, column: str, row: UUID) -> bytes:
    """Return what `seal_bytes` hid. Raises `InvalidTag` when the cell was altered or moved."""
    sealed = bytes(sealed)
    cipher = _cipher(settings.DATA_KEYS, sealed[0])
    nonce, hidden = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    return cipher.decrypt(nonce, hidden, _bound_to(table, column, row))


def blind_index(value: str, *, kind: str) -> bytes:
    """Return the keyed fingerprint by which an exact value of one kind is found again."""
    code = _index_code(settings.DATA_KEYS).copy()
    code.update(f"{kind}\0{value}".encode())
    return code.digest()[:_INDEX_BYTES]


@cache
def _index_code(keys: str) -> hmac.HMAC:
    """Return the code before its message: the key is scheduled once, and copied."""
    return hmac.new(_derived_from_oldest(keys, "index"), digestmod="sha256")
