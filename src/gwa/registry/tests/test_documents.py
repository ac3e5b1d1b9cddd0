"""Photos and papers about a household."""

import base64
import hashlib
import io
import os

import pytest
from cryptography.exceptions import InvalidTag
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from gwa.common.sealed_files import seal_again, sealed_files
from gwa.registry import errors, files, upkeep
from gwa.registry.actions import attach_document, remove_document, undo_last_change
from gwa.registry.models import Document
from gwa.testing.cast import FATOU, Cast

GPS = 0x8825


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def photo(kind="JPEG", size=(40, 30)) -> bytes:
    image, drawn, exif = Image.new("RGB", size, "orange"), io.BytesIO(), Image.Exif()
    exif.get_ifd(GPS)[1] = "N"
    exif[0x010F] = "secret camera"
    image.save(drawn, kind, exif=exif)
    return drawn.getvalue()


def attach(cast: Cast, content: bytes, title="Carte", **more) -> Document:
    upload = SimpleUploadedFile("../../evil.php", content)
    return attach_document(
        household=cast.household, title=title, upload=upload, actor=FATOU, **more
    )


def read(document: Document) -> bytes:
    return b"".join(files.read(document.file))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_an_image_is_drawn_again_without_what_the_camera_told(cast: Cast, kind):
    document = attach(cast, photo(kind), person=cast.person("Awa"))
    stored = read(document)
    assert document.media_type == "image/jpeg"
    assert (len(stored), hashlib.sha256(stored).hexdigest()) == (document.size, document.sha256)
    assert b"secret camera" not in stored
    assert not Image.open(io.BytesIO(stored)).getexif()
    assert "evil" not in document.file


def test_a_large_photo_is_made_smaller(cast: Cast):
    document = attach(cast, photo(size=(4000, 1000)))
    with Image.open(io.BytesIO(read(document))) as image:
        assert image.size == (2400, 600)


def test_a_pdf_is_kept_as_it_is(cast: Cast):
    document = attach(cast, b"%PDF-1.7 ...")
    assert read(document) == b"%PDF-1.7 ..."


def test_what_lies_on_the_disk_is_sealed(cast: Cast):
    document = attach(cast, b"%PDF-1.7 NINA 18405123456789K")
    path = files.path_of(document.file)
    assert b"NINA" not in path.read_bytes()
    damaged = bytearray(path.read_bytes())
    damaged[-1] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(InvalidTag):
        read(document)


def test_a_new_key_seals_the_files_again(cast: Cast, settings):
    document = attach(cast, photo())
    before, clear = files.path_of(document.file).read_bytes(), read(document)
    new_key = "9:" + base64.b64encode(bytes(range(32))).decode()
    settings.DATA_KEYS = f"{new_key},{settings.DATA_KEYS}"

    assert [seal_again(path) for path in sealed_files()] == [True]
    assert [seal_again(path) for path in sealed_files()] == [False]

    assert before[0] == 1
    settings.DATA_KEYS = new_key
    assert read(document) == clear


@pytest.mark.parametrize("content", [b"", b"<html>", b"GIF89a...", photo()[:200]])
def test_anything_else_is_refused_and_leaves_no_file(cast: Cast, content, media):
    with pytest.raises(errors.DocumentUnreadable):
        attach(cast, content)
    assert not list(media.rglob("*.*"))


def test_a_heavy_file_is_refused(cast: Cast):
    with pytest.raises(errors.DocumentTooLarge):
        attach(cast, b"%PDF-" + b"0" * files.LARGEST_MB * 1024 * 1024)


def test_a_title_and_a_member_are_needed(cast: Cast):
    with pytest.raises(errors.ValueRefused):
        attach(cast, photo(), title=" ")
    with pytest.raises(errors.NotOfThisHousehold):
        attach(cast, photo(), person=cast.person("Bakary"))


def test_a_removed_document_keeps_its_file(cast: Cast):
    document = attach(cast, photo())
    removed = remove_document(document=document, actor=FATOU, reason="mauvaise photo")
    assert removed.removed_at is not None
    assert files.path_of(document.file).exists()
    with pytest.raises(errors.DocumentRemoved):
        remove_document(document=document, actor=FATOU, reason="encore")


def test_files_that_nobody_knows_are_swept_after_a_day(cast: Cast, media):
    kept, undone = attach(cast, photo()), attach(cast, photo())
    undo_last_change(household=cast.household, actor=FATOU, reason="essai")
    stray, fresh = media / "documents/aa/stray.jpg", media / "documents/aa/fresh.jpg"
    stray.parent.mkdir(parents=True, exist_ok=True)
    for path in (stray, fresh):
        path.write_bytes(b"x")
    for path in (stray, files.path_of(kept.file), files.path_of(undone.file)):
        os.utime(path, (0, 0))
    assert upkeep.sweep_files() == 1
    assert not stray.exists()
    assert fresh.exists()
    assert files.path_of(kept.file).exists()
    assert files.path_of(undone.file).exists(), "undoing the undo will need it"
