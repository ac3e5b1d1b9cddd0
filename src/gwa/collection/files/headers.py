"""Which line names the columns, and what the columns are called."""

import itertools
import re
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from gwa.collection.files import errors
from gwa.collection.files.book import (
    Book,
    Cell,
    Merge,
    Notice,
    Sheet,
    Table,
    Unreadable,
    column_letters,
)
from gwa.collection.files.limits import MAX_COLUMNS

# A letterhead, a date, an empty line or two: nobody writes more above a table.
_TRIED = 30
_SAMPLE = 200
_NUMBER = re.compile(r"^[\s\d.,+\-/%]+$")
_POWER = re.compile(r"^\d[.,]\d+E\+?\d{2}$", re.IGNORECASE)
# A title line fills more than this share of the widest of the first lines.
_SHARE = 0.5
_WITHOUT_NAME = _("Colonne %(letters)s")

_REPEATED = _(
    "Le titre « %(column)s » est donné à plusieurs colonnes : les suivantes sont notées (2), (3)…"
)
_POWERS = _(
    "Des numéros de la colonne « %(column)s » ont été remplacés par des puissances de dix "
    "(« %(sample)s ») : leurs derniers chiffres sont perdus. Mettez cette colonne au format Texte "
    "dans le fichier d’origine et enregistrez-le de nouveau."
)
_MERGED = _(
    "Des cellules sont fusionnées (%(cells)s) : leur valeur compte sur chacune de leurs lignes, "
    "dans leur première colonne."
)
_UNREADABLE = _(
    "Certaines cellules ne peuvent pas être lues, par exemple « %(sample)s » à la ligne %(line)s : "
    "%(reason)s"
)
_AGAIN = _("La ligne de titres est répétée à la ligne %(line)s : elle n’est pas lue une 2e fois.")
_SET_ASIDE = _("La feuille « %(sheet)s » ne peut pas être lue. %(reason)s")


def make_book(
    format_name: str,
    tables: Sequence[Table],
    *,
    encoding: str = "",
    separator: str = "",
    notices: Iterable[Notice] = (),
) -> Book:
    """Find each sheet's header; refuse the file when no sheet can be read."""
    sheets: list[Sheet] = []
    told = list(notices)
    refusals: list[errors.FileRefused] = []
    for table in tables:
        try:
            sheet = read_header(table)
        except errors.FileRefused as refusal:
            refusals.append(refusal)
            continue
        if sheet is not None:
            sheets.append(sheet)
    if not sheets:
        raise refusals[0] if refusals else errors.EmptyFile
    for reason in refusals:
        facts = {"sheet": reason.facts.get("sheet", ""), "reason": reason.sentence}
        told.append(Notice("set_aside", _SET_ASIDE, facts))
    return Book(
        format=format_name,
        sheets=tuple(sheets),
        tables={table.name: table for table in tables},
        encoding=encoding,
        separator=separator,
        notices=tuple(told),
    )


def read_header(table: Table) -> Sheet | None:
    """Describe one sheet from its first lines, or return None when it is empty."""
    sample = list(itertools.islice(table.open_rows(), _SAMPLE))
    filled = [(number, cells) for number, cells in sample if _count(cells)]
    number = 0
    titles: tuple[Cell, ...] = table.columns
    if not titles:
        if not filled:
            return None
        number, titles = _choose(table.name, filled)
        _refuse_merged(table, number)
    columns = _name(titles)
    if len(columns) > MAX_COLUMNS:
        raise errors.TooManyColumns(sheet=table.name, limit=MAX_COLUMNS, line=number)
    below = [(line, cells) for line, cells in filled if line > number]
    if not below:
        raise errors.NoRows(sheet=table.name, line=number)
    rows = None if table.row_count is None else max(table.row_count - number, 0)
    fitted = titles[: len(columns)]
    return Sheet(
        name=table.name,
        columns=columns,
        row_count=rows,
        header_row=number,
        notices=(*table.notices, *_notices(table.merges, fitted, columns, below)),
        titles=fitted,
    )


def _choose(sheet: str, rows: Sequence[tuple[int, Sequence[Cell]]]) -> tuple[int, tuple[Cell, ...]]:
    """Take the first line made of words that is about as wide as the table."""
    tried = rows[:_TRIED]
    widest = max(_count(cells) for _line, cells in tried)
    for number, cells in tried:
        if _count(cells) > widest * _SHARE and all(_is_title(cell) for cell in cells):
            return number, tuple(cells)
    raise errors.NoHeader(sheet=sheet, tried=_TRIED)


def _is_title(cell: Cell) -> bool:
    if cell is None:
        return True
    return isinstance(cell, str) and not isinstance(cell, Unreadable) and not _NUMBER.match(cell)


def _count(cells: Iterable[Cell]) -> int:
    return sum(cell is not None for cell in cells)


def _name(titles: Sequence[Cell]) -> tuple[str, ...]:
    """Trim the titles and make them unique; a column without title is called by its letters."""
    width = max((place for place, title in enumerate(titles, 1) if title is not None), default=0)
    names: list[str] = []
    for place, title in enumerate(titles[:width], 1):
        words = " ".join(str(title).split()) if title is not None else ""
        words = words or str(_WITHOUT_NAME) % {"letters": column_letters(place)}
        name, turn = words, 2
        while name in names:
            name, turn = f"{words} ({turn})", turn + 1
        names.append(name)
    return tuple(names)


def _refuse_merged(table: Table, header: int) -> None:
    """A title that spans two columns names neither."""
    for merge in table.merges:
        if merge.first_row <= header <= merge.last_row:
            raise errors.MergedHeader(sheet=table.name, cells=merge)


def _notices(
    merges: Sequence[Merge],
    titles: Sequence[Cell],
    columns: Sequence[str],
    rows: Sequence[tuple[int, Sequence[Cell]]],
) -> Iterable[Notice]:
    """Say what the first lines show and what might surprise."""
    for column in {column for column in columns if f"{column} (2)" in columns}:
        yield Notice("repeated_column", _REPEATED, {"column": column})
    header = rows[0][0]
    blocks = [str(merge) for merge in merges if merge.last_row >= header]
    if blocks:
        cells = ", ".join(blocks[:3]) + (" …" if len(blocks) > 3 else "")
        yield Notice("merged", _MERGED, {"cells": cells})
    again = next(
        (line for line, cells in rows if tuple(cells[: len(titles)]) == tuple(titles)), None
    )
    if again:
        yield Notice("header_again", _AGAIN, {"line": again})
    yield from _odd_cells(columns, rows)


def _odd_cells(
    columns: Sequence[str], rows: Sequence[tuple[int, Sequence[Cell]]]
) -> Iterable[Notice]:
    powers: dict[str, str] = {}
    unreadable: dict[str, tuple[str, int]] = {}
    for line, cells in rows:
        for column, cell in zip(columns, cells, strict=False):
            if isinstance(cell, Unreadable):
                unreadable.setdefault(str(cell.sentence), (cell, line))
            elif isinstance(cell, str) and _POWER.match(cell):
                powers.setdefault(column, cell)
    for column, sample in powers.items():
        yield Notice("powers_of_ten", _POWERS, {"column": column, "sample": sample})
    for reason, (sample, line) in unreadable.items():
        facts = {"sample": str(sample), "line": line, "reason": reason}
        yield Notice("unreadable_cells", _UNREADABLE, facts)
