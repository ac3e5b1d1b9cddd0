"""Files are read as people see them: encodings, separators, dates, codes, errors, merged cells."""

import datetime as dt
import tracemalloc
from decimal import Decimal

import openpyxl
import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from gwa.collection.files import Unreadable, errors, open_book
from gwa.collection.tests.hostile import spreadsheet

NAMES = "Prénom;Nom;Âge\nAïssata;Kéïta;12\nMoïse;Traoré;40\n"


def read(path, sheet=None):
    book = open_book(path, file_name=path.name)
    return book, list(book.rows(sheet or book.sheets[0].name))


def text_file(folder, content, encoding="utf-8"):
    path = folder / "liste.csv"
    path.write_bytes(content.encode(encoding))
    return path


def workbook(folder, fill):
    book = openpyxl.Workbook()
    fill(book.active)
    path = folder / "liste.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac-roman", "cp850"],
)
def test_accents_are_read_in_the_encodings_that_lists_come_in(tmp_path, encoding):
    _book, rows = read(text_file(tmp_path, NAMES, encoding))
    assert rows == [(2, ("Aïssata", "Kéïta", "12")), (3, ("Moïse", "Traoré", "40"))]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found(tmp_path, separator):
    book, rows = read(text_file(tmp_path, NAMES.replace(";", separator)))
    assert book.separator == separator
    assert rows[0][1] == ("Aïssata", "Kéïta", "12")


def test_a_chosen_encoding_that_cannot_be_is_refused_with_the_line(tmp_path):
    path = text_file(tmp_path, NAMES, "cp1252")
    with pytest.raises(errors.WrongEncoding) as refused:
        open_book(path, file_name=path.name, encoding="utf-8")
    assert refused.value.facts["line"] == 1


def test_quotes_hold_separators_and_line_ends_and_lines_count_as_in_a_spreadsheet(tmp_path):
    path = text_file(tmp_path, 'Nom;Note\n"Ba; dit ""Le Grand""";"deux\nlignes"\n\nTall;\n')
    _book, rows = read(path)
    assert rows == [(2, ('Ba; dit "Le Grand"', "deux\nlignes")), (4, ("Tall", None))]


def test_the_titles_may_stand_below_a_letterhead_and_come_again(tmp_path):
    path = text_file(tmp_path, "Mairie;;\n;;\n Nom ;Nom;\nBa;1;\nNom;Nom;\nTall;2;\n")
    book, rows = read(path)
    assert book.sheets[0].columns == ("Nom", "Nom (2)")
    assert book.sheets[0].header_row == 3
    assert [line for line, _cells in rows] == [4, 6]
    codes = {notice.code for notice in book.sheets[0].notices}
    assert codes == {"repeated_column", "header_again"}


def test_a_line_with_too_many_cells_is_not_trusted(tmp_path):
    _book, rows = read(text_file(tmp_path, "Nom,Rue,Âge\nBa,Rue 4,30\nTall,Rue 5, porte 2,31\n"))
    assert rows[0][1] == ("Ba", "Rue 4", "30")
    assert all(isinstance(cell, Unreadable) for cell in rows[1][1])


def test_long_numbers_spoilt_by_a_spreadsheet_are_told(tmp_path):
    book, _rows = read(text_file(tmp_path, "Nom;NINA\nBa;1,2345E+13\n"))
    assert [notice.code for notice in book.sheets[0].notices] == ["powers_of_ten"]


def test_a_workbook_gives_dates_codes_truths_and_exact_numbers(tmp_path):
    def fill(sheet):
        sheet.append(["Nom", "Naissance", "Code", "Téléphone", "Présent", "Taille", "NINA"])
        row = [
            "Ba", dt.date(1984, 5, 2), 501, "+22376123456", True, 0.1 + 0.2, 12345678901234,
        ]  # fmt: skip
        sheet.append(row)
        sheet["C2"].number_format = "00000000"

    _book, rows = read(workbook(tmp_path, fill))
    assert rows == [
        (
            2,
            (
                "Ba",
                dt.date(1984, 5, 2),
                "00000501",
                "+22376123456",
                True,
                Decimal("0.3"),
                12345678901234,
            ),
        )
    ]


@pytest.mark.parametrize(
    ("epoch", "day"),
    [
        (openpyxl.utils.datetime.WINDOWS_EPOCH, dt.date(1900, 2, 28)),
        (openpyxl.utils.datetime.WINDOWS_EPOCH, dt.date(1900, 3, 1)),
        (openpyxl.utils.datetime.MAC_EPOCH, dt.date(1984, 5, 2)),
    ],
)
def test_both_calendars_of_excel_are_read(tmp_path, epoch, day):
    book = openpyxl.Workbook()
    book.epoch = epoch
    book.active.append(["Nom", "Naissance"])
    book.active.append(["Ba", day])
    path = tmp_path / "liste.xlsx"
    book.save(path)
    assert read(path)[1] == [(2, ("Ba", day))]


def test_errors_and_formulas_without_result_are_unreadable(tmp_path):
    def fill(sheet):
        sheet.append(["Nom", "Âge", "Note"])
        sheet.append(["Ba", "=1+1", "#REF!"])
        sheet["C2"].data_type = "e"

    book, rows = read(workbook(tmp_path, fill))
    _name, formula, error = rows[0][1]
    assert isinstance(formula, Unreadable)
    assert isinstance(error, Unreadable)
    assert str(error) == "#REF!"
    assert [notice.code for notice in book.sheets[0].notices] == ["unreadable_cells"] * 2


def test_merged_cells_count_on_each_of_their_lines_and_hidden_sheets_are_left_out(tmp_path):
    def fill(sheet):
        sheet.append(["Nom", "Village"])
        sheet.append(["Ba", "Konna"])
        sheet.append(["Tall", None])
        sheet.append(["Sow", None])
        sheet.append(["Kida", "Sofara"])
        sheet.append(["Bah", None])
        sheet.merge_cells("B2:B3")
        sheet.merge_cells("B5:B6")
        sheet.parent.create_sheet("Brouillon").sheet_state = "hidden"

    book, rows = read(workbook(tmp_path, fill))
    villages = [cells for _number, cells in rows]
    assert villages == [("Ba", "Konna"), ("Tall", "Konna"), ("Sow", None), ("Kida", "Sofara"),
                        ("Bah", "Sofara")]  # fmt: skip
    assert [notice.code for notice in book.sheets[0].notices] == ["merged"]
    assert [notice.code for notice in book.notices] == ["hidden_sheet"]


def test_a_workbook_is_read_as_another_reader_reads_it(tmp_path):
    """Two thousand lines of every kind, beside a reader that others wrote."""

    def fill(sheet):
        sheet.append(["Nom", "Nombre", "Jour", "Instant", "Vrai", "Vide"])
        for turn in range(2_000):
            day = dt.date(1950, 1, 1) + dt.timedelta(days=turn * 13)
            moment = dt.datetime(2020, 1, 1, 8, turn % 60) + dt.timedelta(days=turn)  # noqa: DTZ001
            name = None if turn % 7 == 0 else f" Ba & <{turn}> é "
            sheet.append([name, turn / 8, day, moment, turn % 2 == 0, None])

    path = workbook(tmp_path, fill)
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    theirs = [
        tuple((cell.strip() or None) if isinstance(cell, str) else cell for cell in row)
        for row in list(sheet.iter_rows())[1:]
    ]
    ours = [cells for _line, cells in read(path)[1]]
    assert [(*cells[:5], None) for cells in theirs] == ours


def test_a_spreadsheet_repeats_lines_and_keeps_codes_as_shown(tmp_path):
    cell = "<table:table-cell office:value-type='{}' {}><text:p>{}</text:p></table:table-cell>"
    titles = cell.format("string", "", "Nom") + cell.format("string", "", "Code")
    line = cell.format("string", "", "Ba") + cell.format("float", "office:value='7'", "007")
    path = spreadsheet(
        tmp_path,
        f"<table:table-row>{titles}</table:table-row>"
        f"<table:table-row table:number-rows-repeated='2'>{line}</table:table-row>"
        "<table:table-row table:number-rows-repeated='1048573'><table:table-cell "
        "table:number-columns-repeated='16384'/></table:table-row>",
    )
    book, rows = read(path)
    assert rows == [(2, ("Ba", "007")), (3, ("Ba", "007"))]
    assert book.sheets[0].row_count == 2


def test_merged_cells_of_a_spreadsheet_count_on_each_of_their_lines(tmp_path):
    cell = "<table:table-cell office:value-type='string' {}><text:p>{}</text:p></table:table-cell>"
    lines = (
        cell.format("", "Nom") + cell.format("", "Village"),
        cell.format("", "Ba") + cell.format("table:number-rows-spanned='2'", "Konna"),
        cell.format("", "Tall") + "<table:covered-table-cell/>",
    )
    path = spreadsheet(tmp_path, "".join(f"<table:table-row>{x}</table:table-row>" for x in lines))
    assert read(path)[1] == [(2, ("Ba", "Konna")), (3, ("Tall", "Konna"))]


def test_parquet_keeps_its_types(tmp_path):
    path = tmp_path / "liste.parquet"
    pl.DataFrame(
        {"nom": [" Ba ", None], "age": [30.0, 1.5], "jour": [dt.date(1984, 5, 2), None]}
    ).write_parquet(path)
    assert read(path)[1] == [
        (1, ("Ba", 30, dt.date(1984, 5, 2))),
        (2, (None, Decimal("1.5"), None)),
    ]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_many_lines_pass_in_little_memory(tmp_path, kind):
    path = tmp_path / f"liste.{kind}"
    frame = pl.DataFrame({"nom": [f"Ba {n}" for n in range(150_000)], "rang": range(150_000)})
    frame.write_csv(path) if kind == "csv" else frame.write_parquet(path)
    del frame
    tracemalloc.start()
    book = open_book(path, file_name=path.name)
    count = sum(1 for _row in book.rows(book.sheets[0].name))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 150_000
    assert peak < 16 * 1024**2
