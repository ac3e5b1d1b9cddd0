"""The zones that hold rows, and the rows of some of them, table by table."""

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
from gwa.snapshots.rules.pieces import Piece

_HOUSEHOLDS = "SELECT zone_path, count(*) FROM registry_household GROUP BY zone_path"
# From one zone to the next in the index, whatever many rows each has.
_ZONES = sql.SQL("""
    WITH RECURSIVE zone(path) AS (
        (SELECT zone_path FROM {table} ORDER BY zone_path LIMIT 1)
        UNION ALL
        SELECT (
            SELECT zone_path FROM {table} WHERE zone_path > zone.path ORDER BY zone_path LIMIT 1
        ) FROM zone WHERE zone.path IS NOT NULL
    )
    SELECT path FROM zone WHERE path IS NOT NULL
""")
_IN_PIECE = "{alias}.zone_path = ANY(%(zones)s)"


def list_zones(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """List the zones that hold rows of any table, by path, with how many households each has."""
    counts = dict(connection.execute(_HOUSEHOLDS).fetchall())
    for table in ("registry_person", "registry_membership"):
        paths = connection.execute(_ZONES.format(table=sql.Identifier(table))).fetchall()
        counts = {**dict.fromkeys((path for (path,) in paths), 0), **counts}
    return dict(sorted(counts.items()))


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
        source=f"FROM registry_household h WHERE {_IN_PIECE.format(alias='h')}",
        values={"zones": list(piece)},
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
        source=f"FROM registry_person p WHERE {_IN_PIECE.format(alias='p')}",
        values={"zones": list(piece)},
        alias="p",
        answers=answers,
    )


def read_memberships(connection: psycopg.Connection[Any], piece: Piece) -> Rows:
    """Read the memberships of a piece, present and past, in no order."""
    return read_rows(
        connection,
        fields=MEMBERSHIP_FIELDS,
        source=f"FROM registry_membership m WHERE {_IN_PIECE.format(alias='m')}",
        values={"zones": list(piece)},
    )
