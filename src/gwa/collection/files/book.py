"""What a file looks like once opened, whatever its format: sheets, their columns, their rows."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gwa.collection.files import errors

Cell = str | int | float | Decimal | bool | dt.date | dt.datetime | None
Row = tuple[int, tuple[Cell, ...]]


class Unreadable(str):
    """A cell that shows something and says nothing: an error, a formula without its value.

    It is the text people see in the cell, so that it can be given back as it came; `sentence` says
    why it cannot be taken as a value. A reader of cells refuses it before anything else.
    """

    __slots__ = ("sentence",)
    sentence: str | Promise

    def __new__(cls, shown: str, sentence: str | Promise) -> "Unreadable":
        cell = super().__new__(cls, shown)
        cell.sentence = sentence
        return cell


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader of the file should know, though nothing is refused."""

    code: str
    message: str | Promise
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The sentence in the reader's language."""
        return str(self.message) % self.facts if self.facts else str(self.message)


@dataclass(frozen=True, slots=True)
class Merge:
    """A block of merged cells, counted from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __str__(self) -> str:
        first = f"{column_letters(self.first_column)}{self.first_row}"
        return f"{first}:{column_letters(self.last_column)}{self.last_row}"


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet before its header is known: what each format gives."""

    name: str
    # Each call reads again from the first line; wholly empty lines may be left out.
    open_rows: Callable[[], Iterator[tuple[int, Sequence[Cell]]]]
    row_count: int | None = None
    merges: tuple[Merge, ...] = ()
    notices: tuple[Notice, ...] = ()
    # What a file without header line still knows (Parquet).
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with its columns, as people named them; names are trimmed and made unique."""

    name: str
    columns: tuple[str, ...]
    # How many lines lie under the header, as the file tells it: right to show progress by.
    row_count: int | None
    header_row: int
    notices: tuple[Notice, ...] = ()
    # The header line as it stands, to know it again further down (files put end to end).
    titles: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """A file that was recognised and found safe to read."""

    format: str
    sheets: tuple[Sheet, ...]
    tables: Mapping[str, Table]
    encoding: str = ""
    separator: str = ""
    # Sheets that cannot be read, with the reason.
    notices: tuple[Notice, ...] = ()

    def sheet(self, name: str) -> Sheet:
        """Return the sheet of this name."""
        found = next((sheet for sheet in self.sheets if sheet.name == name), None)
        if found is None:
            names = ", ".join(sheet.name for sheet in self.sheets)
            raise errors.NoSuchSheet(sheet=name, sheets=names)
        return found

    def rows(self, sheet_name: str) -> Iterator[Row]:
        """Stream the lines under the header: line number as a spreadsheet shows it, cells.

        There is one cell per column. Empty lines and repetitions of the header are passed over;
        merged cells say the same on each of their lines.
        """
        sheet, table = self.sheet(sheet_name), self.tables[sheet_name]
        for number, cells in _fill_merged(table.open_rows(), table.merges):
            if number <= sheet.header_row:
                continue
            clean = _fit(cells, len(sheet.columns))
            if clean != sheet.titles and clean.count(None) < len(clean):
                yield number, clean


def _fill_merged(
    rows: Iterator[tuple[int, Sequence[Cell]]], merges: Sequence[Merge]
) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Repeat the first cell of each block down its lines: a household merged over its members."""
    waiting = [merge for merge in merges if merge.last_row > merge.first_row]
    if not waiting:
        yield from rows
        return
    waiting.sort(key=lambda merge: merge.first_row, reverse=True)
    filling: dict[int, tuple[int, Cell]] = {}
    for number, cells in rows:
        filling = {place: block for place, block in filling.items() if block[0] >= number}
        filled = _fill(cells, filling) if filling else cells
        while waiting and waiting[-1].first_row <= number:
            block, place = waiting[-1], waiting.pop().first_column - 1
            if block.first_row == number and place < len(cells):
                filling[place] = block.last_row, cells[place]
        yield number, filled


def _fill(cells: Sequence[Cell], filling: Mapping[int, tuple[int, Cell]]) -> list[Cell]:
    filled = [*cells, *[None] * (max(filling) + 1 - len(cells))]
    for place, (_last_row, value) in filling.items():
        if filled[place] is None:
            filled[place] = value
    return filled


TOO_MANY_CELLS = _(
    "Cette ligne a plus de cellules que le fichier n’a de colonnes : un séparateur se trouve sans "
    "doute dans un texte sans guillemets. Les valeurs ont pu glisser d’une colonne à l’autre."
)


def _fit(cells: Sequence[Cell], width: int) -> tuple[Cell, ...]:
    """Give the line one cell per column; where it has more, no cell of it can be trusted."""
    if len(cells) == width:
        return tuple(cells)
    if len(cells) < width:
        return (*cells, *([None] * (width - len(cells))))
    if any(cell is not None for cell in cells[width:]):
        shown = ("" if cell is None else str(cell) for cell in cells[:width])
        return tuple(Unreadable(text, TOO_MANY_CELLS) for text in shown)
    return tuple(cells[:width])


def column_letters(number: int) -> str:
    """Name a column as spreadsheets do: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
