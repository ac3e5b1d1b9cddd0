"""Sealed values open in their own cell only, and are found again by a keyed fingerprint."""

import base64
import uuid

import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from gwa.common.crypto import blind_index, seal, unseal

ROW = uuid.UUID(int=7)
CELL = {"table": "registry_person", "column": "phone", "row": ROW}
FIRST_KEY = "1:" + base64.b64encode(bytes(range(32))).decode()
SECOND_KEY = "2:" + base64.b64encode(bytes(range(32, 64))).decode()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_what_is_sealed_opens_again(text):
    assert unseal(seal(text, **CELL), **CELL) == text


def test_the_same_value_never_looks_the_same():
    assert seal("+22370000000", **CELL) != seal("+22370000000", **CELL)


@pytest.mark.parametrize(
    "elsewhere", [{"table": "other"}, {"column": "other"}, {"row": uuid.UUID(int=8)}]
)
def test_a_value_moved_to_another_cell_does_not_open(elsewhere):
    with pytest.raises(InvalidTag):
        unseal(seal("secret", **CELL), **(CELL | elsewhere))


def test_an_altered_value_does_not_open():
    sealed = bytearray(seal("secret", **CELL))
    sealed[-1] ^= 1
    with pytest.raises(InvalidTag):
        unseal(bytes(sealed), **CELL)


def test_after_a_rotation_old_values_open_and_new_ones_use_the_new_key(settings):
    settings.DATA_KEYS = FIRST_KEY
    old, index = seal("secret", **CELL), blind_index("secret", kind="phone")
    settings.DATA_KEYS = f"{SECOND_KEY},{FIRST_KEY}"
    new = seal("secret", **CELL)
    assert (old[0], new[0]) == (1, 2)
    assert unseal(old, **CELL) == unseal(new, **CELL) == "secret"
    assert blind_index("secret", kind="phone") == index


def test_a_blind_index_tells_kinds_and_values_apart():
    indexes = {
        blind_index(value, kind=kind) for kind in ("nina", "phone") for value in ("1", "2", "12")
    }
    assert len(indexes) == 6
    assert {len(index) for index in indexes} == {16}


@pytest.mark.parametrize("keys", ["", "1:", "1:c2hvcnQ="])
def test_a_missing_or_short_key_is_refused(settings, keys):
    settings.DATA_KEYS = keys
    with pytest.raises(ImproperlyConfigured, match="GWA_DATA_KEYS"):
        seal("secret", **CELL)
