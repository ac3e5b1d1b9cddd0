"""Nobody changes a line: the application has no grant, and the owner is stopped by a trigger."""

import datetime as dt

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from gwa.common.partitions import make_month_partitions
from gwa.common.scope import everywhere
from gwa.journal.actions import record
from gwa.journal.models import SYSTEM, Entry
from gwa.journal.queries import missing_months

CHANGES = (
    "UPDATE journal_entry SET reason = 'x'",
    "DELETE FROM journal_entry",
    "TRUNCATE journal_entry",
    "UPDATE journal_seal SET lines = 0",
    "DELETE FROM journal_leaf",
)


def execute(statement):
    with transaction.atomic(), everywhere(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES)
def test_the_application_may_not_change_the_journal(change):
    record("test.kept", actor=SYSTEM)
    with pytest.raises(DatabaseError, match="permission denied"):
        execute(change)


@pytest.mark.parametrize("change", CHANGES[:3])
def test_the_owner_is_stopped_too(owner_connection, change):
    record("test.kept", actor=SYSTEM)
    owner_connection.execute("ALTER TABLE journal_entry NO FORCE ROW LEVEL SECURITY")
    with pytest.raises(psycopg.Error, match="never changed"):
        owner_connection.execute(change)


@pytest.mark.django_db
def test_a_partition_is_no_side_door():
    month = timezone.now().strftime("%Y_%m")
    with pytest.raises(DatabaseError, match="permission denied"):
        execute(f"SELECT * FROM journal_entry_{month}")  # noqa: S608 (a date)


@pytest.mark.django_db
def test_the_next_months_have_their_partitions():
    assert missing_months(ahead=2) == []
    assert missing_months(ahead=240) == [
        "journal_entry",
        "registry_version",
        "submissions_original",
    ]


def test_lines_that_fell_into_the_rest_move_to_their_new_month(owner_connection, settings):
    later = dt.datetime(2040, 5, 10, tzinfo=dt.UTC)
    line = record("test.later", actor=SYSTEM)
    Entry.objects.create(**{**vars_of(line), "id": line.change_id, "at": later})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gwa.common.partitions.connection", OwnerCursor(owner_connection))
        assert "journal_entry_2040_05" in make_month_partitions(dt.date(2040, 5, 1), months=1)
    found = owner_connection.execute("SELECT id FROM journal_entry_2040_05").fetchall()
    assert found == [(line.change_id,)]
    with transaction.atomic(), everywhere():
        assert Entry.objects.count() == 2


def vars_of(line):
    return {field.name: getattr(line, field.name) for field in Entry._meta.fields}


class OwnerCursor:
    """The owner's connection where the code asks Django's."""

    def __init__(self, connection):
        self.cursor = connection.cursor
