"""Two ways into a protected table: through a private one, or straight in by its owner."""

from collections.abc import Iterable, Mapping, Sequence
from typing import LiteralString, Protocol

from django.db import connection
from psycopg import sql

from gwa.testing.loading.copying import copy_into


class Way(Protocol):
    """Takes some columns of a table; the others are the same for all rows."""

    def __init__(self, table: str, columns: Sequence[str], same: Mapping[str, object]) -> None: ...

    def pour(self, rows: bytes) -> None:
        """Send rows in COPY's text format."""

    def close(self) -> None:
        """Leave the table as it was, but for its rows."""


class Stage:
    """COPY into a temporary table, then INSERT … SELECT under the scope: what policies allow."""

    def __init__(self, table: str, columns: Sequence[str], same: Mapping[str, object]) -> None:
        self._name = f"stage_{table}"
        self._columns = tuple(columns)
        name, names = sql.Identifier(self._name), _list(map(sql.Identifier, columns))
        values = [*map(sql.Identifier, columns), *map(sql.Literal, same.values())]
        self._move = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}").format(
            sql.Identifier(table),
            _list(map(sql.Identifier, (*columns, *same))),
            _list(values),
            name,
        )
        self._empty = sql.SQL("TRUNCATE {}").format(name)
        _run(
            sql.SQL(
                "CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA"
            ).format(name, names, sql.Identifier(table)),
            # Rows only pass through: to compress their answers here would be for nothing.
            sql.SQL("ALTER TABLE {} SET (toast_tuple_target = 8160)").format(name),
        )

    def pour(self, rows: bytes) -> None:
        """Send rows and move them on."""
        copy_into(self._name, self._columns, rows)
        _run(self._move, self._empty)

    def close(self) -> None:
        """Drop the private table."""
        _run(sql.SQL("DROP TABLE {}").format(sql.Identifier(self._name)))


class Straight:
    """COPY into the table itself, by its owner, while it is bare (see `loading.bare`)."""

    def __init__(self, table: str, columns: Sequence[str], same: Mapping[str, object]) -> None:
        self._table, self._columns, self._same = table, tuple(columns), tuple(same)
        # Answers are just above the two kilobytes from which PostgreSQL compresses a row: to do so
        # takes as long as the rest of the load, and saves a third of the room.
        self._set("SET (toast_tuple_target = 8160)")
        for column, value in same.items():
            self._alter(column, sql.SQL("SET DEFAULT {}").format(sql.Literal(value)))

    def pour(self, rows: bytes) -> None:
        """Send rows."""
        copy_into(self._table, self._columns, rows, freeze=True)

    def close(self) -> None:
        """Forget the values that were the same for all."""
        self._set("RESET (toast_tuple_target)")
        for column in self._same:
            self._alter(column, sql.SQL("DROP DEFAULT"))

    def _set(self, parameter: LiteralString) -> None:
        _run(sql.SQL("ALTER TABLE {} " + parameter).format(sql.Identifier(self._table)))

    def _alter(self, column: str, change: sql.Composable) -> None:
        _run(
            sql.SQL("ALTER TABLE {} ALTER COLUMN {} {}").format(
                sql.Identifier(self._table), sql.Identifier(column), change
            )
        )


def _list(parts: Iterable[sql.Composable]) -> sql.Composed:
    return sql.SQL(", ").join(parts)


def _run(*statements: sql.Composable) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
