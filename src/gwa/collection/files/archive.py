"""The zip archive that a workbook is: measured before any part of it is opened."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from gwa.collection.files import errors, limits

_DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_XML = (".xml", ".rels", ".vml")
_HEAD = 4096
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


@contextmanager
def open_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open the archive; whatever proves broken while it is read becomes one refusal."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except _BROKEN as error:
        raise errors.Damaged(where=_where(error)) from None


def measure(path: Path) -> frozenset[str]:
    """Refuse an archive that is a bomb, is locked or hides entities; return its parts' names."""
    with open_archive(path) as archive:
        parts = archive.infolist()
        if len(parts) > limits.MAX_PARTS:
            raise errors.TooManyParts(count=len(parts))
        if any(part.flag_bits & 1 for part in parts):
            raise errors.Encrypted
        inflated = 0
        for part in parts:
            inflated += part.file_size
            ratio = part.file_size / max(part.compress_size, 1)
            is_bomb = part.file_size > limits.RATIO_FROM and ratio > limits.MAX_RATIO
            if is_bomb or part.file_size > limits.MAX_PART or inflated > limits.MAX_INFLATED:
                raise errors.ArchiveTooBig(part=part.filename)
        for part in parts:
            if part.filename.lower().endswith(_XML):
                _refuse_entities(archive, part)
        return frozenset(part.filename for part in parts)


def _refuse_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Look for a DOCTYPE in parts that we never read too: the next program might."""
    with archive.open(part) as file:
        head = file.read(_HEAD)
    if _DOCTYPE.search(head.replace(b"\0", b"")):
        raise errors.HasEntities(part=part.filename)


@contextmanager
def open_part(path: Path, name: str) -> Iterator[IO[bytes]]:
    """Open one part for reading as a stream."""
    with open_archive(path) as archive:
        try:
            file = archive.open(name)
        except KeyError:
            raise errors.Damaged(where=name) from None
        with file:
            yield file


def _where(error: Exception) -> str:
    found = re.search(r"file '([^']+)'", str(error))
    return found.group(1) if found else "archive zip"
