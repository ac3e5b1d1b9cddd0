"""Files people hand in: recognised by their bytes, images made anew, names of our own.

They are photos of identity cards as often as not: sealed on the disk and in backups, like the
numbers that stand on them.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from PIL import Image, ImageOps, UnidentifiedImageError

from gwa.common.ids import new_id
from gwa.common.sealed_files import SUFFIX, read_sealed, seal_file
from gwa.registry import errors

LARGEST_MB = 10
_LARGEST_PIXELS = 60_000_000
_LONGEST_SIDE = 2400
_PDF = b"%PDF-"
_PDF_TYPE, _IMAGE_TYPE = "application/pdf", "image/jpeg"
SUFFIXES = {_PDF_TYPE: "pdf", _IMAGE_TYPE: "jpg"}
_FOLDER = "documents"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A sealed file under MEDIA_ROOT: its relative name and what its bytes are in clear."""

    name: str
    media_type: str
    size: int
    sha256: str


def store(content: bytes) -> StoredFile:
    """Check what was handed in and write it; refuse what is neither an image nor a PDF."""
    content, media_type = clean(content)
    key = new_id()
    name = f"{_FOLDER}/{key.hex[-2:]}/{key.hex}{SUFFIX}"
    size, digest = seal_file(io.BytesIO(content), path_of(name), key=key)
    return StoredFile(name, media_type, size, digest)


def read(name: str) -> Iterator[bytes]:
    """Give the content of a stored file in clear, block by block."""
    path = path_of(name)
    return read_sealed(path, key=UUID(path.stem))


def clean(content: bytes) -> tuple[bytes, str]:
    """Return what may be kept of a file handed in, and its media type."""
    if len(content) > LARGEST_MB * 1024 * 1024:
        raise errors.DocumentTooLarge(limit=LARGEST_MB)
    if content.startswith(_PDF):
        return content, _PDF_TYPE
    return _remake_image(content), _IMAGE_TYPE


def _remake_image(content: bytes) -> bytes:
    """Draw the image again: what a camera or an attacker put beside the pixels is gone."""
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as image:
            if image.width * image.height > _LARGEST_PIXELS:
                raise errors.DocumentTooLarge(limit=LARGEST_MB)
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
    ) as error:
        raise errors.DocumentUnreadable from error
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    drawn = io.BytesIO()
    upright.save(drawn, "JPEG", quality=85)
    return drawn.getvalue()


def path_of(name: str) -> Path:
    """Return where a stored file lies."""
    return Path(settings.MEDIA_ROOT) / name
