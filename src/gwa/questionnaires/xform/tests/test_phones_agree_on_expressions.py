"""The engine of our application makes the same of expressions: it runs here, in Node."""

import datetime as dt
from zoneinfo import ZoneInfo

from gwa.questionnaires.xform.tests.expressions import (
    AGREE,
    DIFFER,
    evaluate,
    make_case,
    make_world,
)
from gwa.questionnaires.xform.tests.phones import ask_phones

_FAR = "Asia/Kolkata"


def _read_results(answer, expressions):
    assert "error" not in answer, answer["error"]
    values = {node["where"]: node["value"] for node in answer["nodes"]}
    return {expression: values[f"/data/r{n}"] for n, expression in enumerate(expressions)}


def test_phones_agree_on_what_expressions_give():
    expressions = [expression for cases in AGREE.values() for expression in cases]
    (answer,) = ask_phones([make_case(expressions)])
    given = {expression: text for cases in AGREE.values() for expression, text in cases.items()}
    assert _read_results(answer, expressions) == given


def test_phones_far_away_agree_on_dates():
    dates = ("day", "date", "now()", "decimal", "time")
    expressions = [
        expression
        for cases in AGREE.values()
        for expression in cases
        # They write `number()` of a date in whole days, wherever midnight is: see `differ`.
        if any(word in expression for word in dates) and "number(/data/day)" not in expression
    ]
    (answer,) = ask_phones([make_case(expressions)], zone=_FAR)
    world = make_world(ZoneInfo(_FAR))
    given = {expression: evaluate(expression, world) for expression in expressions}
    assert _read_results(answer, expressions) == given
    assert given["string(now())"].endswith("+05:30")
    assert world.zone != dt.UTC


def test_the_faults_of_their_engine_are_still_there():
    answers = ask_phones([make_case([case["expression"]]) for case in DIFFER])
    found = [
        None if "error" in answer else _read_results(answer, [case["expression"]])
        for case, answer in zip(DIFFER, answers, strict=True)
    ]
    assert found == [
        None if case["phones"] is None else {case["expression"]: case["phones"]} for case in DIFFER
    ]
