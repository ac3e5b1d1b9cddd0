"""The full form and the dictionary: all that is asked is kept, all that is kept is asked."""

import re

import pytest

from gwa.questionnaires.authoring.answers import NO, YES
from gwa.questionnaires.authoring.rows import make_survey
from gwa.registry.columns import HOUSEHOLD_COLUMNS, PERSON_COLUMNS
from gwa.variables.rules.definitions import CODED, Level

# Told in other words: a birth is two days, a place a code.
OTHERWISE = {"place_now", "birth_date"}
# Ends a membership; the registry's own column, which no file brings.
OF_MEMBERSHIPS = {"end_reason"}


@pytest.fixture(scope="module")
def survey(full):
    return make_survey(full.form)


def saved(survey, entity):
    cells = [row.cells.get("save_to", "") for row in survey.rows]
    return {cell.partition("#")[2] for cell in cells if cell.startswith(f"{entity}#")}


def test_every_variable_of_the_dictionary_is_saved_by_the_full_form(survey):
    names = set(survey.form.dictionary.by_name)
    assert names - saved(survey, "menages") - saved(survey, "personnes") == OTHERWISE


@pytest.mark.parametrize(
    ("entity", "level", "columns"),
    [
        ("menages", Level.HOUSEHOLD, HOUSEHOLD_COLUMNS),
        ("personnes", Level.PERSON, PERSON_COLUMNS),
    ],
)
def test_what_is_saved_is_a_variable_or_a_column_of_the_registry(survey, entity, level, columns):
    known = {*survey.form.dictionary.at_level(level), *(column.name for column in columns)}
    assert saved(survey, entity) - known <= OF_MEMBERSHIPS


def test_answers_have_the_codes_of_the_dictionary(survey):
    lists = survey.answers.lists
    for row in survey.rows:
        variable = survey.form.dictionary.by_name.get(row.name)
        found = re.fullmatch(r"select_(?:one|multiple) (\w+)", row.cells["type"])
        if variable is not None and variable.type in CODED and found:
            assert tuple(one.code for one in lists[found[1]]) == variable.codes(), row.name
    assert tuple(one.code for one in lists["yes_no"]) == (YES, NO)


def test_the_washington_group_is_asked_in_its_order_word_for_word_from_five_years(survey):
    rows = [row for row in survey.rows if row.name.startswith("wg_")]
    assert [row.name for row in rows] == [
        "wg_proxy", "wg_seeing", "wg_hearing", "wg_walking", "wg_remembering", "wg_self_care",
        "wg_communicating",
    ]  # fmt: skip
    for row in rows[1:]:
        variable = survey.form.dictionary.by_name[row.name]
        assert row.texts["label"].words == {"fr": variable.label("fr")}
        assert "${age_max} >= 5" in row.cells["relevant"]


def test_every_question_is_written_in_bambara_and_says_that_a_speaker_must_review_it(survey):
    texts = [
        (row.name, column, text)
        for row in survey.rows
        if not row.name.startswith(("wg_", "washington"))
        for column, text in row.texts.items()
    ]
    assert [(name, column) for name, column, text in texts if "bm" not in text.words] == []
    assert all("bm" in text.to_review for _name, _column, text in texts)


def test_every_constraint_says_what_to_do(survey):
    mute = [
        row.name
        for row in survey.rows
        if "constraint" in row.cells and "constraint_message" not in row.texts
    ]
    assert mute == []


def test_no_one_is_asked_why_they_fled(survey):
    words = re.compile(r"pourquoi|cause|raison", re.IGNORECASE)
    labels = [(row.name, row.texts["label"].words["fr"]) for row in survey.rows if row.texts]
    asked = [name for name, label in labels if words.search(label)]
    # The validated sentence of the Washington Group speaks of a health problem.
    assert asked == ["washington_intro"]
