"""What people type becomes a value, or a problem; nothing is guessed."""

import pytest

from gwa.variables.rules.answers import Problem, ProblemKind
from gwa.variables.rules.definitions import ChoiceDefinition
from gwa.variables.rules.parsing import parse_value
from gwa.variables.tests.cast import (
    BUILT,
    LAND,
    LIGHT,
    MOVED,
    NOTE,
    ROOF,
    ROOMS,
    WATER,
    choices,
    variable,
)

OCCUPATION = variable(
    "occupation",
    "choices",
    choices=(
        ChoiceDefinition("wood", {"fr": "Bois, charbon", "en": "Wood, charcoal"}),
        ChoiceDefinition("herding", {"fr": "Élevage", "en": "Livestock", "bm": "Baganmara"}),
    ),
)


@pytest.mark.parametrize(
    ("text", "defined", "value"),
    [
        ("", ROOMS, None),
        ("   ", NOTE, None),
        ("3", ROOMS, 3),
        (" 12,0 ", ROOMS, 12),
        ("1,5", LAND, 1.5),
        ("1.5", LAND, 1.5),
        ("1 234,5", LAND, 1234.5),
        ("1\u202f234,5", LAND, 1234.5),
        ("1.234,5", LAND, 1234.5),
        ("1,234.5", LAND, 1234.5),
        ("2", LAND, 2),
        ("Oui", LIGHT, True),
        ("NON", LIGHT, False),
        ("ɔwɔ", LIGHT, True),
        ("1", LIGHT, True),
        ("faux", LIGHT, False),
        ("22/11/2026", BUILT, "2026-11-22"),
        ("5.3.1998", BUILT, "1998-03-05"),
        ("2026-11-22", BUILT, "2026-11-22"),
        ("2026-11-22 00:00:00", BUILT, "2026-11-22"),
        ("11/2026", MOVED, "2026-11"),
        ("2026-1", MOVED, "2026-01"),
        ("Août 2026", MOVED, "2026-08"),
        ("févr. 2026", MOVED, "2026-02"),
        ("22/11/2026", MOVED, "2026-11"),
        ("metal", ROOF, "metal"),
        ("  METAL ", ROOF, "metal"),
        ("thatch (en)", ROOF, "thatch"),
        ("boil filter", WATER, ["boil", "filter"]),
        ("Boil; Filter", WATER, ["boil", "filter"]),
        ("Boil, filter", WATER, ["boil", "filter"]),
        ("boil|filter", WATER, ["boil", "filter"]),
        ("bois, charbon", OCCUPATION, ["wood"]),
        ("Bois, charbon ; elevage", OCCUPATION, ["wood", "herding"]),
        ("baganmara", OCCUPATION, ["herding"]),
        ("  près du fleuve ", NOTE, "près du fleuve"),
    ],
)
def test_text_becomes_a_value(text, defined, value):
    read = parse_value(text, defined)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("text", "defined", "kind"),
    [
        ("trois", ROOMS, ProblemKind.NOT_A_NUMBER),
        ("1/2", LAND, ProblemKind.NOT_A_NUMBER),
        ("1,2,3", LAND, ProblemKind.NOT_A_NUMBER),
        ("1e9", LAND, ProblemKind.NOT_A_NUMBER),
        ("9" * 40, ROOMS, ProblemKind.NOT_A_NUMBER),
        ("1,234", ROOMS, ProblemKind.NOT_WHOLE),
        ("61", ROOMS, ProblemKind.TOO_LARGE),
        ("1,234", LAND, ProblemKind.TOO_MANY_DECIMALS),
        ("peut-être", LIGHT, ProblemKind.NOT_YES_NO),
        ("31/02/2026", BUILT, ProblemKind.NOT_A_DATE),
        ("22/11/26", BUILT, ProblemKind.NOT_A_DATE),
        ("11/22/2026", BUILT, ProblemKind.NOT_A_DATE),
        ("13/2026", MOVED, ProblemKind.NOT_A_MONTH),
        ("novembre", MOVED, ProblemKind.NOT_A_MONTH),
        ("chaume", ROOF, ProblemKind.UNKNOWN_CHOICE),
        ("…", ROOF, ProblemKind.UNKNOWN_CHOICE),
        ("boil pray", WATER, ProblemKind.UNKNOWN_CHOICE),
        ("none;boil", WATER, ProblemKind.NONE_WITH_OTHERS),
        ("boil;boil", WATER, ProblemKind.REPEATED_CHOICE),
    ],
)
def test_what_cannot_be_read_is_a_problem(text, defined, kind):
    problem = parse_value(text, defined)
    assert isinstance(problem, Problem)
    assert problem.kind == kind


def test_a_label_of_two_choices_asks_for_the_code():
    twins = (*choices("a"), ChoiceDefinition("b", {"fr": "A", "en": "b"}))
    problem = parse_value("À", variable("letter", "choice", choices=twins))
    assert isinstance(problem, Problem)
    assert problem.kind == ProblemKind.AMBIGUOUS_CHOICE
