"""Sealing again, under the newest data key, what an older one sealed.

Runs as the owner, batch by batch, each in its own transaction: a rotation that is stopped goes on
where it was, because it only looks for values that another key sealed. Blind indexes keep the
oldest key. Versions of rows hold sealed values too and are sealed again with them. Nothing that
people know changes, so no history is written: the trigger rests for the length of a batch.
"""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from psycopg.types.json import Jsonb

from gwa.accounts.adapters import SecondFactorAdapter
from gwa.accounts.recovery_codes import HASHES
from gwa.common.crypto import current_key_id, seal_bytes, unseal_bytes
from gwa.common.drafts import seal_drafts_again
from gwa.common.scope import everywhere
from gwa.common.sealed_files import seal_again, sealed_files

BATCH = 20_000


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A column of sealed values: the name it was bound to, and its form in the table."""

    table: str
    column: str
    bound_as: str
    # How SQL reads the bytes from the column, and writes `fresh.value` into it.
    read: str
    write: str
    # What precedes the hexadecimal digits in a version's JSON.
    prefix: str = ""
    where: str = "true"
    where_before: str = "true"
    has_history: bool = True
    # How many are held in memory at once.
    batch: int = BATCH


def bytes_in(
    table: str, column: str, bound_as: str, *, has_history: bool = True, batch: int = BATCH
) -> SealedColumn:
    """Return a column that holds sealed bytes as they are."""
    return SealedColumn(
        table,
        column,
        bound_as,
        column,
        "fresh.value",
        prefix=r"\x",
        has_history=has_history,
        batch=batch,
    )


# Modules above add theirs when they are loaded. Drafts are apart: see `gwa.common.drafts`.
SEALED_COLUMNS = [
    bytes_in("accounts_machineanswer", "sealed", "sealed", has_history=False),
    bytes_in("registry_person", "phone_sealed", "phone"),
    bytes_in("registry_identifier", "value_sealed", "value"),
    SealedColumn(
        "registry_statement",
        "value",
        "value",
        read="decode(value #>> '{}', 'hex')",
        write="to_jsonb(encode(fresh.value, 'hex'))",
        # As in Statement.set_value: an unknown phone is not sealed.
        where="field = 'phone' AND value #>> '{}' <> ''",
        where_before="row_before->>'field' = 'phone'",
    ),
]


def rotate_keys() -> Iterator[int]:
    """Seal again what other keys than the current one sealed; yield the number done so far."""
    done = _rotate_second_factors() + seal_drafts_again()
    done += sum(map(seal_again, sealed_files()))
    yield done
    for sealed in SEALED_COLUMNS:
        for rotate in (_rotate_rows, _rotate_versions) if sealed.has_history else (_rotate_rows,):
            while count := rotate(sealed):
                done += count
                yield done


def _rotate_second_factors() -> int:
    """Seal again the secrets of second factors: few, so one by one."""
    adapter, done = SecondFactorAdapter(), 0

    def seal_secret_again(text: str) -> str:
        nonlocal done
        if base64.b64decode(text)[0] == current_key_id():
            return text
        done += 1
        return adapter.encrypt(adapter.decrypt(text))

    with transaction.atomic():
        for factor in Authenticator.objects.select_for_update():
            for name in {"secret", "seed"} & factor.data.keys():
                factor.data[name] = seal_secret_again(factor.data[name])
            if HASHES in factor.data:
                factor.data[HASHES] = [seal_secret_again(text) for text in factor.data[HASHES]]
            factor.save(update_fields=["data"])
    return done


def _seal_again(value: bytes, sealed: SealedColumn, row: UUID) -> bytes:
    content = unseal_bytes(value, table=sealed.table, column=sealed.bound_as, row=row)
    return seal_bytes(content, table=sealed.table, column=sealed.bound_as, row=row)


def _rotate_rows(sealed: SealedColumn) -> int:
    # Names and expressions are those of SEALED_COLUMNS; values are parameters.
    find = f"""
        SELECT id, {sealed.read} FROM {sealed.table}
        WHERE {sealed.where} AND get_byte({sealed.read}, 0) <> %s LIMIT %s"""  # noqa: S608
    replace = f"""
        UPDATE {sealed.table} t SET {sealed.column} = {sealed.write}
        FROM unnest(%s::uuid[], %s::bytea[]) fresh (id, value) WHERE t.id = fresh.id"""  # noqa: S608
    with transaction.atomic(), everywhere(), connection.cursor() as cursor:
        if sealed.has_history:
            cursor.execute(f"ALTER TABLE {sealed.table} DISABLE TRIGGER record_version")
        cursor.execute(find, [current_key_id(), sealed.batch])
        rows = [(row, _seal_again(value, sealed, row)) for row, value in cursor.fetchall()]
        cursor.execute(replace, [[row for row, _ in rows], [value for _, value in rows]])
        if sealed.has_history:
            cursor.execute(f"ALTER TABLE {sealed.table} ENABLE TRIGGER record_version")
    return len(rows)


def _rotate_versions(sealed: SealedColumn) -> int:
    """Seal again the old values kept in history, where they stand as hexadecimal text."""
    find = f"""
        SELECT id, row_id, row_before->>%s FROM registry_version
        WHERE table_name = %s AND {sealed.where_before} AND row_before->>%s <> ''
        AND left(row_before->>%s, %s) <> %s LIMIT %s"""  # noqa: S608
    start = f"{sealed.prefix}{current_key_id():02x}"
    name = sealed.column
    with transaction.atomic(), everywhere(), connection.cursor() as cursor:
        # The history is append-only for everyone; its owner may pass for this one purpose.
        cursor.execute("ALTER TABLE registry_version NO FORCE ROW LEVEL SECURITY")
        cursor.execute(find, [name, sealed.table, name, name, len(start), start, BATCH])
        rows = [
            (version, _seal_again(bytes.fromhex(text[len(sealed.prefix) :]), sealed, row))
            for version, row, text in cursor.fetchall()
        ]
        cursor.execute(
            "UPDATE registry_version v SET row_before = row_before || fresh.part"
            " FROM unnest(%s::bigint[], %s::jsonb[]) fresh (id, part) WHERE v.id = fresh.id",
            [
                [version for version, _ in rows],
                [Jsonb({name: f"{sealed.prefix}{value.hex()}"}) for _, value in rows],
            ],
        )
        cursor.execute("ALTER TABLE registry_version FORCE ROW LEVEL SECURITY")
    return len(rows)
