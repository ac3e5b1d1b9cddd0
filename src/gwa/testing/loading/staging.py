"""COPY into a private table, then INSERT … SELECT: the bulk way under row-level security."""

from collections.abc import Mapping, Sequence

from django.db import connection
from psycopg import sql

from gwa.testing.loading.copying import copy_into


class Stage:
    """A temporary table with some columns of a protected one; the others are the same for all."""

    def __init__(self, table: str, columns: Sequence[str], same: Mapping[str, object]) -> None:
        self._name = f"stage_{table}"
        self._columns = tuple(columns)
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        everything = sql.SQL(", ").join(map(sql.Identifier, (*columns, *same)))
        values = sql.SQL(", ").join(map(sql.Literal, same.values()))
        self._pour = sql.SQL("INSERT INTO {} ({}) SELECT {}{} FROM {}").format(
            sql.Identifier(table),
            everything,
            names,
            sql.SQL(", {}").format(values) if same else sql.SQL(""),
            sql.Identifier(self._name),
        )
        with connection.cursor() as cursor:
            cursor.execute(
                sql.SQL(
                    "CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA"
                ).format(sql.Identifier(self._name), names, sql.Identifier(table))
            )

    def pour(self, rows: bytes) -> int:
        """Send rows in COPY's text format and move them on; give their number."""
        copy_into(self._name, self._columns, rows)
        with connection.cursor() as cursor:
            cursor.execute(self._pour)
            count: int = cursor.rowcount
            cursor.execute(sql.SQL("TRUNCATE {}").format(sql.Identifier(self._name)))
        return count
