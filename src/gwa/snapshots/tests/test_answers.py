"""Answers of older dictionaries, and answers that are not what the dictionary says."""

import datetime as dt

import polars as pl
from django.db import connection, transaction
from psycopg.types.json import Jsonb

from gwa.common.scope import everywhere
from gwa.snapshots.queries import read_latest
from gwa.snapshots.reading.answers import AnswerReader
from gwa.snapshots.tests.conftest import take
from gwa.testing.cast import save_row
from gwa.variables.rules.definitions import (
    ChoiceDefinition,
    Level,
    ValueType,
    VariableDefinition,
)
from gwa.variables.rules.mappings import Change, MappingKind, Output, Recode, mapping_of

ROOF = VariableDefinition(
    name="roof",
    section="housing",
    level=Level.HOUSEHOLD,
    type=ValueType.CHOICE,
    labels={"fr": "Toit", "en": "Roof"},
    choices=(ChoiceDefinition("metal", {}), ChoiceDefinition("straw", {})),
)
ROOMS = VariableDefinition(
    name="rooms",
    section="housing",
    level=Level.HOUSEHOLD,
    type=ValueType.INTEGER,
    labels={"fr": "Pièces", "en": "Rooms"},
)
READER = AnswerReader(
    variables={"roof": ROOF, "rooms": ROOMS},
    version_id=2,
    mappings={
        1: mapping_of(
            [
                Change(
                    MappingKind.RENAMED,
                    "roof_material",
                    (Output("roof", Recode({"thatch": "straw"})),),
                )
            ]
        )
    },
)


def test_answers_to_an_older_version_are_carried_to_the_one_in_force():
    lines = b'{"roof": "metal", "rooms": 2}\n{"roof_material": "thatch", "rooms": 4}'
    frame, unreadable = READER.read(lines, pl.Series([2, 1]))
    assert frame.to_dicts() == [{"roof": "metal", "rooms": 2}, {"roof": "straw", "rooms": 4}]
    assert not unreadable


def test_what_cannot_be_read_is_left_out_and_counted():
    lines = b'{"roof": "gold", "rooms": 2}\n{"roof": "metal", "rooms": "four"}\n{"gone": 1}'
    frame, unreadable = READER.read(lines, pl.Series([2, 2, 2]))
    assert frame.to_dicts() == [
        {"roof": None, "rooms": 2},
        {"roof": "metal", "rooms": None},
        {"roof": None, "rooms": None},
    ]
    assert unreadable == [(0, "roof"), (1, "rooms"), (2, "gone")]


def test_no_line_at_all_gives_the_columns():
    frame, _ = READER.read(b"", pl.Series([], dtype=pl.Int64))
    assert frame.columns == ["roof", "rooms"]


def test_text_comes_back_as_it_was_written(committed):
    awkward = 'dit « "le\\vieux" », (au fond)\nà gauche'
    with transaction.atomic(), everywhere():
        person = committed.person("Aïcha")
        person.father_name = awkward
        person.answers = {"absent_since": "2026-10"}
        save_row(row=person)
    take()
    names = read_latest().names().filter(pl.col("region") == "07").collect()
    assert names["father_name"].to_list() == [awkward]
    persons = read_latest().persons().filter(pl.col("region") == "07").collect()
    assert persons["absent_since"].to_list() == ["2026-10"]


def test_unreadable_answers_are_told_and_still_told_when_nothing_changes(committed):
    with transaction.atomic(), everywhere(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('gwa.change', '019abcde-0000-7000-8000-000000000000', true)"
        )
        cursor.execute(
            "UPDATE registry_household SET answers = answers || %s WHERE id = %s",
            [Jsonb({"rooms": "many"}), committed.household.pk],
        )
    assert take().unreadable_answers == 1
    second = take(day=dt.date(2026, 11, 23))
    assert (second.zones_read, second.unreadable_answers) == (0, 1)
