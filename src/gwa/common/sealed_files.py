"""Files kept encrypted: what people hand in for a while, and what a job puts aside.

A sealed file is a row of blocks, each sealed like a cell of the database and bound to the file's
key, to its place and to being the last or not: blocks cannot be moved, swapped or cut off. The key
is the name of the file, so that whoever rotates keys finds it whatever module keeps it.
"""

import hashlib
import io
import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.conf import settings

from gwa.common.crypto import current_key_id, seal_bytes, unseal_bytes

SUFFIX = ".sealed"

_BLOCK = 1 << 20
# What `seal_bytes` adds: the key's id, the nonce and the tag.
_ADDED = 1 + 12 + 16
_LAST, _MORE = "last", "more"

log = logging.getLogger(__name__)


def seal_file(source: BinaryIO, target: Path, *, key: UUID) -> tuple[int, str]:
    """Write what `source` holds, sealed, whole or not at all; return its size and SHA-256."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".part")
    digest, size, number = hashlib.sha256(), 0, 0
    with draft.open("wb") as file:
        block = source.read(_BLOCK)
        while True:
            following = source.read(_BLOCK)
            digest.update(block)
            size += len(block)
            place = f"{number}.{_MORE if following else _LAST}"
            file.write(seal_bytes(block, table="file", column=place, row=key))
            if not following:
                break
            block, number = following, number + 1
        file.flush()
        os.fsync(file.fileno())
    draft.rename(target)
    keep_names(target.parent)
    return size, digest.hexdigest()


def keep_names(folder: Path) -> None:
    """Let a power cut take no name away: it is in the folder, as the content is in the file."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_sealed(path: Path, *, key: UUID) -> Iterator[bytes]:
    """Give the content block by block. Raises `InvalidTag` when the file was altered or cut."""
    with path.open("rb") as file:
        sealed, number = file.read(_BLOCK + _ADDED), 0
        while True:
            following = file.read(_BLOCK + _ADDED)
            place = f"{number}.{_MORE if following else _LAST}"
            yield unseal_bytes(sealed, table="file", column=place, row=key)
            if not following:
                return
            sealed, number = following, number + 1


def sealed_files() -> list[Path]:
    """Return every sealed file of every module, known to the database or not."""
    return list(Path(settings.MEDIA_ROOT).glob(f"*/*/*{SUFFIX}"))


def seal_again(path: Path) -> bool:
    """Seal a file under the newest key where another sealed it; tell whether it was so.

    One that was damaged stays as it is: it must not stop a rotation. Nor does one that is gone
    since it was listed.
    """
    key = UUID(path.stem)
    try:
        with path.open("rb") as file:
            if file.read(1) == bytes([current_key_id()]):
                return False
        content = b"".join(read_sealed(path, key=key))
    except FileNotFoundError:
        return False
    except InvalidTag:
        log.warning("the file %s cannot be opened", path.name)
        return False
    seal_file(io.BytesIO(content), path, key=key)
    return True


def work_folder() -> Path:
    """Return the folder of files in clear that live no longer than the work on them."""
    folder = Path(settings.MEDIA_ROOT) / "work"
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


@contextmanager
def in_clear(path: Path, *, key: UUID, suffix: str = "") -> Iterator[Path]:
    """Give a temporary copy in clear, for readers that want a path; it is removed at the end."""
    handle, name = tempfile.mkstemp(suffix=suffix, dir=work_folder())
    clear = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            for block in read_sealed(path, key=key):
                file.write(block)
        yield clear
    finally:
        clear.unlink(missing_ok=True)
