"""Frames sent to PostgreSQL by COPY."""

from collections.abc import Sequence

import polars as pl
from django.db import connection
from psycopg import sql


def as_copy_text(frame: pl.DataFrame) -> bytes:
    r"""The rows in COPY's text format: tabs between values, \N for nothing.

    Nothing is escaped, so values hold no tab, line feed or backslash but those of bytes (`\\x…`);
    the country's words and numbers never do.
    """
    return frame.write_csv(
        include_header=False,
        separator="\t",
        quote_style="never",
        null_value="\\N",
    ).encode()


def copy_into(table: str, columns: Sequence[str], rows: bytes) -> None:
    """Send rows in COPY's text format to a table that has no row-level security."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(rows)
