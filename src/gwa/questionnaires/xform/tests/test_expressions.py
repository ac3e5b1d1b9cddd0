"""What expressions give: the specification's words, JavaRosa's types, in milliseconds."""

import datetime as dt
import math
from contextlib import suppress
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gwa.questionnaires.xform.markup import Node
from gwa.questionnaires.xform.tests.expressions import AGREE, DIFFER, evaluate, make_world
from gwa.questionnaires.xform.xpath.evaluation import compile_text
from gwa.questionnaires.xform.xpath.syntax import (
    ExpressionError,
    UnknownFunction,
    WrongArguments,
)
from gwa.questionnaires.xform.xpath.values import CannotTell, read_number, write_number
from gwa.questionnaires.xform.xpath.world import Context, World

TODAY = dt.date(2026, 11, 27)


@pytest.fixture(scope="module")
def world():
    return make_world()


@pytest.mark.parametrize("cases", AGREE.values(), ids=AGREE.keys())
def test_expressions_give_what_the_specification_says(cases, world):
    assert {expression: evaluate(expression, world) for expression in cases} == cases


@pytest.mark.parametrize("case", DIFFER, ids=lambda case: case["expression"])
def test_the_specification_decides_where_an_engine_has_a_fault(case, world):
    assert evaluate(case["expression"], world) == case["ours"]


@pytest.mark.parametrize(
    ("expression", "error", "what"),
    [
        ("", ExpressionError, ""),
        ("1 +", ExpressionError, "1 +"),
        ("(1", ExpressionError, "(1"),
        ("1 2", ExpressionError, "2"),
        ("/data/age > ", ExpressionError, "/data/age >"),
        ("${age} > 3", ExpressionError, "${age} > 3"),
        ("'never closed", ExpressionError, "'never closed"),
        ("a/[1]", ExpressionError, "["),
        ("following::a", ExpressionError, "following"),
        ("ageof(/data/age)", UnknownFunction, "ageof"),
        ("jr:nothing()", UnknownFunction, "jr:nothing"),
        ("if(true(), 1)", WrongArguments, "if"),
        ("indexed-repeat(/data/rep/x, /data/rep)", WrongArguments, "indexed-repeat"),
        ("weighted-checklist(1, 2, 'a')", WrongArguments, "weighted-checklist"),
        ("regex(., '[0-9')", WrongArguments, "regex"),
        ("jr:choice-name('a', /data/age)", WrongArguments, "jr:choice-name"),
        ("(" * 400 + "1" + ")" * 400, ExpressionError, "("),
        ("1" + " - 1" * 400, ExpressionError, "-"),
    ],
)
def test_what_no_phone_could_evaluate_is_refused_and_named(expression, error, what):
    with pytest.raises(error) as refused:
        compile_text(expression)
    assert type(refused.value) is error
    assert refused.value.what == what or what in ("(", "-")


def test_long_chains_are_no_deeper_than_short_ones(world):
    assert evaluate(" + ".join(["1"] * 1000), world) == "1000"
    assert evaluate(" or ".join(["false()"] * 1000), world) == "false"


@pytest.mark.parametrize("expression", ["random()", "uuid()", "instance('nowhere')/root/item"])
def test_what_only_the_phone_knows_cannot_be_told(expression, world):
    with pytest.raises(CannotTell):
        evaluate(expression, world)


def test_the_hour_cannot_be_told_unless_it_is_given():
    world = World(document=Node(""), today=TODAY)
    with pytest.raises(CannotTell):
        compile_text("now()")(Context(world, world.document))


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("string(today())", "2026-11-27"),
        ("string(now())", "2026-11-27T15:50:30.456+05:30"),
        ("date('2026-11-27T23:00:00Z')", "2026-11-28T04:30:00.000+05:30"),
        ("decimal-date-time('1970-01-02') * 48", "37"),
        ("decimal-time('12:00:00.000+05:30')", "0.5"),
        ("today() - /data/day", "15238"),
        ("format-date('2026-11-27T20:00:00Z', '%d %H:%M')", "28 01:30"),
    ],
)
def test_days_begin_at_midnight_where_the_phone_is(expression, text):
    world = make_world(ZoneInfo("Asia/Kolkata"))
    assert evaluate(expression, world) == text


def test_an_irrelevant_element_has_no_value(world):
    age = world.document.find("data", "age")
    age.is_relevant = False
    try:
        assert evaluate("concat('<', /data/age, '>')", world) == "<>"
        assert evaluate("count(/data/age)", world) == "1"
    finally:
        age.is_relevant = True


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_read_as_it_is_written(number):
    assert read_number(write_number(number), dt.UTC) == number


@given(st.dates(), st.dates())
def test_dates_are_in_the_order_of_their_days(one, other):
    world = World(document=Node(""), today=TODAY)
    context = Context(world, world.document)
    assert compile_text(f"'{one}' < '{other}'")(context) == (one < other)
    assert compile_text(f"date('{other}') - date('{one}')")(context) == (other - one).days


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_rounding_moves_by_half_a_digit_at_most(number, digits):
    world = World(document=Node(""), today=TODAY)
    rounded = compile_text(f"round({number:.6f}, {digits})")(Context(world, world.document))
    assert math.isclose(rounded, number, abs_tol=0.5 / 10**digits + 1e-6, rel_tol=1e-12)


_WORDS = st.sampled_from(
    [
        *"()[],/.@|+-=<>*", "..", "//", "::", "!=", "<=", " and ", " or ", " div ", " mod ", "'a'",
        "1", "0.5", "data", "/data/rep", "x", "age", "position()", "true()", "sum(", "count(",
        "selected(", "if(", "substr(", "round(", "date(", "indexed-repeat(", "current()/", "regex(",
        "instance('fruits')/root/item", "randomize(", "pow(", "jr:choice-name(", "format-date(",
    ]
)  # fmt: skip


@given(st.lists(_WORDS, max_size=12).map("".join))
def test_whatever_is_written_is_refused_or_has_a_value(expression):
    world = make_world()
    with suppress(ExpressionError, CannotTell):
        evaluate(expression, world)
