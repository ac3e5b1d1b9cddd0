"""Which format a file is in, by its bytes, and its opening."""

from pathlib import Path, PurePath

from gwa.collection.files import archive, errors, limits
from gwa.collection.files.book import Book
from gwa.collection.files.delimited import open_delimited
from gwa.collection.files.ods import open_ods
from gwa.collection.files.parquet import open_parquet
from gwa.collection.files.xlsx import open_xlsx

_HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PARQUET = (b"PAR1", b"PARE")
# PDF, gzip, bzip2, xz, 7z, RAR, Windows and Unix programs, RTF, PNG, JPEG, SQLite, dBase stay out.
_OTHERS = (
    b"%PDF",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
    b"Rar!",
    b"MZ",
    b"\x7fELF",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"SQLite format 3",
    b"\x09\x08",
    b"\x09\x02",
)
_EXTENSIONS = {
    "xlsx": (".xlsx", ".xlsm"),
    "ods": (".ods",),
    "parquet": (".parquet",),
    "csv": (".csv", ".txt", ".tsv", ".tab"),
}
_NAMES = {"xlsx": "Excel (XLSX)", "ods": "OpenDocument (ODS)", "parquet": "Parquet", "csv": "CSV"}
_OPENERS = {"xlsx": open_xlsx, "ods": open_ods, "parquet": open_parquet}


def open_book(
    path: Path, *, file_name: str, encoding: str | None = None, separator: str | None = None
) -> Book:
    """Recognise a file, refuse what is not safe to read, and describe its sheets.

    `file_name` is the name the person knows it by; `encoding` and `separator` are their choices
    for a text file, found from its bytes where they are not given.
    """
    size = path.stat().st_size
    if size == 0:
        raise errors.EmptyFile
    if size > limits.MAX_BYTES:
        raise errors.FileTooLarge(limit=limits.MAX_MB)
    found = _recognise(path)
    _compare_extension(file_name, found)
    if found in _OPENERS:
        return _OPENERS[found](path)
    name = PurePath(file_name).stem or file_name
    return open_delimited(path, name=name, encoding=encoding, separator=separator)


def _recognise(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(_OLE):
        raise _name_old_office(path)
    if head.startswith(_ZIP):
        return _recognise_archive(path)
    if head.startswith(_PARQUET):
        return "parquet"
    if head.startswith(_OTHERS):
        raise errors.UnknownFormat
    if _is_web_page(head):
        raise errors.WebPage
    return "csv"


def _recognise_archive(path: Path) -> str:
    parts = archive.measure(path)
    if "xl/workbook.bin" in parts:
        raise errors.BinaryExcel
    if any(part.startswith("xl/") for part in parts):
        return "xlsx"
    if "content.xml" in parts and "mimetype" in parts:
        with archive.open_part(path, "mimetype") as file:
            kind = file.read(200)
        if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            return "ods"
    raise errors.UnknownFormat


def _name_old_office(path: Path) -> errors.FileRefused:
    """Tell a locked workbook from an old one: both lie in the container of Office 97."""
    found = {"EncryptedPackage": errors.Encrypted, "Workbook": errors.OldExcel}
    with path.open("rb") as file:
        content = file.read(limits.RATIO_FROM)
        file.seek(max(0, path.stat().st_size - limits.RATIO_FROM))
        content += file.read()
    for stream, refusal in found.items():
        if stream.encode("utf-16-le") in content:
            return refusal()
    is_old = "Book".encode("utf-16-le") in content
    return errors.OldExcel() if is_old else errors.UnknownFormat()


def _is_web_page(head: bytes) -> bool:
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return start.startswith((b"<html", b"<!doctype", b"<?xml", b"<table", b"<meta", b"<head"))


def _compare_extension(file_name: str, found: str) -> None:
    """A name that says something else than the content is a mistake worth telling."""
    extension = PurePath(file_name).suffix.lower()
    if extension and extension not in _EXTENSIONS[found]:
        expected = _EXTENSIONS[found][0]
        raise errors.WrongExtension(extension=extension, found=_NAMES[found], expected=expected)
