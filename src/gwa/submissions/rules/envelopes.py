"""What a telephone seals to the server: reading and opening it (docs/decisions/0013).

`"GWA1" | u32 header length | header in JSON | AES-256-GCM of the gzipped content`; the content key
is sealed by HPKE (RFC 9180) to each recipient, and everything before the ciphertext is bound to it.
"""

import base64
import binascii
import hashlib
import json
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

MAGIC = b"GWA1"
EXPORT_MAGIC = b"GWAX"
INFO = b"gwa/envelope/1"
_LENGTH = struct.Struct(">I")
_START = len(MAGIC) + _LENGTH.size
_LONGEST_HEADER = 16_384
_GZIP = 16 + zlib.MAX_WBITS
_SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class EnvelopeDamaged(ValueError):
    """What came is no envelope, was altered, or holds more than is taken."""


class KeyUnknown(ValueError):
    """It is sealed to none of the keys that are held here."""


class Kind(StrEnum):
    """What an envelope holds."""

    INTERVIEW = "interview"
    FILE = "file"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Envelope:
    """A sealed interview, file or draft: what its header says, and what stays closed.

    `keys` are the content key as each recipient gets it, by the recipient's `kid`. `bound` is all
    that precedes the ciphertext.
    """

    kind: Kind
    id: str
    name: str
    made_at: str
    keys: Mapping[str, bytes]
    nonce: bytes
    bound: bytes
    ciphertext: bytes


def kid_of(point: bytes) -> str:
    """Return the name of a key: the start of the fingerprint of its uncompressed public point."""
    return hashlib.sha256(point).hexdigest()[:16]


def read_envelope(content: bytes) -> Envelope:
    """Read the header of an envelope. Raises `EnvelopeDamaged`."""
    if content[: len(MAGIC)] != MAGIC or len(content) < _START:
        raise EnvelopeDamaged
    (length,) = _LENGTH.unpack(content[len(MAGIC) : _START])
    end = _START + length
    if length > _LONGEST_HEADER or end > len(content):
        raise EnvelopeDamaged
    try:
        header = json.loads(content[_START:end])
        return _read_header(header, bound=content[:end], ciphertext=content[end:])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise EnvelopeDamaged from error


def _read_header(header: Mapping[str, Any], *, bound: bytes, ciphertext: bytes) -> Envelope:
    words = [header[name] for name in ("id", "name", "made_at")]
    if header["v"] != 1 or not all(isinstance(word, str) for word in words):
        raise EnvelopeDamaged
    return Envelope(
        kind=Kind(header["kind"]),
        id=words[0],
        name=words[1],
        made_at=words[2],
        keys={one["kid"]: _decode(one["key"]) for one in header["recipients"]},
        nonce=_decode(header["nonce"]),
        bound=bound,
        ciphertext=ciphertext,
    )


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise EnvelopeDamaged from error


def open_envelope(
    envelope: Envelope, keys: Mapping[str, EllipticCurvePrivateKey], *, most: int
) -> bytes:
    """Return what an envelope holds, `most` bytes at most.

    Raises `KeyUnknown` or `EnvelopeDamaged`.
    """
    kid = next((kid for kid in envelope.keys if kid in keys), None)
    if kid is None:
        raise KeyUnknown
    try:
        content_key = _SUITE.decrypt(envelope.keys[kid], keys[kid], info=INFO)
        packed = AESGCM(content_key).decrypt(envelope.nonce, envelope.ciphertext, envelope.bound)
    except (InvalidTag, ValueError) as error:
        raise EnvelopeDamaged from error
    return _unpack(packed, most)


def _unpack(packed: bytes, most: int) -> bytes:
    """Undo gzip, and stop where a small file would become a huge one."""
    unzip = zlib.decompressobj(wbits=_GZIP)
    try:
        content = unzip.decompress(packed, most + 1)
    except zlib.error as error:
        raise EnvelopeDamaged from error
    if len(content) > most or not unzip.eof:
        raise EnvelopeDamaged
    return content


def split_export(content: bytes) -> Iterator[bytes]:
    """Give the envelopes of a file that a telephone exported. Raises `EnvelopeDamaged`."""
    if content[: len(EXPORT_MAGIC)] != EXPORT_MAGIC:
        raise EnvelopeDamaged
    place = len(EXPORT_MAGIC)
    while place < len(content):
        start = place + _LENGTH.size
        if start > len(content):
            raise EnvelopeDamaged
        (length,) = _LENGTH.unpack(content[place:start])
        place = start + length
        if place > len(content):
            raise EnvelopeDamaged
        yield content[start:place]
