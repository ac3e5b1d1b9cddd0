"""Text files with separators: CSV, and what spreadsheets call so."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from gwa.collection.files import errors
from gwa.collection.files.book import Book, Cell, Table
from gwa.collection.files.encodings import TextFile, examine, label
from gwa.collection.files.headers import make_book
from gwa.collection.files.limits import MAX_CELL, MAX_COLUMNS

SEPARATORS = (";", ",", "\t", "|")
_SAMPLE_LINES = 60
# Spreadsheets have no name for the one sheet of a text file: the file's own is used.


def open_delimited(
    path: Path, *, name: str, encoding: str | None = None, separator: str | None = None
) -> Book:
    """Open a text file: its encoding, then its separator, then its header."""
    text = examine(path, name=name, encoding=encoding)
    declared, skipped = _declared_separator(path, text.encoding)
    separator = separator or declared or _guess_separator(path, text.encoding)
    table = Table(
        name=name,
        open_rows=lambda: _read(path, text, separator, name=name, skipped=skipped),
        row_count=text.line_count - skipped,
    )
    book = make_book("csv", [table], encoding=label(text.encoding), separator=separator)
    _refuse_cut(path, text, separator, len(book.sheets[0].columns), skipped)
    return book


def _open_text(path: Path, encoding: str) -> io.TextIOWrapper:
    return path.open(encoding=encoding, newline="")


def _declared_separator(path: Path, encoding: str) -> tuple[str | None, int]:
    """Read Excel's first line `sep=;`, which Excel itself does not show."""
    with _open_text(path, encoding) as file:
        first = file.readline(10).strip().strip('"').lower()
    if len(first) == 5 and first.startswith("sep=") and first[4] in SEPARATORS:
        return first[4], 1
    return ("\t", 1) if first == "sep=" else (None, 0)


def _guess_separator(path: Path, encoding: str) -> str:
    """Take the separator that cuts most of the first lines in the same number of cells."""
    with _open_text(path, encoding) as file:
        # A hostile line may have no end.
        lines = [file.readline(MAX_CELL * 4) for _ in range(_SAMPLE_LINES)]
    best, best_score = ",", (0.0, 0)
    for separator in SEPARATORS:
        widths = Counter(_widths(lines, separator))
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        score = (count / max(sum(widths.values()), 1), width)
        if width > 1 and score > best_score:
            best, best_score = separator, score
    return best


def _widths(lines: Sequence[str], separator: str) -> Iterator[int]:
    try:
        for cells in csv.reader(lines, delimiter=separator):
            if any(cells):
                yield len(cells)
    except csv.Error:
        return


def _read(
    path: Path, text: TextFile, separator: str, *, name: str, skipped: int
) -> Iterator[tuple[int, list[Cell]]]:
    """Stream the lines. A record over several lines counts for one, as spreadsheets count."""
    with _open_text(path, text.encoding) as file:
        for _ in range(skipped):
            file.readline()
        reader = csv.reader(file, delimiter=separator, strict=True)
        number = 0
        try:
            for number, record in enumerate(reader, 1):
                if len(record) > MAX_COLUMNS and any(record[MAX_COLUMNS:]):
                    raise errors.TooManyColumns(sheet=name, limit=MAX_COLUMNS, line=number)
                if record and max(map(len, record)) > MAX_CELL:
                    raise errors.CellTooLong(sheet=name, line=number, limit=MAX_CELL)
                cells: list[Cell] = [cell.strip() or None for cell in record]
                if any(cells):
                    yield number, cells
        except csv.Error:
            raise errors.UnclosedQuote(line=number + 1) from None


def _refuse_cut(path: Path, text: TextFile, separator: str, width: int, skipped: int) -> None:
    """A last line without end and with too few cells was cut by a copy or a transfer."""
    if text.ends_with_newline or text.encoding.startswith("utf-16"):
        return
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 4 * MAX_CELL))
        tail = file.read().decode(text.encoding, errors="ignore")
    last = tail.rsplit("\n", 1)[-1]
    if '"' in last or "\n" not in tail:
        return
    cells = next(csv.reader([last], delimiter=separator), [])
    if any(cells) and len(cells) < width:
        line = text.line_count - skipped
        raise errors.CutShort(line=line, cells=len(cells), expected=width)
