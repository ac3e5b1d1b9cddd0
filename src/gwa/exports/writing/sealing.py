"""Files sealed block by block, so that neither writing nor reading holds a whole file.

Each block is AES-256-GCM under a key of this file alone; its number and whether it is the last are
part of its nonce, so that blocks can be neither swapped nor left out, and a file cut short is seen.
"""

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gwa.common.crypto import derived_key

BLOCK = 1024 * 1024
_PREFIX_BYTES, _TAG_BYTES = 7, 16


def _cipher(file_id: UUID) -> AESGCM:
    info = b"gwa/export/" + file_id.bytes
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=info)
    return AESGCM(key.derive(derived_key("exports")))


def _nonce(prefix: bytes, number: int, *, is_last: bool) -> bytes:
    return prefix + struct.pack(">IB", number, is_last)


class SealedWriter:
    """Takes bytes and writes them sealed; only `close` writes the last block."""

    def __init__(self, path: Path, file_id: UUID) -> None:
        self._file = path.open("xb")
        path.chmod(0o600)
        self._cipher, self._prefix = _cipher(file_id), os.urandom(_PREFIX_BYTES)
        self._waiting, self._number = bytearray(), 0
        self._file.write(self._prefix)

    def write(self, data: bytes) -> int:
        """Keep the bytes until a block is full."""
        self._waiting += data
        while len(self._waiting) > BLOCK:
            self._seal(bytes(self._waiting[:BLOCK]), is_last=False)
            del self._waiting[:BLOCK]
        return len(data)

    def flush(self) -> None:
        """Write nothing yet: a block is sealed when it is full."""

    def close(self) -> None:
        """Seal what is left as the last block, down to the disk."""
        self._seal(bytes(self._waiting), is_last=True)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def give_up(self) -> None:
        """Leave the file without its last block: nobody can read it."""
        self._file.close()

    def _seal(self, block: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, is_last=is_last)
        self._file.write(self._cipher.encrypt(nonce, block, None))
        self._number += 1


def unseal_file(path: Path, file_id: UUID) -> Iterator[bytes]:
    """Give back the bytes, block by block. Raises `InvalidTag` where anything was altered."""
    cipher = _cipher(file_id)
    with path.open("rb") as file:
        prefix, number = file.read(_PREFIX_BYTES), 0
        block = file.read(BLOCK + _TAG_BYTES)
        while True:
            following = file.read(BLOCK + _TAG_BYTES)
            nonce = _nonce(prefix, number, is_last=not following)
            yield cipher.decrypt(nonce, block, None)
            if not following:
                return
            block, number = following, number + 1
