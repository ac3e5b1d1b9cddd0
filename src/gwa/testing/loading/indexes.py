"""Indexes, keys and triggers put aside while an empty registry is filled, and put back after.

Only the owner of the tables can; the application loads with everything in place, which is quick
enough for some ten thousand households. All of it is inside the load's transaction: if anything
fails, nothing has changed.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

# Foreign keys, unique and exclusion constraints. Primary keys stay, ids come in growing order;
# checks stay, they look at each row as it comes.
_CONSTRAINTS = """
SELECT format('%%s', conrelid::regclass), quote_ident(conname), pg_get_constraintdef(oid)
FROM pg_constraint
WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'u', 'x')
ORDER BY contype = 'f', conname
"""
_INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index i
WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary
AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype <> 'f')
"""
_TRIGGERS = """
SELECT tgrelid::regclass::text, quote_ident(tgname) FROM pg_trigger
WHERE tgrelid = ANY(%s::regclass[]) AND NOT tgisinternal
"""


def owns(table: str) -> bool:
    """Tell whether this connection is the table's owner."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relowner = to_regrole(current_user) FROM pg_class WHERE oid = %s::regclass",
            [table],
        )
        return bool(cursor.fetchone()[0])


@contextmanager
def put_aside(tables: Sequence[str]) -> Iterator[None]:
    """Fill the tables bare, then build every index and check every key once."""
    with connection.cursor() as cursor:
        constraints = _query(_CONSTRAINTS, tables)
        for table, name, _ in reversed(constraints):
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        indexes = _query(_INDEXES, tables)
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        triggers = _query(_TRIGGERS, tables)
        for table, name in triggers:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
        yield
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for _, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in constraints:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
        for table, name in triggers:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {name}")


def _query(statement: str, tables: Sequence[str]) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(tables)])
        rows: list[tuple[str, ...]] = cursor.fetchall()
        return rows
