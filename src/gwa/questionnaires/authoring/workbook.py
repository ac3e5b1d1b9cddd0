"""The rows of a form as an `.xlsx`: the same sources give the same bytes, on any machine."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping

import xlsxwriter

from gwa.questionnaires.authoring.answers import AnswerLists
from gwa.questionnaires.authoring.reading import Form
from gwa.questionnaires.authoring.rows import Row, Survey, make_survey
from gwa.questionnaires.authoring.texts import REFERENCE, Text

Table = list[list[str]]

_SURVEY = (
    "type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message",
    "calculation", "choice_filter", "repeat_count", "appearance", "parameters", "default",
    "read_only", "save_to", "media::audio",
)  # fmt: skip
_IN_LANGUAGES = frozenset({"label", "hint", "constraint_message", "media::audio"})
_PARTS = {"label": "label", "hint": "hint", "constraint_message": "message"}
_LONG_AGO = dt.datetime(2000, 1, 1)  # noqa: DTZ001 (a property of the file, without zone)
_ZIPPED_AT = (1980, 1, 1, 0, 0, 0)


def build_workbook(form: Form) -> bytes:
    """Return the workbook of a form."""
    return write_book(make_sheets(form))


def make_sheets(form: Form) -> dict[str, Table]:
    """Return the sheets of a form by name, cell by cell."""
    survey = make_survey(form)
    codes = tuple(_codes_in_use(survey))
    return {
        "survey": _survey_sheet(survey, codes),
        "choices": _choices_sheet(form, survey.answers, codes),
        "entities": _entities_sheet(form),
        "settings": [
            ["form_title", "form_id", "version", "default_language"],
            [
                str(form.head["title"]),
                form.id,
                str(form.head["version"]),
                form.languages[REFERENCE],
            ],
        ],
        "relecture": _review_sheet(survey),
    }


def _codes_in_use(survey: Survey) -> Iterator[str]:
    """Give the languages in which something is written or spoken, French first."""
    texts = [text for row in survey.rows for text in row.texts.values()]
    written = {code for text in texts for code in text.words}
    for code in survey.form.languages:
        spoken = any(survey.form.audio(row.name, code) for row in survey.rows)
        if code in written or code in survey.form.translations or spoken:
            yield code


def _survey_sheet(survey: Survey, codes: tuple[str, ...]) -> Table:
    form = survey.form
    rows = [_row_in_languages(form, row, codes) for row in survey.rows]
    used = {column for row in rows for column in row}
    columns = [
        one
        for column in _SURVEY
        for one in _columns(form, column, codes)
        if one in used or (column == "media::audio" and _in_any_language(form, column, used))
    ]
    return [columns, *([row.get(column, "") for column in columns] for row in rows)]


def _in_any_language(form: Form, column: str, used: set[str]) -> bool:
    return any(f"{column}::{name}" in used for name in form.languages.values())


def _columns(form: Form, column: str, codes: tuple[str, ...]) -> list[str]:
    if column not in _IN_LANGUAGES:
        return [column]
    return [f"{column}::{form.languages[code]}" for code in codes]


def _row_in_languages(form: Form, row: Row, codes: tuple[str, ...]) -> dict[str, str]:
    cells = {**row.cells, "name": row.name}
    for code in codes:
        language = form.languages[code]
        own = ((form.translations.get(code) or {}).get("questions") or {}).get(row.name) or {}
        for column, text in row.texts.items():
            word = own.get(_PARTS[column]) or text.in_language(code)
            cells[f"{column}::{language}"] = word
        audio = form.audio(row.name, code)
        if audio and "label" in row.texts:
            cells[f"media::audio::{language}"] = audio
    if row.cells["type"].startswith("end "):
        del cells["name"]
    return cells


def _choices_sheet(form: Form, answers: AnswerLists, codes: tuple[str, ...]) -> Table:
    more = sorted({name for found in answers.lists.values() for one in found for name in one.more})
    labels = [f"label::{form.languages[code]}" for code in codes]
    table = [["list_name", "name", *labels, *more]]
    for name, found in answers.lists.items():
        for answer in found:
            words = [
                _translated(form, code, name, answer.code) or answer.label.in_language(code)
                for code in codes
            ]
            extra = [answer.more.get(column, "") for column in more]
            table.append([name, answer.code, *words, *extra])
    return table


def _translated(form: Form, code: str, name: str, answer: str) -> str:
    lists = (form.translations.get(code) or {}).get("choices") or {}
    return str((lists.get(name) or {}).get(answer) or "")


def _entities_sheet(form: Form) -> Table:
    columns = ["list_name", "label", "entity_id", "create_if", "update_if"]
    entities: Mapping[str, Mapping[str, str]] = form.head["entities"]
    return [
        columns,
        *([name, *(body[key] for key in columns[1:])] for name, body in entities.items()),
    ]


def _review_sheet(survey: Survey) -> Table:
    """List what a speaker still has to review, beside the French."""
    table = [["feuille", "nom", "langue", "français", "à relire"]]
    for row in survey.rows:
        for column, text in row.texts.items():
            table += _to_review(f"survey {column}", row.name, text)
    for name, found in survey.answers.lists.items():
        for answer in found:
            table += _to_review("choices", f"{name}.{answer.code}", answer.label)
    return table


def _to_review(sheet: str, name: str, text: Text) -> Iterator[list[str]]:
    for code in sorted(text.to_review):
        yield [sheet, name, code, text.words[REFERENCE], text.words[code]]


def write_book(sheets: Mapping[str, Iterable[list[str]]]) -> bytes:
    """Write sheets of text, without a date and without compression, which differs by machine."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _LONG_AGO})
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    for name, table in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for y, row in enumerate(table):
            for x, cell in enumerate(row):
                if cell:
                    sheet.write_string(y, x, cell, wrapped if y else bold)
        sheet.set_column(0, 40, 24)
    book.close()
    return _store(written)


def _store(written: io.BytesIO) -> bytes:
    stored = io.BytesIO()
    with zipfile.ZipFile(written) as read, zipfile.ZipFile(stored, "w") as store:
        for entry in read.infolist():
            store.writestr(zipfile.ZipInfo(entry.filename, _ZIPPED_AT), read.read(entry))
    return stored.getvalue()
