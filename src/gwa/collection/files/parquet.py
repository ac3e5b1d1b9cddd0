"""Parquet files, read by Polars in batches once their plan is known to be harmless."""

import datetime as dt
import math
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from gwa.collection.files import errors, limits
from gwa.collection.files.book import Book, Cell, Table
from gwa.collection.files.headers import make_book
from gwa.collection.files.parquet_footer import read_plan
from gwa.collection.files.xlsx_styles import exact

_NAME = "Parquet"
_BATCH = 5_000
_SIMPLE = (pl.String, pl.Categorical, pl.Enum, pl.Boolean, pl.Date, pl.Datetime, pl.Time, pl.Null)


def open_parquet(path: Path) -> Book:
    """Open a Parquet file: one sheet, whose columns name themselves."""
    plan = read_plan(path)
    frame = _scan(path)
    try:
        schema = frame.collect_schema()
    except (pl.exceptions.PolarsError, OSError):
        raise errors.Damaged(where=_NAME) from None
    for column, kind in schema.items():
        if not (kind.is_numeric() or isinstance(kind, _SIMPLE)):
            raise errors.NestedColumn(column=column)
    table = Table(
        name=_NAME,
        open_rows=lambda: _read(path, schema),
        row_count=plan.row_count,
        columns=tuple(schema),
    )
    return make_book("parquet", [table])


def _scan(path: Path) -> pl.LazyFrame:
    return pl.scan_parquet(path, glob=False, hive_partitioning=False, use_statistics=False)


def _read(path: Path, schema: pl.Schema) -> Iterator[tuple[int, Sequence[Cell]]]:
    readers = [_reader(kind) for kind in schema.values()]
    number = 0
    try:
        for batch in _scan(path).collect_batches(chunk_size=_BATCH, lazy=True):
            _refuse_long(batch, number)
            columns = [
                [read(value) for value in batch[name]]
                for name, read in zip(batch.columns, readers, strict=True)
            ]
            for cells in zip(*columns, strict=True):
                number += 1
                if any(cell is not None for cell in cells):
                    yield number, cells
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError):
        raise errors.Damaged(where=_NAME) from None


def _refuse_long(batch: pl.DataFrame, number: int) -> None:
    """A dictionary of huge texts is small in the file, and immense once each line has its own."""
    for column in batch.select(pl.selectors.string()).iter_columns():
        longest = column.str.len_bytes().max()
        if isinstance(longest, int) and longest > limits.MAX_CELL:
            raise errors.CellTooLong(sheet=_NAME, line=number + 1, limit=limits.MAX_CELL)


def _reader(kind: pl.DataType) -> Callable[[Any], Cell]:
    if isinstance(kind, pl.String | pl.Categorical | pl.Enum):
        return _text
    if kind.is_float():
        return _number
    if isinstance(kind, pl.Datetime):
        return _moment
    return _clock if isinstance(kind, pl.Time) else _as_is


def _as_is(value: Cell) -> Cell:
    return value


def _text(value: str | None) -> Cell:
    return value.strip() or None if value is not None else None


def _number(value: float | None) -> Cell:
    """Whole numbers with holes are kept as fractions by many tools: 76.0 is 76."""
    if value is None or math.isnan(value):
        return None
    return exact(repr(value))


def _moment(value: dt.datetime | None) -> Cell:
    if value is None:
        return None
    return value.date() if value.time() == dt.time.min else value


def _clock(value: dt.time | None) -> Cell:
    return value.isoformat("minutes") if value is not None else None
