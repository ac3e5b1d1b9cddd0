"""One query a piece: PostgreSQL puts the rows together, so that no row is handled one by one here.

`string_agg` gives the typed columns of all rows as the text of composite values, and their answers
as lines of JSON; both are made of the same rows in the same order. Parsing then runs in Polars,
outside Python's lock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl
import psycopg
from psycopg import sql

from gwa.snapshots.reading.answers import AnswerReader, Unreadable
from gwa.snapshots.reading.shapes import Field

_QUERY = """
    SELECT convert_to(string_agg(line, E'\\n'), 'UTF8'),
        convert_to(string_agg(answers, E'\\n'), 'UTF8')
    FROM (SELECT ROW(0, {columns}, 0)::text AS line, {answers} AS answers {source}) AS read
"""
_VERSION = "dictionary_version_id"


@dataclass(frozen=True, slots=True)
class Rows:
    """What one query gave: a column a field and a variable, and what could not be read."""

    frame: pl.DataFrame
    unreadable: Unreadable = field(default_factory=list)


def read_rows(
    connection: psycopg.Connection[Any],
    *,
    fields: Sequence[Field],
    source: str,
    values: Mapping[str, object],
    alias: str = "",
    answers: AnswerReader | None = None,
) -> Rows:
    """Read the rows of `source` (FROM … WHERE … ORDER BY …), with the answers of the table `alias`.

    The order must be total where files are compared: the same rows then give the same bytes.
    """
    versioned = [*fields]
    if answers is not None:
        versioned.append(Field(_VERSION, f"{alias}.{_VERSION}", pl.Int64()))
    query = _QUERY.format(
        columns=", ".join(column.sql for column in versioned),
        answers=answers.sql(alias) if answers is not None else "NULL::text",
        source=source,
    )
    with connection.cursor(binary=True) as cursor:
        cursor.execute(sql.SQL(query), values)
        lines, texts = cursor.fetchone() or (None, None)
    frame = _parse(lines, versioned)
    if answers is None:
        return Rows(frame)
    columns, unreadable = answers.read(texts or b"", frame[_VERSION])
    return Rows(pl.concat([frame.drop(_VERSION), columns], how="horizontal"), unreadable)


def _parse(lines: bytes | None, fields: Sequence[Field]) -> pl.DataFrame:
    """Read the text of composite values: as CSV, with backslashes doubled and brackets around."""
    wanted = {column.name: column.type for column in fields}
    if lines is None:
        return pl.DataFrame(schema=wanted)
    raw = {
        column.name: pl.String() if _is_read_as_text(column.type) else column.type
        for column in fields
    }
    frame = pl.read_csv(
        lines, has_header=False, schema={"_open": pl.String(), **raw, "_close": pl.String()}
    )
    return frame.select(
        _unescape(pl.col(name), kind, has_backslash=b"\\" in lines) for name, kind in wanted.items()
    )


def _is_read_as_text(kind: pl.DataType) -> bool:
    return isinstance(kind, pl.Boolean | pl.Enum)


def _unescape(column: pl.Expr, kind: pl.DataType, *, has_backslash: bool) -> pl.Expr:
    if isinstance(kind, pl.Boolean):
        return column == "t"
    if isinstance(kind, pl.Enum):
        return column.cast(kind)
    if isinstance(kind, pl.String) and has_backslash:
        return column.str.replace_all("\\\\", "\\", literal=True)
    return column
