"""Groups that stay outside: each line sealed with its cells and its problems."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pydantic_core import to_json

from gwa.collection.intake.groups import Context, Detail, RefusedRow, Row, plain_cells
from gwa.collection.rules.mappings import Layout
from gwa.common.crypto import seal_bytes
from gwa.common.ids import new_ids
from gwa.registry.rules.problems import Problem

REFUSED_WITH = "collection.refused_with_household"


def refuse_group(detail: Detail, problems: Sequence[Problem], context: Context) -> list[RefusedRow]:
    """Refuse every line of a group: those at fault with their reasons, the others with them."""
    group, mapping = detail.group, context.mapping
    by_line: dict[tuple[str, int], list[Problem]] = {}
    rows: dict[tuple[str, int], Row] = {}
    if mapping.households is not None and mapping.layout != Layout.PERSONS:
        rows |= {(mapping.households.sheet, row[0]): row for row in group.households}
    if mapping.persons is not None:
        rows |= {(mapping.persons.sheet, row[0]): row for row in group.persons}
    for problem in problems:
        by_line.setdefault(_line_of(problem, detail, context), []).append(problem)
    first = min(line for _, line in by_line)
    with_household = [Problem(REFUSED_WITH, facts={"line": first})]
    return [
        _refuse(key, place, row, by_line.get(place, with_household), context)
        for key, (place, row) in zip(new_ids(len(rows)), rows.items(), strict=True)
    ]


def _line_of(problem: Problem, detail: Detail, context: Context) -> tuple[str, int]:
    """The line on which a problem is to be mended."""
    mapping, group = context.mapping, detail.group
    if problem.member is not None and mapping.persons is not None:
        return mapping.persons.sheet, group.persons[problem.member][0]
    if group.households and mapping.households is not None:
        repeated = problem.code == "collection.line_repeated"
        return mapping.households.sheet, group.households[-1 if repeated else 0][0]
    assert mapping.persons is not None  # noqa: S101 (a group has lines of one sheet at least)
    return mapping.persons.sheet, group.persons[0][0]


def _refuse(
    key: UUID, place: tuple[str, int], row: Row, problems: Sequence[Problem], context: Context
) -> RefusedRow:
    content = {
        "cells": plain_cells(row[1], context.mapping.dates),
        "problems": [pack_problem(problem) for problem in problems],
    }
    text = to_json(content, inf_nan_mode="constants")
    sealed = seal_bytes(text, table="collection_refusedline", column="sealed", row=key)
    codes = list(dict.fromkeys([problem.code for problem in problems]))
    return RefusedRow(key, place[0], place[1], codes, sealed)


def pack_problem(problem: Problem) -> dict[str, Any]:
    """A problem as JSON."""
    return {"code": problem.code, "field": problem.field, "facts": dict(problem.facts)}


def unpack_problem(packed: dict[str, Any]) -> Problem:
    """A problem from JSON."""
    return Problem(packed["code"], packed["field"], None, packed["facts"])
