"""Files that break, trick or flood a reader, each made here, byte by byte where it must be."""

import codecs
import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import polars as pl
from openpyxl.styles.protection import Protection

NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
TITLES = "<row r='1'><c r='A1' t='inlineStr'><is><t>Nom</t></is></c></row>"


def workbook(folder: Path, sheet: str, *, head: str = "", extra: dict[str, bytes] | None = None):
    """Write a workbook by hand around the lines of its one sheet."""
    path = folder / "liste.xlsx"
    parts = {
        "_rels/.rels": f"<Relationships xmlns='{PACKAGE}'><Relationship Id='r' "
        f"Type='{OFFICE}/officeDocument' Target='xl/workbook.xml'/></Relationships>",
        "xl/_rels/workbook.xml.rels": f"<Relationships xmlns='{PACKAGE}'><Relationship Id='r1' "
        f"Type='{OFFICE}/worksheet' Target='worksheets/sheet1.xml'/></Relationships>",
        "xl/workbook.xml": f"{head}<workbook xmlns='{NS}' xmlns:r='{OFFICE}'><sheets>"
        "<sheet name='Liste' sheetId='1' r:id='r1'/></sheets></workbook>",
        "xl/worksheets/sheet1.xml": f"<worksheet xmlns='{NS}'>{sheet}</worksheet>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return path


def spreadsheet(folder: Path, table: str, *, manifest: str = "") -> Path:
    """Write an OpenDocument spreadsheet by hand around the lines of its one sheet."""
    path = folder / "liste.ods"
    office = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f"<office:document-content xmlns:office='{office}:office:1.0' "
        f"xmlns:table='{office}:table:1.0' xmlns:text='{office}:text:1.0'><office:body>"
        f"<office:spreadsheet><table:table table:name='Liste'>{table}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
        archive.writestr("content.xml", content)
    return path


def raw(name: str, content: bytes | str) -> Callable[[Path], Path]:
    """Make a file of these bytes."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


def old_office(stream: str) -> bytes:
    """The container of Office 97 with one stream named in its directory."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + stream.encode("utf-16-le")


def real_workbook() -> bytes:
    """A workbook as a spreadsheet writes it."""
    book = openpyxl.Workbook()
    book.active.append(["Nom", "Âge"])
    for turn in range(500):
        book.active.append([f"Awa {turn}", turn])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def merged_titles(folder: Path) -> Path:
    """Titles spread over two columns."""
    book = openpyxl.Workbook()
    book.active.append(["Nom complet", None, "Âge"])
    book.active.append(["Awa", "Traoré", 30])
    book.active.merge_cells("A1:B1")
    book.active["A1"].protection = Protection(locked=True)
    path = folder / "liste.xlsx"
    book.save(path)
    return path


def many_merges(folder: Path) -> Path:
    """More blocks of merged cells than anybody merges by hand."""
    blocks = "".join(f"<mergeCell ref='A{n}:A{n + 1}'/>" for n in range(2, 140_002, 2))
    sheet = f"<sheetData>{TITLES}</sheetData><mergeCells>{blocks}</mergeCells>"
    return workbook(folder, sheet.replace("'", '"'))


def zip_bomb(folder: Path) -> Path:
    """Some hundred kilobytes that inflate to a hundred and fifty megabytes."""
    return workbook(folder, TITLES, extra={"xl/media/a.xml": bytes(150 * 1024**2)})


def many_parts(folder: Path) -> Path:
    """Thousands of files in one workbook."""
    return workbook(folder, TITLES, extra={f"xl/a{turn}": b"" for turn in range(3_000)})


def broken_sheet(folder: Path) -> Path:
    """A workbook whose sheet was overwritten in the middle."""
    content = bytearray(workbook(folder, TITLES * 400).read_bytes())
    place = content.find(b"xl/worksheets/sheet1.xml") + 24
    content[place + 40 : place + 60] = b"\x55" * 20
    (folder / "liste.xlsx").write_bytes(content)
    return folder / "liste.xlsx"


def locked_archive(folder: Path) -> Path:
    """A zip whose parts are said to be encrypted."""
    path = workbook(folder, TITLES)
    content = bytearray(path.read_bytes())
    place = 0
    while (place := content.find(b"PK\x01\x02", place)) >= 0:
        content[place + 8] |= 1
        place += 4
    path.write_bytes(content)
    return path


def parquet(folder: Path) -> bytes:
    """A true Parquet file."""
    path = folder / "vrai.parquet"
    pl.DataFrame({"nom": ["Awa"] * 1000, "age": range(1000)}).write_parquet(path)
    return path.read_bytes()


def cut_parquet(folder: Path) -> Path:
    """A Parquet file without its end."""
    return raw("liste.parquet", parquet(folder)[:-40])(folder)


def huge_texts(folder: Path) -> Path:
    """Texts of sixteen megabytes, the same on each line: kilobytes once compressed."""
    path = folder / "liste.parquet"
    pl.DataFrame({"nom": ["x" * 2**24] * 80}).write_parquet(path, compression="zstd")
    return path


def lying_parquet(folder: Path) -> Path:
    """A footer of random bytes."""
    body = b"PAR1" + bytes(range(1, 200)) * 40
    return raw("liste.parquet", body + struct.pack("<I", 4000) + b"PAR1")(folder)


def nested_parquet(folder: Path) -> Path:
    """A list in each cell."""
    path = folder / "liste.parquet"
    pl.DataFrame({"membres": [["Awa", "Moussa"]]}).write_parquet(path)
    return path


def ods_flood(folder: Path) -> Path:
    """Two lines that stand for a hundred thousand million cells."""
    cell = "<table:table-cell office:value-type='string' {}><text:p>Nom</text:p></table:table-cell>"
    repeated = cell.format("table:number-columns-repeated='900'")
    return spreadsheet(
        folder,
        f"<table:table-row>{repeated}</table:table-row>"
        f"<table:table-row table:number-rows-repeated='99999999'>{repeated}</table:table-row>",
    )


def ods_wide(folder: Path) -> Path:
    """One cell repeated over a million columns."""
    return spreadsheet(
        folder,
        "<table:table-row><table:table-cell table:number-columns-repeated='1000000' "
        "office:value-type='string'><text:p>Nom</text:p></table:table-cell></table:table-row>",
    )


def other_zip(folder: Path) -> Path:
    """A zip archive that is no workbook."""
    path = folder / "liste.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("lisez-moi.txt", "rien")
    return path


def binary_workbook(folder: Path) -> Path:
    """Excel's binary workbook."""
    path = folder / "liste.xlsb"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.bin", b"\x00")
    return path


UTF16 = codecs.BOM_UTF16_LE + "Nom;Âge\n".encode("utf-16-le")
HUGE_CELL = "Nom;Âge\n" + '"' + "a" * 200_000 + '";3\n'
TWICE = "Nom;Âge\nTraoré;3\n".encode().decode("cp1252").encode()
FAR = f"{TITLES}<row r='2'><c r='XFD2'><v>1</v></c></row>"
DEEP = f"{TITLES}<row r='99999999'><c r='A99999999'><v>1</v></c></row>"
SHEET = "<sheetData>{}</sheetData>"

# What each is, how it is made, the code of its refusal.
HOSTILE: list[tuple[str, Callable[[Path], Path], str]] = [
    ("an empty file", raw("liste.csv", b""), "empty"),
    ("an empty workbook", lambda f: workbook(f, SHEET.format("")), "empty"),
    ("blank lines only", raw("liste.csv", "\n\n ; ; \n"), "empty"),
    ("an old Excel workbook", raw("liste.xls", old_office("Workbook")), "old_excel"),
    ("an old workbook named .xlsx", raw("liste.xlsx", old_office("Workbook")), "old_excel"),
    ("a binary workbook", binary_workbook, "binary_excel"),
    ("a web page named .xls", raw("liste.xls", "<html><table><tr><td>A</td></tr>"), "web_page"),
    ("an XML workbook of 2003", raw("liste.xls", "\ufeff<?xml version='1.0'?><W/>"), "web_page"),
    ("a workbook with a password", raw("l.xlsx", old_office("EncryptedPackage")), "encrypted"),
    ("a locked archive", locked_archive, "encrypted"),
    (
        "a locked spreadsheet",
        lambda f: spreadsheet(f, "", manifest="<e><encryption-data/></e>"),
        "encrypted",
    ),
    ("a PDF named .csv", raw("liste.csv", b"%PDF-1.7 ..."), "format_unknown"),
    ("a zip that is no workbook", other_zip, "format_unknown"),
    ("a workbook named .csv", raw("liste.csv", real_workbook()), "wrong_extension"),
    ("a text named .xlsx", raw("liste.xlsx", "Nom;Âge\nAwa;3\n"), "wrong_extension"),
    ("a zip bomb", zip_bomb, "archive_too_big"),
    ("thousands of parts", many_parts, "too_many_parts"),
    ("a thousand laughs", lambda f: workbook(f, SHEET.format(TITLES), head=LAUGHS), "has_entities"),
    (
        "an entity outside",
        lambda f: workbook(f, "", extra={"xl/a.xml": OUTSIDE.encode()}),
        "has_entities",
    ),
    ("half a workbook", raw("liste.xlsx", real_workbook()[:6000]), "damaged"),
    ("an overwritten sheet", broken_sheet, "damaged"),
    ("a cell in the last column", lambda f: workbook(f, SHEET.format(FAR)), "too_many_columns"),
    ("a line far below", lambda f: workbook(f, SHEET.format(DEEP)), "too_many_rows"),
    ("a million columns", raw("liste.csv", "a;" * 1_000_000 + "\n"), "too_many_columns"),
    ("a million columns, repeated", ods_wide, "too_many_columns"),
    ("a flood of repeated lines", ods_flood, "too_many_rows"),
    ("four million empty lines", raw("liste.csv", "a;b\n" + "\n" * 4_000_000), "too_many_rows"),
    ("a line without end", raw("liste.csv", "a;b\n" + "x" * 9_000_000), "cell_too_long"),
    ("a quote never closed", raw("l.csv", 'Nom;Âge\n"Awa;3\nMoussa;4\n'), "unclosed_quote"),
    ("a huge cell", raw("liste.csv", HUGE_CELL), "unclosed_quote"),
    ("null bytes", raw("liste.csv", b"Nom;Age\nA\x00wa;3\n"), "has_nul"),
    ("accents spoilt twice", raw("liste.csv", TWICE), "broken_accents"),
    ("accents lost", raw("liste.csv", "Nom;Âge\nTraor\ufffd;3\n"), "broken_accents"),
    ("half a UTF-16 letter", raw("liste.csv", UTF16 + b"A"), "wrong_encoding"),
    ("a text cut short", raw("liste.csv", "Nom;Âge;Sexe\nAwa;3;F\nMou"), "cut_short"),
    ("a flood of merged cells", many_merges, "too_many_merges"),
    ("merged titles", merged_titles, "merged_header"),
    ("numbers without titles", raw("liste.csv", "1;2\n3;4\n"), "no_header"),
    ("titles without lines", raw("liste.csv", "Nom;Âge\n"), "no_rows"),
    ("half a Parquet file", cut_parquet, "damaged"),
    ("huge texts in a Parquet file", huge_texts, "cell_too_long"),
    ("a Parquet footer of noise", lying_parquet, "damaged"),
    ("lists in a Parquet file", nested_parquet, "nested_column"),
]
