"""Excel workbooks (XLSX): their parts, their sheets, their lines as a stream."""

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from gwa.collection.files import errors, limits
from gwa.collection.files.archive import open_part
from gwa.collection.files.book import Book, Cell, Merge, Notice, Table
from gwa.collection.files.headers import make_book
from gwa.collection.files.markup import PIECE, elements, feed, make_parser
from gwa.collection.files.xlsx_rows import SheetParser, TextParser
from gwa.collection.files.xlsx_styles import Formats, read_formats

_SCAN = 1 << 20
_MERGE = re.compile(rb'mergeCell [^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_ROW = re.compile(rb'[<:]row (?:[^>]*? )?r="(\d{1,7})"')
_HIDDEN = _(
    "La feuille « %(sheet)s » est masquée dans le classeur : elle n’est pas lue. Affichez-la "
    "dans votre tableur si elle doit l’être."
)


@dataclass(frozen=True, slots=True)
class _Parts:
    """Where the workbook keeps its sheets, its texts and its formats."""

    sheets: tuple[tuple[str, str], ...]
    hidden: tuple[str, ...]
    texts: str | None
    styles: str | None
    is_1904: bool


def open_xlsx(path: Path) -> Book:
    """Open a workbook that `archive.measure` found safe."""
    parts = _read_parts(path)
    texts = cache(partial(_read_texts, path, parts.texts))
    formats = _read_styles(path, parts)
    tables = [_table(path, name, part, texts, formats) for name, part in parts.sheets]
    hidden = [Notice("hidden_sheet", _HIDDEN, {"sheet": name}) for name in parts.hidden]
    return make_book("xlsx", tables, notices=hidden)


def _table(
    path: Path, name: str, part: str, texts: Callable[[], list[str]], formats: Formats
) -> Table:
    row_count, merges = _scan(path, name, part)
    return Table(
        name=name,
        open_rows=lambda: _read_rows(path, name, part, texts, formats),
        row_count=row_count,
        merges=merges,
    )


def _read_rows(
    path: Path, name: str, part: str, texts: Callable[[], list[str]], formats: Formats
) -> Iterator[tuple[int, list[Cell]]]:
    reader = SheetParser(name, texts(), formats)
    parser = make_parser(start=reader.start, end=reader.end, text=reader.text)
    with open_part(path, part) as source:
        for _piece in feed(parser, source, part):
            yield from reader.take()


def _read_parts(path: Path) -> _Parts:
    workbook = next(
        (target for kind, target, _id in _relations(path, "") if kind == "officeDocument"),
        "xl/workbook.xml",
    )
    relations = list(_relations(path, workbook))
    by_id = {key: (kind, target) for kind, target, key in relations}
    shown, hidden, is_1904 = [], [], False
    with open_part(path, workbook) as source:
        for name, attributes in elements(source, workbook):
            if name == "workbookPr":
                is_1904 = attributes.get("date1904") in {"1", "true"}
            elif name == "sheet":
                kind, target = by_id.get(attributes.get("id", ""), ("", ""))
                title = attributes.get("name", "")
                if attributes.get("state", "visible") != "visible":
                    hidden.append(title)
                elif kind == "worksheet":
                    shown.append((title, target))
    by_kind = {kind: target for kind, target, _id in relations}
    return _Parts(
        sheets=tuple(shown),
        hidden=tuple(hidden),
        texts=by_kind.get("sharedStrings"),
        styles=by_kind.get("styles"),
        is_1904=is_1904,
    )


def _relations(path: Path, part: str) -> Iterator[tuple[str, str, str]]:
    """List what a part points to: kind, part, id."""
    folder, file = posixpath.split(part)
    name = posixpath.join(folder, "_rels", f"{file}.rels")
    with open_part(path, name) as source:
        for element, attributes in elements(source, name):
            if element == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"]))
                kind = attributes.get("Type", "").rpartition("/")[2]
                yield kind, target.lstrip("/"), attributes.get("Id", "")


def _read_styles(path: Path, parts: _Parts) -> Formats:
    if parts.styles is None:
        return Formats(kinds=(), is_1904=parts.is_1904)
    with open_part(path, parts.styles) as source:
        return read_formats(elements(source, parts.styles), is_1904=parts.is_1904)


def _read_texts(path: Path, part: str | None) -> list[str]:
    """Read the workbook's texts, which its cells quote by number."""
    if part is None:
        return []
    reader = TextParser()
    parser = make_parser(start=reader.start, end=reader.end, text=reader.text)
    most = limits.MAX_SHARED_TEXT // PIECE
    with open_part(path, part) as source:
        for count, _piece in enumerate(feed(parser, source, part)):
            if count > most:
                raise errors.ArchiveTooBig(part=part)
    return reader.texts


def _scan(path: Path, name: str, part: str) -> tuple[int, tuple[Merge, ...]]:
    """Run over a sheet's bytes once: whole or not, its last line, which merged cells.

    Merged cells are told at the end of the part, after all lines: the parser would come too late.
    """
    rows, tail = 0, b""
    merges: list[Merge] = []
    with open_part(path, part) as source:
        while chunk := source.read(_SCAN):
            window = tail + chunk
            rows += window.count(b"<row ") + window.count(b":row ")
            for last in _ROW.finditer(window, window.rfind(b"row ") - 1 if rows else 0):
                rows = max(rows, int(last.group(1)))
            blocks = window.count(b"mergeCell ")
            if len(merges) + blocks > limits.MAX_MERGES:
                raise errors.TooManyMerges(sheet=name, limit=limits.MAX_MERGES)
            if blocks:
                merges.extend(map(_merge, _MERGE.finditer(window)))
            tail = _unfinished(window)
    return rows, tuple(merges)


def _unfinished(window: bytes) -> bytes:
    """Keep the last element, cut by the end of the piece."""
    start = window.rfind(b"<")
    return window[start:] if start >= 0 and b">" not in window[start:] else b""


def _merge(match: re.Match[bytes]) -> Merge:
    first, first_row, last, last_row = match.groups()
    return Merge(int(first_row), _column(first), int(last_row), _column(last))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
