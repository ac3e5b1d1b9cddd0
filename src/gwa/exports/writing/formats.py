"""CSV, XLSX and Parquet, written piece by piece into a ZIP: no table is ever held whole."""

import io
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import xlsxwriter
from django.utils.translation import gettext as _

from gwa.common.formulas import LOOKS_GUARDED
from gwa.exports.columns import Offered
from gwa.exports.errors import TooManyRows
from gwa.exports.writing.sealing import SealedWriter
from gwa.exports.writing.words import guard_formulas, headers, to_words
from gwa.variables.rules.definitions import Level

MOST_ROWS = 1_048_575
"""What an Excel sheet holds below its header."""

_DAY = "%d/%m/%Y"
_BUFFER = 1024 * 1024


def table_name(level: Level) -> str:
    """The name of a table's file or sheet."""
    return _("menages") if level == Level.HOUSEHOLD else _("personnes")


class Writer(ABC):
    """Takes the tables of an export one after the other, each piece by piece."""

    def __init__(self, sealed: SealedWriter, folder: Path, *, in_words: bool) -> None:
        self.archive = zipfile.ZipFile(sealed, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        self.folder, self.in_words = folder, in_words

    @abstractmethod
    def begin(self, level: Level, columns: Sequence[Offered]) -> None:
        """Begin a table."""

    @abstractmethod
    def add(self, frame: pl.DataFrame) -> None:
        """Add rows to the table begun."""

    @abstractmethod
    def end(self) -> None:
        """End the table begun."""

    def close(self, description: pl.DataFrame) -> None:
        """Add the data dictionary and end the archive."""
        text = io.BytesIO()
        guard_formulas(description).write_csv(text, separator=";", include_bom=True)
        self.archive.writestr(_("dictionnaire.csv"), text.getvalue())
        self.archive.close()


class CsvWriter(Writer):
    """Text with semicolons and a mark of UTF-8, as spreadsheets of French countries open it."""

    def begin(self, level: Level, columns: Sequence[Offered]) -> None:
        """Open the file within the archive, under its header."""
        self.columns = columns
        self.file = self.archive.open(f"{table_name(level)}.csv", "w", force_zip64=True)
        names = headers(columns, in_words=self.in_words)
        head = pl.DataFrame([names], orient="row") if names else pl.DataFrame()
        self.file.write(b"\xef\xbb\xbf" + self._lines(guard_formulas(head)))

    def add(self, frame: pl.DataFrame) -> None:
        """Add lines; in words, days and decimals are written as Malians do."""
        told = guard_formulas(to_words(frame, self.columns, in_words=self.in_words))
        self.file.write(self._lines(told))

    def end(self) -> None:
        """Close the file within the archive."""
        self.file.close()

    def _lines(self, frame: pl.DataFrame) -> bytes:
        text = frame.write_csv(
            include_header=False,
            separator=";",
            line_terminator="\r\n",
            date_format=_DAY if self.in_words else None,
            decimal_comma=self.in_words,
        )
        return text.encode()


class XlsxWriter(Writer):
    """One workbook, a sheet a table; rows go to disk as they come, in a folder of our own."""

    def __init__(self, sealed: SealedWriter, folder: Path, *, in_words: bool) -> None:
        super().__init__(sealed, folder, in_words=in_words)
        self.path = folder / "export.xlsx"
        options = {
            "constant_memory": True,
            "tmpdir": str(folder),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "dd/mm/yyyy",
        }
        self.book = xlsxwriter.Workbook(str(self.path), options)
        self.bold = self.book.add_format({"bold": True})
        self.day = self.book.add_format({"num_format": "dd/mm/yyyy"})

    def begin(self, level: Level, columns: Sequence[Offered]) -> None:
        """Add a sheet under its header."""
        self.columns, self.row = columns, 0
        self.sheet = self.book.add_worksheet(table_name(level).capitalize())
        self.sheet.freeze_panes(1, 0)
        self._write_row(headers(columns, in_words=self.in_words), self.bold)

    def add(self, frame: pl.DataFrame) -> None:
        """Add rows; a text is written as text, whatever it begins with."""
        if self.row + frame.height > MOST_ROWS:
            raise TooManyRows(rows=self.row + frame.height, most=MOST_ROWS)
        words = to_words(frame, self.columns, in_words=self.in_words)
        told = guard_formulas(words, LOOKS_GUARDED)
        days = {n for n, kind in enumerate(told.dtypes) if isinstance(kind, pl.Date)}
        texts = {n for n, kind in enumerate(told.dtypes) if isinstance(kind, pl.String)}
        sheet = self.sheet
        for values in told.iter_rows():
            self.row += 1
            for column, value in enumerate(values):
                if value is None:
                    continue
                if column in texts:
                    sheet.write_string(self.row, column, value)
                elif column in days:
                    sheet.write_datetime(self.row, column, value, self.day)
                else:
                    sheet.write_number(self.row, column, value)

    def end(self) -> None:
        """Nothing is left to do: the sheet is complete."""

    def close(self, description: pl.DataFrame) -> None:
        """Add the dictionary as a sheet too, and put the workbook into the archive."""
        self.sheet, self.row = self.book.add_worksheet(_("Dictionnaire")), 0
        self._write_row(description.columns, self.bold)
        for values in description.iter_rows():
            self.row += 1
            self._write_row([text or "" for text in values])
        self.book.close()
        self.archive.write(self.path, "export.xlsx", zipfile.ZIP_STORED)
        super().close(description)

    def _write_row(self, texts: Sequence[str], style: object = None) -> None:
        for column, text in enumerate(texts):
            self.sheet.write_string(self.row, column, text, style)


class ParquetWriter(Writer):
    """Typed columns, always in codes: pieces on disk first, then one file from them, streamed."""

    def begin(self, level: Level, columns: Sequence[Offered]) -> None:
        """Begin with no piece."""
        self.level, self.rows = level, 0
        self.parts: list[Path] = []
        self.waiting: list[pl.DataFrame] = []

    def add(self, frame: pl.DataFrame) -> None:
        """Keep rows until they are worth a file."""
        self.waiting.append(frame)
        self.rows += frame.height
        if self.rows >= _ROWS_OF_PART:
            self._write_part()

    def end(self) -> None:
        """Put the pieces together and into the archive."""
        if self.waiting or not self.parts:
            self._write_part()
        path = self.folder / f"{table_name(self.level)}.parquet"
        pl.scan_parquet(self.parts).sink_parquet(path, compression="zstd")
        self.archive.write(path, path.name, zipfile.ZIP_STORED)
        for part in (*self.parts, path):
            part.unlink()

    def _write_part(self) -> None:
        path = self.folder / f"part-{len(self.parts):06}.parquet"
        pl.concat(self.waiting).write_parquet(path, compression="lz4")
        self.parts.append(path)
        self.waiting, self.rows = [], 0


_ROWS_OF_PART = 50_000
WRITERS: dict[str, type[Writer]] = {
    "csv": CsvWriter,
    "xlsx": XlsxWriter,
    "parquet": ParquetWriter,
}
