"""The rows of a piece of the country, table by table."""

from collections import Counter
from collections.abc import Iterator
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
from gwa.snapshots.rules.chunks import Chunk, Piece, chunk_of

_IN_PIECE = "{alias}.zone_path >= %(from)s AND {alias}.zone_path < %(to)s"
_HOUSEHOLDS = "SELECT zone_path, count(*) FROM registry_household GROUP BY zone_path"
_NEXT = sql.SQL("SELECT zone_path FROM {} WHERE zone_path >= %s ORDER BY zone_path LIMIT 1")


def list_chunks(connection: psycopg.Connection[Any]) -> dict[Chunk, int]:
    """List the chunks that hold rows of any table, in order, with how many households each has."""
    counts: Counter[Chunk] = Counter()
    for zone_path, households in connection.execute(_HOUSEHOLDS):
        counts[chunk_of(zone_path)] += households
    # The others have few more: jump from one to the next in the index.
    for table in ("registry_person", "registry_membership"):
        counts.update(dict.fromkeys(_chunks_of(connection, table), 0))
    return dict(sorted(counts.items()))


def _chunks_of(connection: psycopg.Connection[Any], table: str) -> Iterator[Chunk]:
    query = _NEXT.format(sql.Identifier(table))
    start = ""
    while found := connection.execute(query, [start]).fetchone():
        chunk = chunk_of(found[0])
        yield chunk
        start = chunk.end


def range_of(piece: Piece) -> dict[str, object]:
    """The parameters that limit a query to a piece."""
    return {"from": piece.start, "to": piece.end}


def in_piece(alias: str) -> str:
    """The condition that a table's row lies in the piece."""
    return _IN_PIECE.format(alias=alias)


def read_households(
    connection: psycopg.Connection[Any],
    piece: Piece,
    *,
    fields: tuple[Field, ...],
    answers: AnswerReader,
) -> Rows:
    """Read the households of a piece, in no order."""
    return read_rows(
        connection,
        fields=fields,
        source=f"FROM registry_household h WHERE {in_piece('h')}",
        values=range_of(piece),
        alias="h",
        answers=answers,
    )


def read_persons(
    connection: psycopg.Connection[Any], piece: Piece, *, answers: AnswerReader
) -> Rows:
    """Read the persons of a piece with their names, in no order."""
    return read_rows(
        connection,
        fields=(*PERSON_FIELDS, *NAME_FIELDS),
        source=f"FROM registry_person p WHERE {in_piece('p')}",
        values=range_of(piece),
        alias="p",
        answers=answers,
    )


def read_memberships(connection: psycopg.Connection[Any], piece: Piece) -> Rows:
    """Read the memberships of a piece, present and past, in no order."""
    return read_rows(
        connection,
        fields=MEMBERSHIP_FIELDS,
        source=f"FROM registry_membership m WHERE {in_piece('m')}",
        values=range_of(piece),
    )
