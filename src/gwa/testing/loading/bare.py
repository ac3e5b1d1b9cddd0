"""Bare tables while an empty registry is filled: keys, indexes, triggers and policies come after.

Only the owner of the tables can, and COPY then goes straight in. The application loads through
`staging`, with everything in place, which is quick enough for some ten thousand households. All of
it is inside the load's transaction: other connections never see a bare table, and if anything
fails nothing has changed.

The tables are emptied first, though they hold nothing: into files made by its own transaction
PostgreSQL writes rows that need no second visit (`COPY … FREEZE`), and where no replica follows
(`wal_level = minimal`) it writes them once instead of twice.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

# For the sorts of indexes and the comparisons of keys.
SORTING_MEMORY = "512MB"

# Every key and exclusion, and the foreign keys of other tables that point here. Checks stay: they
# look at each row as it comes.
_CONSTRAINTS = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
FROM pg_constraint
WHERE conrelid = ANY(%(tables)s::regclass[]) AND contype IN ('p', 'f', 'u', 'x')
    OR confrelid = ANY(%(tables)s::regclass[])
ORDER BY contype = 'f', conname
"""
_INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index i
WHERE indrelid = ANY(%(tables)s::regclass[])
AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype <> 'f')
"""
_TRIGGERS = """
SELECT tgrelid::regclass::text, quote_ident(tgname) FROM pg_trigger
WHERE tgrelid = ANY(%(tables)s::regclass[]) AND NOT tgisinternal
"""
_FORCED = """
SELECT oid::regclass::text FROM pg_class
WHERE oid = ANY(%(tables)s::regclass[]) AND relforcerowsecurity
"""


class TableNotEmpty(RuntimeError):
    """Rows are there: to empty the table would lose them."""


def owns(table: str) -> bool:
    """Tell whether this connection is the table's owner."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = %s::regclass", [table]
        )
        return bool(cursor.fetchone()[0])


@contextmanager
def unforced(tables: Sequence[str]) -> Iterator[None]:
    """Let the owner read tables without their policies, which hide from the planner how many rows
    a condition keeps.
    """
    forced = _query(_FORCED, tables)
    _run(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY" for (table,) in forced)
    yield
    _run(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY" for (table,) in forced)


@contextmanager
def put_aside(tables: Sequence[str]) -> Iterator[None]:
    """Fill empty tables bare, then build every index and check every key once."""
    for table in tables:
        if _query(f"SELECT FROM {table} LIMIT 1", tables):
            raise TableNotEmpty(table)
    # A table with checks left for the end of the transaction cannot be altered.
    _run(["SET CONSTRAINTS ALL IMMEDIATE"])
    constraints = _query(_CONSTRAINTS, tables)
    _run(f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name, _ in reversed(constraints))
    indexes = _query(_INDEXES, tables)
    _run(f"DROP INDEX {name}" for name, _ in indexes)
    triggers = _query(_TRIGGERS, tables)
    _run(f"ALTER TABLE {table} DISABLE TRIGGER {name}" for table, name in triggers)
    _run([f"TRUNCATE {', '.join(tables)}"])
    yield
    _run(f"ALTER TABLE {table} ENABLE TRIGGER {name}" for table, name in triggers)
    _run([f"SET LOCAL maintenance_work_mem = '{SORTING_MEMORY}'"])
    _run(definition for _, definition in indexes)
    _run(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"
        for table, name, definition in constraints
    )


def _query(statement: str, tables: Sequence[str]) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"tables": list(tables)})
        rows: list[tuple[str, ...]] = cursor.fetchall()
        return rows


def _run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
