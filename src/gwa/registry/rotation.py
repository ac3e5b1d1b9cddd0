"""Sealing again, under the newest data key, what an older one sealed.

Runs as the owner, batch by batch, each in its own transaction: a rotation that is stopped goes on
where it was, because it only looks for values that another key sealed. Blind indexes keep the
oldest key. Versions of rows hold sealed values too and are sealed again with them. Nothing that
people know changes, so no history is written: the trigger rests for the length of a batch.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from gwa.common.crypto import current_key_id, seal, unseal
from gwa.common.scope import everywhere

BATCH = 20_000


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A column of sealed values, and the name it was bound to when sealed."""

    table: str
    column: str
    bound_as: str


SEALED_COLUMNS = (
    SealedColumn("registry_person", "phone_sealed", "phone"),
    SealedColumn("registry_identifier", "value_sealed", "value"),
)


def rotate_keys() -> Iterator[int]:
    """Seal again what other keys than the current one sealed; yield the number done so far."""
    done = 0
    for sealed in SEALED_COLUMNS:
        for rotate in (_rotate_rows, _rotate_versions):
            while count := rotate(sealed):
                done += count
                yield done


def _seal_again(value: bytes, sealed: SealedColumn, row: UUID) -> bytes:
    text = unseal(value, table=sealed.table, column=sealed.bound_as, row=row)
    return seal(text, table=sealed.table, column=sealed.bound_as, row=row)


def _rotate_rows(sealed: SealedColumn) -> int:
    table, column = sealed.table, sealed.column
    with transaction.atomic(), everywhere(), connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER record_version")
        cursor.execute(
            f"SELECT id, {column} FROM {table}"  # noqa: S608 (names from SEALED_COLUMNS)
            f" WHERE {column} IS NOT NULL AND get_byte({column}, 0) <> %s LIMIT %s",
            [current_key_id(), BATCH],
        )
        rows = [(row, _seal_again(value, sealed, row)) for row, value in cursor.fetchall()]
        cursor.execute(
            f"UPDATE {table} t SET {column} = fresh.value"  # noqa: S608 (same)
            " FROM unnest(%s::uuid[], %s::bytea[]) fresh (id, value) WHERE t.id = fresh.id",
            [[row for row, _ in rows], [value for _, value in rows]],
        )
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER record_version")
    return len(rows)


def _rotate_versions(sealed: SealedColumn) -> int:
    """Seal again the old values kept in history, where they stand as hexadecimal text."""
    with transaction.atomic(), everywhere(), connection.cursor() as cursor:
        # The history is append-only for everyone; its owner may pass for this one purpose.
        cursor.execute("ALTER TABLE registry_version NO FORCE ROW LEVEL SECURITY")
        cursor.execute(
            "SELECT id, row_id, row_before->>%s FROM registry_version WHERE table_name = %s"
            r" AND left(row_before->>%s, 4) <> %s LIMIT %s",
            [
                sealed.column,
                sealed.table,
                sealed.column,
                f"\\x{current_key_id():02x}",
                BATCH,
            ],
        )
        rows = [
            (version, _seal_again(bytes.fromhex(text[2:]), sealed, row))
            for version, row, text in cursor.fetchall()
        ]
        cursor.execute(
            "UPDATE registry_version v SET row_before = row_before || fresh.part"
            " FROM unnest(%s::bigint[], %s::jsonb[]) fresh (id, part) WHERE v.id = fresh.id",
            [
                [version for version, _ in rows],
                [Jsonb({sealed.column: f"\\x{value.hex()}"}) for _, value in rows],
            ],
        )
        cursor.execute("ALTER TABLE registry_version FORCE ROW LEVEL SECURITY")
    return len(rows)
