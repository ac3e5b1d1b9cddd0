"""Where the files of interviews lie: sealed as they came, under names of ours."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

from gwa.common.sealed_files import SUFFIX, read_sealed, seal_file

FOLDER = "interviews"


def store(source: BinaryIO, *, key: UUID) -> tuple[str, int, str]:
    """Seal a file, whole or not at all; return its name, size and SHA-256."""
    name = f"{FOLDER}/{key.hex[-2:]}/{key.hex}{SUFFIX}"
    size, digest = seal_file(source, path_of(name), key=key)
    return name, size, digest


def read(name: str, *, key: UUID) -> bytes:
    """Return what a file held when it came."""
    return b"".join(read_sealed(path_of(name), key=key))


def path_of(name: str) -> Path:
    """Return where a stored file lies."""
    return Path(settings.MEDIA_ROOT) / name


def remove(name: str) -> None:
    """Remove a stored file, if it is there."""
    if name:
        path_of(name).unlink(missing_ok=True)


def stored_files() -> Iterator[tuple[str, Path]]:
    """Every file of interviews on disk, by name."""
    for path in (Path(settings.MEDIA_ROOT) / FOLDER).glob(f"*/*{SUFFIX}"):
        yield path.relative_to(settings.MEDIA_ROOT).as_posix(), path
