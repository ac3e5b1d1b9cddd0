"""What a list brought, undone as a whole: rows that came go, rows that changed are as before."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from gwa.common.scope import everywhere
from gwa.journal.actions import current_change_id
from gwa.journal.events import name_of
from gwa.registry.actions.undo import TRACKED, replay
from gwa.registry.models import Household, Source, Version
from gwa.registry.search_index import index_names

_BATCH = 5_000
# The list's own rows. What it updated has versions under its change.
_REGISTERED = """
CREATE TEMPORARY TABLE taken_household ON COMMIT DROP AS
    SELECT id FROM registry_household WHERE source_id = %(source)s
    AND NOT EXISTS (SELECT FROM registry_version v WHERE v.row_id = registry_household.id
                    AND v.operation = 'I');
CREATE UNIQUE INDEX ON taken_household (id);
CREATE TEMPORARY TABLE taken_person ON COMMIT DROP AS
    SELECT DISTINCT m.person_id AS id FROM registry_membership m
    JOIN taken_household h ON h.id = m.household_id WHERE m.source_id = %(source)s;
CREATE UNIQUE INDEX ON taken_person (id);
ANALYZE taken_household; ANALYZE taken_person;
"""
# Whatever touched them under another change and left them otherwise than the list did: what was
# undone since, or taken back, counts for nothing. The first is named.
_NOW = " ".join(
    f"WHEN '{table}' THEN (SELECT to_jsonb(t) FROM {table} t WHERE t.id = row_id)"  # noqa: S608
    for table in TRACKED
)
_CHANGED_SINCE = f"""
SELECT household_id, change_id FROM (
    SELECT DISTINCT ON (row_id) * FROM (
        SELECT v.household_id, v.change_id, v.id, v.row_id, v.table_name, v.row_before
        FROM registry_version v
        JOIN taken_household h ON h.id = v.household_id WHERE v.change_id <> %(change)s
        UNION ALL
        SELECT m.household_id, v.change_id, v.id, v.row_id, v.table_name, v.row_before
        FROM registry_version v
        JOIN taken_person p ON p.id = v.person_id
        JOIN registry_membership m ON m.person_id = p.id WHERE v.change_id <> %(change)s
        UNION ALL
        SELECT v.household_id, later.change_id, later.id, later.row_id, later.table_name,
            later.row_before
        FROM registry_version v
        JOIN registry_version later ON later.row_id = v.row_id AND later.id > v.id
            AND later.change_id <> %(change)s
        WHERE v.change_id = %(change)s
        UNION ALL
        SELECT v.household_id, later.change_id, later.id, later.row_id, later.table_name,
            later.row_before
        FROM registry_version v
        JOIN registry_version later ON later.household_id = v.household_id AND later.id > v.id
            AND later.change_id <> %(change)s
        WHERE v.change_id = %(change)s
    ) AS since ORDER BY row_id, id
) AS first
WHERE row_before IS DISTINCT FROM (CASE table_name {_NOW} END)
ORDER BY id
"""  # noqa: S608 (names of our own tables)
# Rows of others that name the list's rows without having touched them.
_REFERRED = """
SELECT h.id, NULL::uuid FROM taken_household h WHERE EXISTS (
    SELECT FROM registry_membership m WHERE m.household_id = h.id AND m.source_id <> %(source)s
) OR EXISTS (SELECT FROM registry_document d WHERE d.household_id = h.id)
UNION ALL
SELECT m.household_id, NULL FROM registry_identifier mine
JOIN taken_person p ON p.id = mine.person_id
JOIN registry_membership m ON m.person_id = p.id
WHERE NOT mine.is_claim AND EXISTS (
    SELECT FROM registry_identifier other
    WHERE other.value_index = mine.value_index AND other.kind = mine.kind AND other.is_claim
    AND other.person_id NOT IN (SELECT id FROM taken_person)
)
"""
_REMOVE = (
    "DELETE FROM registry_personname USING taken_person t WHERE person_id = t.id",
    "DELETE FROM registry_statement USING taken_person t WHERE subject_id = t.id",
    "DELETE FROM registry_statement USING taken_household t WHERE subject_id = t.id",
    "DELETE FROM registry_identifier USING taken_person t WHERE person_id = t.id",
    "DELETE FROM registry_householdorigin USING taken_household t WHERE household_id = t.id",
    "DELETE FROM registry_membership USING taken_household t WHERE household_id = t.id",
    "DELETE FROM registry_household USING taken_household t WHERE registry_household.id = t.id",
    "DELETE FROM registry_person USING taken_person t WHERE registry_person.id = t.id",
)


@dataclass(frozen=True, slots=True)
class StoodOn:
    """What was built on a list: how many households, and the first."""

    count: int
    registry_number: str
    what: str


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What went, and how many rows are as they were before."""

    households: int
    persons: int
    restored: int


def find_stood_on(*, source: Source, change_id: UUID) -> StoodOn | None:
    """Say what keeps a list from being taken back; None where nothing does.

    Looks everywhere: what was built elsewhere counts too.
    """
    with everywhere(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS taken_household, taken_person")
        cursor.execute(_REGISTERED, {"source": source.pk})
        facts = {"source": source.pk, "change": change_id}
        cursor.execute(_CHANGED_SINCE, facts)
        found: list[tuple[UUID | None, UUID | None]] = cursor.fetchall()
        cursor.execute(_REFERRED, facts)
        found += cursor.fetchall()
        if not found:
            return None
        households = {household for household, _change in found}
        first, change = found[0]
        number = Household.objects.filter(pk__in=[first]).values_list("registry_number", flat=True)
        return StoodOn(len(households), number.first() or "—", _what(cursor, change))


def _what(cursor: CursorWrapper, change: UUID | None) -> str:
    if change is None:
        return _("une autre fiche s’y rattache")
    cursor.execute("SELECT action FROM journal_entry WHERE change_id = %s LIMIT 1", [change])
    row = cursor.fetchone()
    return name_of(row[0]) if row else _("modifié")


def take_back_rows(*, source: Source, change_id: UUID) -> TakenBack:
    """Undo a list. Call `find_stood_on` before, in the same transaction; a step of an open change.

    What goes leaves its versions, as every removal does.
    """
    current_change_id()  # refuses to write outside a change
    restored, persons = 0, set[UUID]()
    with everywhere():
        for versions in _versions_of(change_id):
            replay(versions)
            restored += len(versions)
            persons |= {version.person_id for version in versions if version.person_id}
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        counts = {}
        for statement in _REMOVE:
            cursor.execute(statement)
            counts[statement.split()[2]] = cursor.rowcount
    index_names(persons)
    return TakenBack(counts["registry_household"], counts["registry_person"], restored)


def _versions_of(change_id: UUID) -> Iterator[list[Version]]:
    """The versions of a change, the last one first."""
    before: dict[str, Any] = {}
    while True:
        rows = Version.objects.filter(change_id=change_id, **before).order_by("-id")
        versions = list(rows[:_BATCH])
        if not versions:
            return
        yield versions
        before = {"id__lt": versions[-1].id}
