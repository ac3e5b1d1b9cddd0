"""The file of refused lines: as they came, each with its reasons, ready to be mended.

Texts are written as texts: what begins like a formula is not one.
"""

import re
import tempfile
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from gwa.collection.intake.preparing import titles_of
from gwa.collection.models import Import, RefusedLine
from gwa.collection.words import say_reasons
from gwa.common.sealed_files import work_folder
from gwa.variables.queries import current_version, read_dictionary
from gwa.variables.rules.definitions import Dictionary

_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
_WIDE, _NARROW = 60, 18


def write_refused(of_import: Import) -> IO[bytes]:
    """Write the refused lines as a workbook that no folder lists; it is gone once closed."""
    file = tempfile.TemporaryFile(dir=work_folder())  # noqa: SIM115 (given to the caller)
    options = {
        "constant_memory": True,
        "tmpdir": str(work_folder()),
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    dictionary = read_dictionary(of_import.dictionary_version or current_version())
    titles = titles_of(of_import.files.all())
    with xlsxwriter.Workbook(file, options) as book:
        bold = book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        taken: set[str] = set()
        for name, lines in groupby(_lines(of_import), key=lambda line: line.sheet):
            sheet = book.add_worksheet(_sheet_name(name, taken))
            _write_sheet(sheet, titles.get(name, ()), lines, dictionary, (bold, wrapped))
    file.seek(0)
    return file


def _lines(of_import: Import) -> Iterator[RefusedLine]:
    return of_import.refused_lines.order_by("sheet", "line").iterator(chunk_size=500)


def _write_sheet(
    sheet: Worksheet,
    titles: Sequence[str],
    lines: Iterator[RefusedLine],
    dictionary: Dictionary,
    formats: tuple[Any, Any],
) -> None:
    bold, wrapped = formats
    ours = (_("Motif du refus"), _("Ligne du fichier"))
    # A file sent back has our two columns already: they are written anew, not twice.
    kept = [place for place, title in enumerate(titles) if title not in ours]
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, 0, _WIDE)
    sheet.set_column(1, len(kept) + 1, _NARROW)
    sheet.write_row(0, 0, [*ours, *(titles[place] for place in kept)], bold)
    for row, line in enumerate(lines, 1):
        cells = line.content["cells"]
        sheet.write_string(row, 0, "\n".join(say_reasons(line, dictionary)), wrapped)
        sheet.write_number(row, 1, line.line)
        for column, place in enumerate(kept, 2):
            _write_cell(sheet, row, column, cells[place] if place < len(cells) else None)


def _write_cell(sheet: Worksheet, row: int, column: int, cell: Any) -> None:  # noqa: ANN401 (JSON)
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell)
    elif cell is not None:
        sheet.write_string(row, column, str(cell))


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that spreadsheets accept, and that no other sheet has."""
    plain = _NO_SHEET_NAME.sub(" ", name).strip()[:_LONGEST_NAME] or "Lignes"
    turn, given = 2, plain
    while given.lower() in taken:
        given, turn = f"{plain[: _LONGEST_NAME - 4]} ({turn})", turn + 1
    taken.add(given.lower())
    return given
