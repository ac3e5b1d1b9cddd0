"""The lines of an Excel sheet, from the events of its XML."""

import datetime as dt
import re

from django.utils.translation import gettext_lazy as _

from gwa.collection.files import errors, limits
from gwa.collection.files.book import Cell, Unreadable
from gwa.collection.files.markup import local
from gwa.collection.files.xlsx_styles import Formats, Kind, read_number

ERROR_CELL = _("la cellule contient une erreur du tableur : corrigez sa formule ou sa valeur.")
NOT_COMPUTED = _(
    "la formule n’a pas de résultat enregistré : ouvrez le fichier dans votre tableur, "
    "enregistrez-le, puis déposez-le de nouveau."
)
_DIGITS = "0123456789"
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class SheetParser:
    """Collects lines between two pieces of the document; what expat calls, in one place."""

    __slots__ = (
        "_cells",
        "_collects",
        "_column",
        "_columns",
        "_filled",
        "_formats",
        "_has_formula",
        "_kind",
        "_phonetic",
        "_pieces",
        "_row",
        "_rows",
        "_sheet",
        "_style",
        "_texts",
        "_value",
    )

    def __init__(self, sheet: str, texts: list[str], formats: Formats) -> None:
        self._sheet, self._texts, self._formats = sheet, texts, formats
        self._columns: dict[str, int] = {}
        self._rows: list[tuple[int, list[Cell]]] = []
        self._cells: list[Cell] = []
        self._pieces: list[str] = []
        self._row = self._column = 0
        self._kind, self._style, self._value = "n", 0, ""
        self._collects = self._has_formula = self._filled = False
        self._phonetic = False

    def take(self) -> list[tuple[int, list[Cell]]]:
        """Hand over the lines read so far."""
        rows, self._rows = self._rows, []
        return rows

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        if ":" in name:
            name = name[name.index(":") + 1 :]
        if name == "c":
            self._open_cell(attributes)
        elif name == "v" or (name == "t" and not self._phonetic):
            self._collects = True
        elif name == "f":
            self._has_formula = True
        elif name == "rPh":
            self._phonetic = True
        elif name == "row":
            self._open_row(attributes)

    def text(self, words: str) -> None:
        """Keep the words of a value."""
        if self._collects:
            self._pieces.append(words)

    def end(self, name: str) -> None:
        """Close an element."""
        if ":" in name:
            name = name[name.index(":") + 1 :]
        if name in {"v", "t"}:
            self._collects = False
        elif name == "c":
            self._close_cell()
        elif name == "rPh":
            self._phonetic = False
        elif name == "row" and self._filled:
            self._rows.append((self._row, self._cells))

    def _open_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        self._row = int(number) if number else self._row + 1
        self._column, self._cells, self._filled = 0, [], False
        if self._row > limits.MAX_SHEET_ROWS:
            raise errors.TooManyRows(sheet=self._sheet, limit=limits.MAX_SHEET_ROWS)

    def _open_cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        self._column = self._place(place.rstrip(_DIGITS)) if place else self._column + 1
        self._kind = attributes.get("t", "n")
        self._style = int(attributes.get("s", 0))
        self._has_formula = self._collects = False
        self._pieces = []

    def _place(self, letters: str) -> int:
        """Return a column's number; sheets name the same few thousand times over."""
        known = self._columns.get(letters)
        if known is None:
            known = 0
            for letter in letters:
                known = known * 26 + ord(letter) - 64
            if len(self._columns) < limits.MAX_COLUMNS:
                self._columns[letters] = known
        return known

    def _close_cell(self) -> None:
        words = "".join(self._pieces)
        if not words:
            if not self._has_formula or self._kind == "str":
                return
            value: Cell = Unreadable("=…", NOT_COMPUTED)
        else:
            value = self._read(words)
        if value is None:
            return
        column, cells = self._column, self._cells
        if not 0 < column <= limits.MAX_COLUMNS:
            raise errors.TooManyColumns(sheet=self._sheet, limit=limits.MAX_COLUMNS, line=self._row)
        missing = column - len(cells)
        if missing > 1:
            cells.extend([None] * (missing - 1))
        if missing > 0:
            cells.append(value)
        else:
            cells[column - 1] = value
        self._filled = True

    def _read(self, words: str) -> Cell:
        kind = self._kind
        if kind == "n":
            style: Kind = "number"
            if self._style < len(self._formats.kinds):
                style = self._formats.kinds[self._style]
            return read_number(words, style, is_1904=self._formats.is_1904)
        if kind == "s":
            words = self._texts[int(words)] if int(words) < len(self._texts) else ""
        elif kind == "b":
            return words.strip() == "1"
        elif kind == "e":
            return Unreadable(words, ERROR_CELL)
        elif kind == "d":
            return _iso(words)
        else:
            words = _unescape(words)
        if len(words) > limits.MAX_CELL:
            raise errors.CellTooLong(sheet=self._sheet, line=self._row, limit=limits.MAX_CELL)
        return words.strip() or None


class TextParser:
    """Collects the texts that the cells of a workbook quote by number."""

    __slots__ = ("_is_text", "_phonetic", "_pieces", "texts")

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._is_text = self._phonetic = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        """Open an element."""
        name = local(name)
        if name == "t":
            self._is_text = True
        elif name == "rPh":
            # How a word is pronounced is no part of it.
            self._phonetic = True

    def text(self, words: str) -> None:
        """Keep the words of a text."""
        if self._is_text and not self._phonetic:
            self._pieces.append(words)

    def end(self, name: str) -> None:
        """Close an element."""
        name = local(name)
        if name == "t":
            self._is_text = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            self.texts.append(_unescape("".join(self._pieces)))
            self._pieces = []


def _unescape(text: str) -> str:
    """Undo `_x000D_`, the way Excel writes what XML cannot."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), text).replace("\0", "")


def _iso(words: str) -> Cell:
    """Read a date written in full, as strict workbooks do."""
    try:
        moment = dt.datetime.fromisoformat(words.removesuffix("Z"))
    except ValueError:
        return words
    return moment.date() if moment.time() == dt.time.min else moment
