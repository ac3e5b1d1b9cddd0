"""Where the files of interviews lie: sealed as they came, under names of ours.

The pieces of envelopes that are still coming lie beside them.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

from gwa.common.sealed_files import SUFFIX, read_sealed, seal_file

FOLDER = "interviews"
PIECES = "uploads"


def store(source: BinaryIO, *, key: UUID) -> tuple[str, int, str]:
    """Seal a file, whole or not at all; return its name, size and SHA-256."""
    name = _name(FOLDER, key)
    size, digest = seal_file(source, path_of(name), key=key)
    return name, size, digest


def read(name: str, *, key: UUID) -> bytes:
    """Return what a file held when it came."""
    return b"".join(read_sealed(path_of(name), key=key))


def store_piece(content: bytes, *, key: UUID) -> None:
    """Seal a piece of an envelope, in the place of the same one sent before."""
    seal_file(io.BytesIO(content), path_of(_name(PIECES, key)), key=key)


def read_piece(*, key: UUID) -> bytes:
    """Return a piece of an envelope."""
    return read(_name(PIECES, key), key=key)


def remove_piece(key: UUID) -> None:
    """Remove a piece, if it is there."""
    remove(_name(PIECES, key))


def _name(folder: str, key: UUID) -> str:
    return f"{folder}/{key.hex[-2:]}/{key.hex}{SUFFIX}"


def path_of(name: str) -> Path:
    """Return where a stored file lies."""
    return Path(settings.MEDIA_ROOT) / name


def remove(name: str) -> None:
    """Remove a stored file, if it is there."""
    if name:
        path_of(name).unlink(missing_ok=True)


def stored_files(folder: str = FOLDER) -> Iterator[tuple[str, Path]]:
    """Every file of interviews on disk, by name; or every piece."""
    for path in (Path(settings.MEDIA_ROOT) / folder).glob(f"*/*{SUFFIX}"):
        yield path.relative_to(settings.MEDIA_ROOT).as_posix(), path
