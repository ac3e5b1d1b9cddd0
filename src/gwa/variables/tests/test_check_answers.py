"""Answers are checked against their variables, and each fault has its sentence."""

from decimal import Decimal

import pytest
from django.utils import translation

from gwa.variables.errors import _PROBLEMS, AnswersRefused, explain
from gwa.variables.rules.answers import ProblemKind, check_answers, check_value
from gwa.variables.rules.definitions import Level, Storage
from gwa.variables.tests.cast import (
    BUILT,
    LAND,
    LIGHT,
    MOVED,
    NOTE,
    ROOF,
    ROOMS,
    WATER,
    dictionary,
    variable,
)

RIGHT = {
    "roof": "metal",
    "water_treatment": ["boil", "filter"],
    "rooms": 3,
    "land": 1.25,
    "electricity": False,
    "built_on": "1998-02-28",
    "moved_in": "2026-11",
    "note": "près du fleuve",
}


def test_right_answers_have_no_problem():
    assert check_answers(RIGHT, dictionary().household) == []


def test_nothing_known_is_always_right():
    assert check_answers({}, dictionary().household) == []
    assert check_answers(dict.fromkeys(RIGHT), dictionary().household) == []


@pytest.mark.parametrize(
    ("defined", "value", "kind"),
    [
        (ROOMS, "3", ProblemKind.NOT_A_NUMBER),
        (ROOMS, True, ProblemKind.NOT_A_NUMBER),
        (ROOMS, 2.5, ProblemKind.NOT_WHOLE),
        (ROOMS, -1, ProblemKind.TOO_SMALL),
        (ROOMS, 61, ProblemKind.TOO_LARGE),
        (LAND, float("nan"), ProblemKind.NOT_A_NUMBER),
        (LAND, float("inf"), ProblemKind.NOT_A_NUMBER),
        (LAND, 1.234, ProblemKind.TOO_MANY_DECIMALS),
        (LIGHT, 1, ProblemKind.NOT_YES_NO),
        (LIGHT, "oui", ProblemKind.NOT_YES_NO),
        (BUILT, "1999-02-29", ProblemKind.NOT_A_DATE),
        (BUILT, "22/11/2026", ProblemKind.NOT_A_DATE),
        (BUILT, 2026, ProblemKind.NOT_A_DATE),
        (MOVED, "2026-13", ProblemKind.NOT_A_MONTH),
        (MOVED, "2026-11-22", ProblemKind.NOT_A_MONTH),
        (BUILT, "2206-01-01", ProblemKind.FAR_YEAR),
        (MOVED, "0198-01", ProblemKind.FAR_YEAR),
        (NOTE, 12, ProblemKind.NOT_A_TEXT),
        (NOTE, "  ", ProblemKind.EMPTY_TEXT),
        (NOTE, "x" * 501, ProblemKind.LONG_TEXT),
        (ROOF, ["metal"], ProblemKind.NOT_A_CHOICE),
        (ROOF, "straw", ProblemKind.UNKNOWN_CHOICE),
        (ROOF, "Metal", ProblemKind.UNKNOWN_CHOICE),
        (WATER, "boil", ProblemKind.NOT_A_LIST),
        (WATER, ["boil", 2], ProblemKind.NOT_A_LIST),
        (WATER, ["boil", "pray"], ProblemKind.UNKNOWN_CHOICE),
        (WATER, ["boil", "boil"], ProblemKind.REPEATED_CHOICE),
        (WATER, ["none", "boil"], ProblemKind.NONE_WITH_OTHERS),
    ],
)
def test_each_fault_is_named_and_explained(defined, value, kind):
    problem = check_value(value, defined)
    assert problem is not None
    assert problem.kind == kind
    with translation.override("fr"):
        sentence = explain(problem)
    assert defined.label("fr") in sentence
    assert "%(" not in sentence


def test_limits_themselves_are_right():
    assert check_value(0, ROOMS) is None
    assert check_value(60, ROOMS) is None
    assert check_value(Decimal("0.10"), LAND) is None


def test_an_unknown_variable_is_a_problem():
    (problem,) = check_answers({"roofs": "metal"}, dictionary().household)
    assert problem.kind == ProblemKind.UNKNOWN_VARIABLE
    assert "roofs" in explain(problem)


def test_a_variable_of_the_other_level_is_unknown():
    person = variable("literacy", "boolean", level=Level.PERSON)
    both = dictionary(ROOF, person)
    assert check_answers({"literacy": True}, both.person) == []
    (problem,) = check_answers({"literacy": True}, both.household)
    assert problem.kind == ProblemKind.UNKNOWN_VARIABLE


def test_what_the_registry_keeps_itself_is_not_an_answer():
    sex = variable("sex", "text", level=Level.PERSON, storage=Storage.REGISTRY)
    (problem,) = check_answers({"sex": "F"}, dictionary(sex).person)
    assert problem.kind == ProblemKind.KEPT_ELSEWHERE


@pytest.mark.parametrize(
    ("ages", "is_refused"),
    [((3, 4), True), ((4, 6), False), ((5, 5), False), ((50, 50), True), (None, False)],
)
def test_a_question_not_asked_at_an_age_has_no_answer(ages, is_refused):
    pregnant = variable("pregnant", "boolean", level=Level.PERSON, from_age=5, to_age=49)
    problems = check_answers({"pregnant": True}, dictionary(pregnant).person, age_range=ages)
    assert [problem.kind for problem in problems] == [ProblemKind.NOT_ASKED_AT_AGE] * is_refused
    for problem in problems:
        with translation.override("fr"):
            assert "(de 5 à 49 ans)" in explain(problem)


def test_the_sentence_says_what_where_and_how_to_mend():
    problem = check_value(61, ROOMS)
    assert explain(problem, "fr") == (
        "« Rooms » : 61 est trop grand. Le maximum est 60 ; vérifiez aussi l’unité."
    )
    problem = check_value("straw", ROOF)
    assert explain(problem, "fr").endswith("Choisissez parmi : Metal, Thatch, Tiles.")


def test_the_sentence_is_said_in_the_language_asked():
    with translation.override("fr"):
        assert explain(check_value(1.234, LAND), "en") == (
            "“land”: “1.234\u00a0hectares” has too many decimals. Keep 2."
        )


def test_every_kind_of_problem_has_a_sentence():
    assert set(_PROBLEMS) == set(ProblemKind)


def test_a_refusal_gathers_every_sentence():
    problems = check_answers({"rooms": 61, "roof": "straw"}, dictionary().household)
    refusal = AnswersRefused(problems)
    assert "trop grand" in refusal.sentence
    assert "straw" in refusal.sentence
