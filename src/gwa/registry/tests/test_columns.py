"""Columns of files: one name, one meaning, in and out."""

from pathlib import Path

import pytest

from gwa.registry import columns
from gwa.registry.columns import HOUSEHOLD_COLUMNS, PERSON_COLUMNS, Way, columns_of, right_to_read
from gwa.registry.models import Identifier
from gwa.variables.files import read_folder
from gwa.variables.rules.definitions import Level, Storage, ValueType

SHARED = {"household_id", "household_key", "ended_on", "dictionary_version"}


@pytest.fixture(scope="module")
def dictionary():
    return read_folder(Path("questionnaires/rsu-menage")).dictionary


@pytest.mark.parametrize("level", list(Level))
def test_no_column_bears_the_name_of_a_variable(dictionary, level):
    assert not set(columns_of(level)) & set(dictionary.by_name)


def test_only_the_link_between_the_two_sheets_is_in_both():
    assert set(columns_of(Level.HOUSEHOLD)) & set(columns_of(Level.PERSON)) == SHARED


def test_every_kind_of_number_has_its_sealed_column():
    sealed = {column.name for column in PERSON_COLUMNS if column.is_sealed}
    assert sealed == {f"identifier_{kind}" for kind in Identifier.Kind.values}
    assert all(columns_of(Level.PERSON)[name].right == columns.READ_IDENTIFIER for name in sealed)


def test_a_choice_says_its_choices():
    for column in (*HOUSEHOLD_COLUMNS, *PERSON_COLUMNS):
        assert (column.choices is not None) == (column.type == ValueType.CHOICE), column.name


def test_what_a_file_may_only_bring_is_never_given():
    brought = {c.name for c in (*HOUSEHOLD_COLUMNS, *PERSON_COLUMNS) if c.way == Way.IN}
    assert brought == {"household_key", "birth_year", "age", "age_on"}


def test_numbers_and_origins_need_their_right(dictionary):
    needed = {
        name: right_to_read(variable)
        for name, variable in dictionary.by_name.items()
        if variable.storage == Storage.REGISTRY and right_to_read(variable)
    }
    assert needed == {
        "nina": "registry.read_identifier",
        "phone": "registry.read_identifier",
        "origin": "registry.read_origin",
        "arrived_on": "registry.read_origin",
    }
    assert sorted(columns.SEALED_VARIABLES) == ["nina", "phone"]


def test_sensitive_answers_need_their_right(dictionary):
    assert right_to_read(dictionary.by_name["wg_seeing"]) == "registry.read_sensitive"
    assert right_to_read(dictionary.by_name["area"]) == ""
