"""What a spreadsheet would run is guarded in files that go out, and comes back as it was."""

import io
import zipfile

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gwa.collection.files import open_book
from gwa.collection.rules.mappings import Layout, Mapping, SheetMapping
from gwa.collection.rules.readers import LineReader
from gwa.exports.columns import Offered
from gwa.exports.writing.formats import WRITERS
from gwa.variables.rules.definitions import Level, ValueType
from gwa.variables.tests.cast import dictionary

COLUMNS = [Offered(name, name, "", ValueType.TEXT) for name in ("address", "given_name")]
MAPPING = Mapping(Layout.HOUSEHOLDS)
STARTS = "=+-@＝＋－＠"

# As the registry keeps texts: no stray spaces.
texts = (
    st.text(st.sampled_from(f"{STARTS}'\"';,| Aéɛ7"), min_size=1, max_size=8)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)


def go_out(form, rows, folder):
    """Write the rows as an export of this form, and return the file as people hold it."""
    frame = pl.DataFrame(
        rows, schema=dict.fromkeys(("address", "given_name"), pl.String), orient="row"
    )
    file = io.BytesIO()
    writer = WRITERS[form](file, folder, in_words=False)
    writer.begin(Level.HOUSEHOLD, COLUMNS)
    writer.add(frame)
    writer.end()
    writer.close(pl.DataFrame({"colonne": ["adresse"]}))
    name = {"csv": "menages.csv", "xlsx": "export.xlsx"}[form]
    path = folder / name
    path.write_bytes(zipfile.ZipFile(file).read(name))
    return path


def come_in(path):
    """Read the file as an import does."""
    book = open_book(path, file_name=path.name)
    part = SheetMapping(book.sheets[0].name, "", {one.name: one.name for one in COLUMNS})
    reader = LineReader(part, book.sheets[0].columns, MAPPING, dictionary())
    read = [reader.read(line, cells) for line, cells in book.rows(book.sheets[0].name)]
    return [(one.values["address"], one.values["given_name"]) for one in read]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("files")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@given(rows=st.lists(st.tuples(texts, texts), min_size=1, max_size=5))
@example(rows=[("=1+1", "'=1+1"), ("''-", "'@x"), ("'", "N'Diaye"), ("+22376123456", "'Aïcha")])
def test_an_exported_file_comes_back_with_the_same_texts(form, rows, folder):
    assert come_in(go_out(form, rows, folder)) == rows


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@given(text=texts)
def test_no_cell_begins_as_a_formula(form, text, folder):
    path = go_out(form, [(text, text)], folder)
    book = open_book(path, file_name=path.name)
    ((_, cells),) = book.rows(book.sheets[0].name)
    # In a workbook a text is a text, whatever it begins with.
    assert form == "xlsx" or cells[0][0] not in STARTS
