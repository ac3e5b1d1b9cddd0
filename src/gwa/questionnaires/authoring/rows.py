"""From the sources to the rows of the `survey` sheet, leaning on the dictionary."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from gwa.questionnaires.authoring.answers import NO, YES_NO, Answer, AnswerLists, plain
from gwa.questionnaires.authoring.questions import (
    cells_of_variable,
    condition_of_variable,
    message_of_variable,
)
from gwa.questionnaires.authoring.reading import Form, Raw
from gwa.questionnaires.authoring.texts import SourceFault, Text
from gwa.variables.rules.definitions import Level, ValueType, VariableDefinition

# Keys that go to the workbook as they are, under another name where XLSForm has its own.
_CELLS = {
    "type": "type",
    "constraint": "constraint",
    "relevant": "relevant",
    "calculation": "calculation",
    "appearance": "appearance",
    "default": "default",
    "filter": "choice_filter",
    "count": "repeat_count",
    "read_only": "read_only",
    "parameters": "parameters",
    "save_to": "save_to",
}
_KEYS = frozenset(_CELLS) | {
    "questions", "which", "variable", "hint", "message", "required", "screen", "module", "choices",
    "many", "months",
}  # fmt: skip
_SILENT = frozenset({"start", "end", "today", "calculate", "csv-external", "note"})
_LISTS = {Level.HOUSEHOLD: "menages", Level.PERSON: "personnes"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the survey sheet: cells in no language, and texts by column."""

    name: str
    cells: Mapping[str, str]
    texts: Mapping[str, Text] = field(default_factory=dict)


@dataclass(slots=True)
class Survey:
    """The rows of a form, as they are made, and the lists of answers they use."""

    form: Form
    answers: AnswerLists
    rows: list[Row] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def add(self, row: Row) -> None:
        """Add a row; questions of one form all have different names."""
        if not row.cells["type"].startswith("end "):
            if row.name in self.names:
                raise SourceFault(row.name, "named twice")
            self.names.add(row.name)
        self.rows.append(row)


def make_survey(form: Form) -> Survey:
    """Turn the sections of a form into rows."""
    survey = Survey(form, AnswerLists(form.dictionary.languages))
    survey.answers.add(YES_NO, tuple(_read_answers(form, YES_NO, form.head["yes_no"])))
    for name, raw in form.lists.items():
        survey.answers.add(name, tuple(_read_answers(form, name, raw)))
    if form.modules:
        names = (Answer(name, label) for name, label in form.modules.items())
        survey.answers.add("modules", tuple(names))
    for name, raw in form.sections.items():
        _add_node(survey, name, {"questions": {}, **raw})
    _refuse_unmet(survey)
    return survey


def _add_node(survey: Survey, name: str, raw: Raw | None) -> None:
    raw = raw or {}
    for key in raw.keys() - _KEYS - survey.form.text_keys:
        raise SourceFault(name, f"unknown key {key}")
    if raw.keys() == {"questions"}:
        # A file that only keeps questions together: in a form, a group without a label is nothing.
        for child, body in raw["questions"].items():
            _add_node(survey, child, body)
    elif "questions" in raw:
        _add_group(survey, name, raw)
    elif "which" in raw:
        _add_which(survey, name, raw)
    else:
        _add_question(survey, name, raw)


def _add_group(survey: Survey, name: str, raw: Raw) -> None:
    word = "repeat" if "count" in raw else "group"
    cells = {"type": f"begin {word}", **_cells(survey.form, name, raw)}
    if raw.get("screen"):
        cells["appearance"] = "field-list"
    survey.add(Row(name, cells, _texts(survey.form, name, raw)))
    for child, body in raw["questions"].items():
        _add_node(survey, child, body)
    survey.add(Row(name, {"type": f"end {word}"}))


def _add_question(survey: Survey, name: str, raw: Raw) -> None:
    form = survey.form
    variable = form.dictionary.by_name.get(raw.get("variable", name))
    texts = _texts(form, name, raw)
    cells = _cells(form, name, raw)
    if variable is not None and "type" not in raw:
        cells = _with_variable(survey, variable, cells)
        texts = {"label": survey.answers.dictionary_text(variable.labels), **texts}
        if (message := message_of_variable(variable, form.messages)) and "constraint" in cells:
            texts = {"constraint_message": message, **texts}
    elif "choices" in raw:
        kind = "select_multiple" if raw.get("many") else "select_one"
        answers = tuple(_read_answers(form, name, raw["choices"]))
        cells["type"] = f"{kind} {survey.answers.add(name, answers)}"
    kind = cells.get("type") or ""
    if not kind:
        raise SourceFault(name, "neither a type, nor choices, nor a variable of the dictionary")
    if raw.get("required", kind.split()[0] not in _SILENT and "calculation" not in raw):
        cells["required"] = "yes"
    if variable is not None and variable.type == ValueType.YEAR_MONTH and "type" not in raw:
        _add_month(survey, name, Row(f"{name}_date", cells, texts))
    else:
        survey.add(Row(name, cells, texts))


def _with_variable(
    survey: Survey, variable: VariableDefinition, own: Mapping[str, str]
) -> dict[str, str]:
    """Return the cells of a question about a variable: the dictionary's, then those of the form."""
    given = cells_of_variable(variable, survey.answers)
    given["save_to"] = f"{_LISTS[variable.level]}#{variable.name}"
    cells = {**given, **own}
    for column in ("relevant", "constraint"):
        parts = [given.get(column, ""), own.get(column, "")]
        if column == "relevant":
            parts.append(condition_of_variable(variable, survey.form))
        cells[column] = _all_of(parts)
    if own.get("save_to") == NO:
        del cells["save_to"]
    return {column: cell for column, cell in cells.items() if cell}


def _add_month(survey: Survey, name: str, asked: Row) -> None:
    """Ask a month as a day of it: the dictionary's "2026-11" is made from the answer."""
    cells = dict(asked.cells)
    save_to = cells.pop("save_to")
    survey.add(Row(asked.name, cells, asked.texts))
    month = f"if(${{{asked.name}}} = '', '', format-date(${{{asked.name}}}, '%Y-%m'))"
    survey.add(Row(name, {"type": "calculate", "calculation": month, "save_to": save_to}))


def _add_which(survey: Survey, name: str, raw: Raw) -> None:
    """Ask which of several things there are, then how many of each: the others are none."""
    form, answers = survey.form, survey.answers
    things = [form.dictionary.by_name[one] for one in raw["which"]]
    listed = [Answer(one.name, answers.dictionary_text(one.labels)) for one in things]
    none = Answer("none", form.messages["none"])
    asked = {key: value for key, value in raw.items() if key != "which"}
    cells = _cells(form, name, asked) | {
        "type": f"select_multiple {answers.add(name, (*listed, none))}",
        "constraint": "not(selected(., 'none') and count-selected(.) > 1)",
        "required": "yes",
    }
    texts = {"constraint_message": form.messages["none_alone"], **_texts(form, name, asked)}
    survey.add(Row(name, cells, texts))
    screen = {"type": "begin group", "appearance": "field-list"}
    survey.add(Row(f"{name}_counts", screen | {"relevant": f"not(selected(${{{name}}}, 'none'))"}))
    for thing in things:
        count = cells_of_variable(thing, answers)
        count |= {"relevant": f"selected(${{{name}}}, '{thing.name}')", "required": "yes"}
        label = _with_label(form.messages["how_many"], answers.dictionary_text(thing.labels))
        message = message_of_variable(thing, form.messages)
        texts = {"label": label, "constraint_message": message}
        survey.add(Row(f"{thing.name}_count", count, texts))
    survey.add(Row(f"{name}_counts", {"type": "end group"}))
    for thing in things:
        number = f"if(selected(${{{name}}}, '{thing.name}'), ${{{thing.name}_count}}, 0)"
        known = f"if(${{{name}}} = '', '', {number})"
        save_to = f"{_LISTS[thing.level]}#{thing.name}"
        survey.add(Row(thing.name, {"type": "calculate", "calculation": known, "save_to": save_to}))


def _with_label(pattern: Text, label: Text) -> Text:
    words = {
        code: text.format(label=label.in_language(code)) for code, text in pattern.words.items()
    }
    return Text(words, pattern.to_review | label.to_review)


def _cells(form: Form, name: str, raw: Raw) -> dict[str, str]:
    cells = {column: plain(raw[key]) for key, column in _CELLS.items() if raw.get(key) is not None}
    if (module := raw.get("module")) is not None:
        if module not in form.modules:
            raise SourceFault(name, f"unknown module {module}")
        asked = f"selected(${{modules}}, '{module}')"
        cells["relevant"] = _all_of([asked, cells.get("relevant", "")])
    return cells


def _texts(form: Form, name: str, raw: Raw) -> dict[str, Text]:
    found = {
        "label": form.text(raw, name),
        "hint": form.text(raw.get("hint") or {}, f"{name}.hint"),
        "constraint_message": form.text(raw.get("message") or {}, f"{name}.message"),
    }
    return {column: text for column, text in found.items() if text}


def _all_of(conditions: list[str]) -> str:
    wanted = [condition for condition in conditions if condition]
    return wanted[0] if len(wanted) == 1 else " and ".join(f"({one})" for one in wanted)


def _read_answers(form: Form, name: str, raw: Raw) -> Iterator[Answer]:
    for code, body in raw.items():
        label = form.text(body, f"{name}.{code}")
        more = {key: plain(value) for key, value in body.items() if key not in form.text_keys}
        yield Answer(str(code), label, more)


def _refuse_unmet(survey: Survey) -> None:
    """Refuse a condition of the dictionary about a question that the form does not ask."""
    for row in survey.rows:
        for other in survey.form.conditions.get(row.name, {}):
            if other not in survey.names:
                raise SourceFault(row.name, f"depends on {other}, which is not in the form")
