"""Where the files of imports lie: sealed, under names of ours, in the media folder."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

from gwa.collection.models import ImportFile
from gwa.common.sealed_files import SUFFIX, in_clear, seal_file

_FOLDER = "imports"


@dataclass(frozen=True, slots=True)
class Stored:
    """A file as it was written."""

    name: str
    size: int
    sha256: str


def store(source: BinaryIO, *, key: UUID) -> Stored:
    """Seal a file into the media folder; `key` is the id of its row."""
    name = f"{_FOLDER}/{key.hex[-2:]}/{key.hex}{SUFFIX}"
    size, digest = seal_file(source, path_of(name), key=key)
    return Stored(name, size, digest)


def path_of(name: str) -> Path:
    """Return where a stored file lies."""
    return Path(settings.MEDIA_ROOT) / name


def remove(name: str) -> None:
    """Remove a stored file, if it is there."""
    if name:
        path_of(name).unlink(missing_ok=True)


def remove_all(names: Iterable[str]) -> None:
    """Remove stored files."""
    for name in names:
        remove(name)


@contextmanager
def opened(file: ImportFile) -> Iterator[Path]:
    """Give a copy in clear while a reader needs one."""
    with in_clear(
        path_of(file.stored), key=file.pk, suffix=PurePath(file.file_name).suffix.lower()
    ) as path:
        yield path


def stored_files() -> Iterator[tuple[str, Path]]:
    """Every file of imports on disk, by name."""
    for path in (Path(settings.MEDIA_ROOT) / _FOLDER).glob(f"*/*{SUFFIX}"):
        yield path.relative_to(settings.MEDIA_ROOT).as_posix(), path
