"""Frames sent to PostgreSQL by COPY."""

import io
from collections.abc import Sequence

import polars as pl
from django.db import connection
from psycopg import sql


def as_copy_text(frame: pl.DataFrame) -> bytes:
    r"""The rows in COPY's text format: tabs between values, \N for nothing.

    Nothing is escaped, so values hold no tab, line feed or backslash but those of bytes (`\\x…`);
    the country's words and numbers never do.
    """
    text = io.BytesIO()
    frame.write_csv(
        text, include_header=False, separator="\t", quote_style="never", null_value="\\N"
    )
    return text.getvalue()


def copy_into(table: str, columns: Sequence[str], rows: bytes, *, freeze: bool = False) -> None:
    """Send rows in COPY's text format to a table that has no row-level security.

    `freeze` for a table that this transaction has made or emptied.
    """
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FREEZE {})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.Literal(freeze),
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(rows)
