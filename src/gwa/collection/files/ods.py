"""OpenDocument spreadsheets (ODS): all sheets lie one after the other in one document."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gwa.collection.files import errors, limits
from gwa.collection.files.archive import open_part
from gwa.collection.files.book import Book, Cell, Merge, Table, Unreadable
from gwa.collection.files.headers import make_book
from gwa.collection.files.markup import elements, feed, make_parser
from gwa.collection.files.xlsx_rows import ERROR_CELL, NOT_COMPUTED
from gwa.collection.files.xlsx_styles import exact

_CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_NUMBERS = {"float", "percentage", "currency"}
_ERRORS = ("#", "Err:")


def open_ods(path: Path) -> Book:
    """Open a spreadsheet that `archive.measure` found safe."""
    with open_part(path, _MANIFEST) as source:
        if any(name == "encryption-data" for name, _attributes in elements(source, _MANIFEST)):
            raise errors.Encrypted
    outlines = _outline(path)
    tables = [_table(path, place, outline) for place, outline in enumerate(outlines)]
    return make_book("ods", tables)


@dataclass(slots=True)
class _Outline:
    """What one run over the document tells of a sheet."""

    name: str
    rows: int = 0
    merges: list[Merge] = field(default_factory=list)


def _table(path: Path, place: int, outline: _Outline) -> Table:
    return Table(
        name=outline.name,
        open_rows=lambda: _read_rows(path, place),
        row_count=outline.rows,
        merges=tuple(outline.merges),
    )


def _outline(path: Path) -> list[_Outline]:
    reader = _Reader(wanted=None)
    for _rows in _run(path, reader):
        pass
    return reader.outlines


def _read_rows(path: Path, place: int) -> Iterator[tuple[int, list[Cell]]]:
    reader = _Reader(wanted=place)
    for rows in _run(path, reader):
        yield from rows
        if reader.is_past:
            return


def _run(path: Path, reader: "_Reader") -> Iterator[list[tuple[int, list[Cell]]]]:
    parser = make_parser(start=reader.start, end=reader.end, text=reader.text)
    with open_part(path, _CONTENT) as source:
        for _piece in feed(parser, source, _CONTENT):
            rows, reader.rows = reader.rows, []
            yield rows


class _Reader:
    """Follows the document's events; keeps the lines of the wanted sheet, or the outlines alone."""

    def __init__(self, *, wanted: int | None) -> None:
        self._wanted = wanted
        self.outlines: list[_Outline] = []
        self.rows: list[tuple[int, list[Cell]]] = []
        self.is_past = False
        self._row = self._repeat_row = 0
        self._cells: list[Cell] = []
        self._cell: dict[str, str] | None = None
        self._column = 0
        self._paragraphs: list[str] = []
        self._in_text = self._in_note = 0
        self._depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        if name == "table:table":
            self._depth += 1
            if self._depth == 1:
                self.outlines.append(_Outline(attributes.get("table:name", "")))
                self._row = 0
            self.is_past = self._wanted is not None and len(self.outlines) - 1 > self._wanted
        elif self._depth == 1 and not self._in_note:
            self._start_inside(name, attributes)

    def _start_inside(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table-row":
            self._repeat_row = _times(attributes, "table:number-rows-repeated")
            self._column, self._cells = 0, []
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self._cell, self._paragraphs = attributes, []
        elif name == "text:p":
            self._in_text += 1
            self._paragraphs.append("")
        elif name == "office:annotation":
            self._in_note += 1
        elif self._in_text and name in {"text:s", "text:tab"}:
            self._paragraphs[-1] += " " * min(_times(attributes, "text:c"), 100)
        elif self._in_text and name == "text:line-break":
            self._paragraphs[-1] += "\n"

    def text(self, words: str) -> None:
        """Keep the words that the cell shows."""
        if self._in_text and not self._in_note and len(self._paragraphs[-1]) <= limits.MAX_CELL:
            self._paragraphs[-1] += words

    def end(self, name: str) -> None:
        """Close an element."""
        if name == "table:table":
            self._depth -= 1
        elif name == "office:annotation":
            self._in_note = max(0, self._in_note - 1)
        elif self._in_note or self._depth != 1:
            return
        elif name == "text:p":
            self._in_text -= 1
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self._close_cell(covered=name == "table:covered-table-cell")
        elif name == "table:table-row":
            self._close_row()

    def _close_cell(self, *, covered: bool) -> None:
        attributes, self._cell = self._cell or {}, None
        times = _times(attributes, "table:number-columns-repeated")
        value = None if covered else self._value(attributes)
        if value is not None:
            if self._column + times > limits.MAX_COLUMNS:
                raise errors.TooManyColumns(
                    sheet=self._sheet, limit=limits.MAX_COLUMNS, line=self._row + 1
                )
            self._cells.extend([None] * (self._column - len(self._cells)))
            self._cells.extend([value] * times)
        self._keep_merge(attributes)
        self._column += times

    def _close_row(self) -> None:
        filled = any(cell is not None for cell in self._cells)
        first, self._row = self._row + 1, self._row + self._repeat_row
        if not filled:
            return
        if self._row > limits.MAX_SHEET_ROWS:
            raise errors.TooManyRows(sheet=self._sheet, limit=limits.MAX_SHEET_ROWS)
        self.outlines[-1].rows = self._row
        if len(self.outlines) - 1 == self._wanted:
            self.rows.extend((line, self._cells) for line in range(first, self._row + 1))

    def _value(self, attributes: dict[str, str]) -> Cell:
        shown = "\n".join(self._paragraphs).strip()
        if len(shown) > limits.MAX_CELL:
            raise errors.CellTooLong(sheet=self._sheet, line=self._row + 1, limit=limits.MAX_CELL)
        kind = attributes.get("office:value-type")
        if attributes.get("calcext:value-type") == "error":
            return Unreadable(shown, ERROR_CELL)
        if "table:formula" in attributes:
            if kind is None or (kind == "string" and shown.startswith(_ERRORS)):
                return Unreadable(shown or "=…", ERROR_CELL if shown else NOT_COMPUTED)
            if kind in _NUMBERS and shown.startswith(_ERRORS):
                return Unreadable(shown, ERROR_CELL)
        return _typed(kind, attributes, shown)

    def _keep_merge(self, attributes: dict[str, str]) -> None:
        columns = _times(attributes, "table:number-columns-spanned")
        rows = _times(attributes, "table:number-rows-spanned")
        if columns == rows == 1:
            return
        merges, first, column = self.outlines[-1].merges, self._row + 1, self._column + 1
        merges.append(Merge(first, column, first + rows - 1, column + columns - 1))
        if len(merges) > limits.MAX_MERGES:
            raise errors.TooManyMerges(sheet=self._sheet, limit=limits.MAX_MERGES)

    @property
    def _sheet(self) -> str:
        return self.outlines[-1].name


def _times(attributes: dict[str, str], name: str) -> int:
    words = attributes.get(name, "1")
    return max(1, int(words)) if words.isdigit() and len(words) < 12 else 1


def _typed(kind: str | None, attributes: dict[str, str], shown: str) -> Cell:
    if kind in _NUMBERS:
        value = exact(attributes.get("office:value", ""))
        # A code padded with zeros by its format is read as it is shown.
        padded = shown.isdigit() and shown.startswith("0") and isinstance(value, int)
        return shown if padded and int(shown) == value and len(shown) > 1 else value
    if kind == "date":
        return _date(attributes.get("office:date-value", "")) or shown or None
    if kind == "boolean":
        return attributes.get("office:boolean-value") == "true"
    if kind == "string" and "office:string-value" in attributes and not shown:
        shown = attributes["office:string-value"][: limits.MAX_CELL].strip()
    return shown or None


def _date(words: str) -> dt.date | dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(words)
    except ValueError:
        return None
    return moment.date() if moment.time() == dt.time.min else moment
