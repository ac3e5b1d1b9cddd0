"""The first lines of an import's files, to show beside the choice of columns. Nothing is kept."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from gwa.collection import storage
from gwa.collection.files import Book, Row, open_book
from gwa.collection.models import Import, ImportFile
from gwa.collection.rules.cells import text_of

_LINES = 30
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """A column and the first different things that stand in it."""

    title: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetSeen:
    """A sheet as its first lines show it, with what might surprise."""

    name: str
    file_name: str
    row_count: int | None
    columns: tuple[ColumnSeen, ...]
    notices: tuple[str, ...]


def look_at(of_import: Import) -> list[SheetSeen]:
    """Open the files and look at the first lines of each sheet."""
    return [seen for file in of_import.files.all() for seen in _look_into(file)]


def _look_into(file: ImportFile) -> list[SheetSeen]:
    with storage.opened(file) as path:
        book = open_book(
            path,
            file_name=file.file_name,
            encoding=file.encoding or None,
            separator=file.separator or None,
        )
        return [_look(book, file, place) for place in range(len(book.sheets))]


def _look(book: Book, file: ImportFile, place: int) -> SheetSeen:
    sheet = book.sheets[place]
    rows = list(itertools.islice(book.rows(sheet.name), _LINES))
    told = (*book.notices, *sheet.notices) if place == 0 else sheet.notices
    return SheetSeen(
        # Two files may have sheets of the same name: the import's own name tells them apart.
        name=str(file.sheets[place]["name"]),
        file_name=file.file_name,
        row_count=sheet.row_count,
        columns=tuple(
            ColumnSeen(title, _examples(rows, number)) for number, title in enumerate(sheet.columns)
        ),
        notices=tuple(notice.sentence for notice in told),
    )


def _examples(rows: Sequence[Row], place: int) -> tuple[str, ...]:
    words = (text_of(cells[place]) for _line, cells in rows)
    return tuple(itertools.islice(dict.fromkeys(filter(None, words)), _EXAMPLES))
