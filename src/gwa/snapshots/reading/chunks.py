"""The rows of one chunk of the country, table by table."""

from collections.abc import Iterator, Mapping
from typing import Any

import psycopg
from psycopg import sql

from gwa.snapshots.reading.answers import AnswerReader
from gwa.snapshots.reading.rows import Rows, read_rows
from gwa.snapshots.reading.shapes import (
    MEMBERSHIP_FIELDS,
    NAME_FIELDS,
    PERSON_FIELDS,
    Field,
)
from gwa.snapshots.rules.chunks import Chunk, chunk_of

_IN_CHUNK = "{alias}.zone_path >= %(from)s AND {alias}.zone_path < %(to)s"
TABLES = ("registry_household", "registry_person", "registry_membership")
_NEXT = sql.SQL("SELECT zone_path FROM {} WHERE zone_path >= %s ORDER BY zone_path LIMIT 1")


def list_chunks(connection: psycopg.Connection[Any]) -> list[Chunk]:
    """List the chunks that hold rows, jumping from one to the next in the index."""
    return sorted({chunk for table in TABLES for chunk in _chunks_of(connection, table)})


def _chunks_of(connection: psycopg.Connection[Any], table: str) -> Iterator[Chunk]:
    query = _NEXT.format(sql.Identifier(table))
    start = ""
    while found := connection.execute(query, [start]).fetchone():
        chunk = chunk_of(found[0])
        yield chunk
        start = chunk.end


def range_of(chunk: Chunk) -> dict[str, object]:
    """The parameters that limit a query to a chunk."""
    return {"from": chunk.path, "to": chunk.end}


def in_chunk(alias: str) -> str:
    """The condition that a table's row lies in the chunk."""
    return _IN_CHUNK.format(alias=alias)


def read_households(
    connection: psycopg.Connection[Any],
    chunk: Chunk,
    *,
    fields: tuple[Field, ...],
    answers: AnswerReader,
    where: str = "true",
    values: Mapping[str, object] | None = None,
) -> Rows:
    """Read the households of a chunk, in no order."""
    return read_rows(
        connection,
        fields=fields,
        source=f"FROM registry_household h WHERE {in_chunk('h')} AND {where}",
        values={**range_of(chunk), **(values or {})},
        alias="h",
        answers=answers,
    )


def read_persons(
    connection: psycopg.Connection[Any], chunk: Chunk, *, answers: AnswerReader
) -> Rows:
    """Read the persons of a chunk with their names, in no order."""
    return read_rows(
        connection,
        fields=(*PERSON_FIELDS, *NAME_FIELDS),
        source=f"FROM registry_person p WHERE {in_chunk('p')}",
        values=range_of(chunk),
        alias="p",
        answers=answers,
    )


def read_memberships(connection: psycopg.Connection[Any], chunk: Chunk) -> Rows:
    """Read the memberships of a chunk, present and past, in no order."""
    return read_rows(
        connection,
        fields=MEMBERSHIP_FIELDS,
        source=f"FROM registry_membership m WHERE {in_chunk('m')}",
        values=range_of(chunk),
    )
