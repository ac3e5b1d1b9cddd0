"""People and households found, read with conditions that row-level security keeps indexable."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection

from gwa.common.scope import EVERYWHERE
from gwa.zones.models import end_of_subtree

# Every path begins with a digit: the whole country is one range too.
_FIRST_PATH, _AFTER_ALL_PATHS = "", ":"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the answer is limited to, besides the words typed. None of it is personal data."""

    zone_path: str = ""
    status: str = ""
    visited_from: dt.date | None = None
    visited_to: dt.date | None = None
    variable: str = ""
    choice: str = ""
    of_person: bool = False

    def __bool__(self) -> bool:
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the answer: a person and the household where the person is, or last was."""

    person_id: UUID | None
    given_name: str
    family_name: str
    everyday_name: str
    sex: str
    birth_from: dt.date | None
    birth_to: dt.date | None
    birth_precision: str
    person_status: str
    relationship: str
    left_on: dt.date | None
    household_id: UUID | None
    registry_number: str
    household_status: str
    last_interview_on: dt.date | None
    zone_path: str
    likeness: float = 1.0


HIT = """
    p.id, coalesce(p.given_name, ''), coalesce(p.family_name, ''), coalesce(p.everyday_name, ''),
    coalesce(p.sex, ''), p.birth_from, p.birth_to, coalesce(p.birth_precision, ''),
    coalesce(p.status, ''), coalesce(m.relationship, ''), m.ended_on,
    h.id, coalesce(h.registry_number, ''), coalesce(h.status, ''), h.last_interview_on,
    coalesce(h.zone_path, p.zone_path)
"""
# The household where a person is counted; for those who left or died, the last one.
_HOUSEHOLD_OF_PERSON = """
    LEFT JOIN LATERAL (
        SELECT household_id, relationship, ended_on FROM registry_membership
        WHERE person_id = p.id
        ORDER BY ended_on DESC NULLS FIRST, is_principal DESC, started_on DESC LIMIT 1
    ) m ON true
    LEFT JOIN registry_household h ON h.id = m.household_id
"""
_HEAD_OF_HOUSEHOLD = """
    LEFT JOIN registry_membership m
        ON m.household_id = h.id AND m.is_head AND m.ended_on IS NULL
    LEFT JOIN registry_person p ON p.id = m.person_id
"""
# No page looks at more rows than these: an answer that hardly anybody gave must not make one
# request read the country. A person is read with a household, which takes longer.
MOST_HOUSEHOLDS = 3_000
MOST_PEOPLE = 1_000
# In the order of the keys, so that reading stops with the page's last line.
_LOOK = """
    SELECT looked.*, {hit} FROM ({keys}) looked {people} WHERE true {filters}
    ORDER BY looked.place, looked.at, looked.key LIMIT %(limit)s
"""
_END = """
    SELECT count(*) OVER (), looked.* FROM ({keys}) looked
    ORDER BY looked.place DESC, looked.at DESC, looked.key DESC LIMIT 1
"""
_NAMED = """
    SELECT n.place, found.at, found.key
    FROM unnest(%(names)s::bigint[]) WITH ORDINALITY AS n(id, place)
    CROSS JOIN unnest(%(lows)s::text[], %(highs)s::text[]) AS r(low, high)
    CROSS JOIN LATERAL (
        SELECT f.zone_path AS at, f.person_id AS key FROM registry_personname f
        WHERE f.name_id = n.id AND f.zone_path < r.high AND f.zone_path >=
                CASE WHEN n.place = 1 THEN greatest(r.low, %(after_at)s) ELSE r.low END
            AND (n.place > 1 OR (f.zone_path, f.person_id) > (%(after_at)s, %(after_key)s::uuid))
        ORDER BY f.zone_path, f.person_id LIMIT %(look)s
    ) found
    ORDER BY n.place, found.at, found.key LIMIT %(look)s
"""
_BY_PLACE = """
    SELECT 1 AS place, zone_path AS at, id AS key FROM registry_household
    WHERE zone_path >= %(low)s AND zone_path < %(high)s
        AND (zone_path, id) > (%(after_at)s, %(after_key)s::uuid)
    ORDER BY zone_path, id LIMIT %(look)s
"""
# The zones are one condition here: an order by date must not fall apart by zone.
_BY_VISIT = """
    SELECT 1 AS place, last_interview_on AS at, id AS key FROM registry_household
    WHERE ({ranges}) AND (last_interview_on, id) > (%(after_at)s, %(after_key)s::uuid)
    ORDER BY last_interview_on, id LIMIT %(look)s
"""
_PERSONS = f"JOIN registry_person p ON p.id = looked.key {_HOUSEHOLD_OF_PERSON}"
_HOUSEHOLDS = f"JOIN registry_household h ON h.id = looked.key {_HEAD_OF_HOUSEHOLD}"
_BY_PERSON = f"""
    SELECT {HIT} FROM registry_person p {_HOUSEHOLD_OF_PERSON}
    WHERE p.id = ANY(%(persons)s) AND p.status <> 'merged' {{filters}}
    ORDER BY p.zone_path, p.id LIMIT %(limit)s
"""  # noqa: S608
_BY_NUMBER = f"""
    SELECT {HIT} FROM registry_household h {_HEAD_OF_HOUSEHOLD}
    WHERE h.registry_number = %(number)s
"""  # noqa: S608
NOBODY = UUID(int=0)


class Order(StrEnum):
    """How a list of households without a name is sorted."""

    PLACE = "place"
    OLDEST = "oldest"


def ranges_of(paths: Sequence[str], within: str = "") -> list[tuple[str, str]]:
    """Return the ranges of `zone_path` that lie in one of the subtrees, and in `within` if given.

    The policies say it again; these comparisons are leakproof, so they alone may use an index.
    """
    if EVERYWHERE in paths:
        return [(within, end_of_subtree(within))] if within else [(_FIRST_PATH, _AFTER_ALL_PATHS)]
    kept = {
        max(path, within, key=len)
        for path in paths
        if path.startswith(within) or within.startswith(path)
    }
    return [(path, end_of_subtree(path)) for path in sorted(kept)]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the answer, and its key: its place among the names, its zone or day, its row."""

    place: int
    at: str | dt.date
    key: UUID
    hit: Hit


@dataclass(frozen=True, slots=True)
class Look:
    """What was found; where the page is not full, among how many rows, and the last of them where
    more were left to look at.
    """

    lines: Sequence[Line] = ()
    rows: int = 0
    stopped_at: tuple[int, str | dt.date, UUID] | None = None


def people_named(
    names: Sequence[int],
    *,
    ranges: Sequence[tuple[str, str]],
    filters: Filters,
    after: tuple[str, UUID] | None,
    limit: int,
    most: int,
) -> Look:
    """Return people found under names, in the order of the names then of places.

    `after` is a place within the first name.
    """
    bounds = {"lows": [low for low, _ in ranges], "highs": [high for _, high in ranges]}
    values = {"names": list(names), **bounds}
    return _look(_NAMED, _PERSONS, values, filters, after or (_FIRST_PATH, NOBODY), limit, most)


def people_with(persons: Sequence[UUID], *, filters: Filters, limit: int) -> list[Hit]:
    """Return the persons of these ids that the scope lets see."""
    conditions, values = _conditions(filters)
    lines = _read(
        _BY_PERSON.format(filters=conditions),
        {**values, "persons": list(persons), "limit": limit},
    )
    return [Hit(*line) for line in lines]


def household_numbered(number: str) -> list[Hit]:
    """Return the household of that registry number, shown by its head."""
    return [Hit(*line) for line in _read(_BY_NUMBER, {"number": number})]


def households_in(
    ranges: Sequence[tuple[str, str]],
    *,
    filters: Filters,
    after: tuple[str, UUID] | None,
    limit: int,
) -> Look:
    """Return households by place, each shown by its head."""
    after = after or (_FIRST_PATH, NOBODY)
    lines: list[Line] = []
    rows = 0
    for low, high in ranges:
        if after[0] >= high:
            continue
        values = {"low": max(low, after[0]), "high": high}
        missing, left = limit - len(lines), MOST_HOUSEHOLDS - rows
        one = _look(_BY_PLACE, _HOUSEHOLDS, values, filters, after, missing, left)
        lines, rows = [*lines, *one.lines], rows + one.rows
        if one.stopped_at or len(lines) >= limit:
            return Look(lines, rows, one.stopped_at)
    return Look(lines, rows)


def households_by_visit(
    ranges: Sequence[tuple[str, str]],
    *,
    filters: Filters,
    after: tuple[dt.date, UUID] | None,
    limit: int,
) -> Look:
    """Return visited households, those visited longest ago first."""
    bounds = dict(enumerate(path for one in ranges for path in one))
    conditions = [
        f"zone_path >= %(bound{2 * n})s AND zone_path < %(bound{2 * n + 1})s"
        for n in range(len(ranges))
    ]
    keys = _BY_VISIT.format(ranges=" OR ".join(conditions))
    values = {f"bound{n}": path for n, path in bounds.items()}
    after = after or (dt.date.min, NOBODY)
    return _look(keys, _HOUSEHOLDS, values, filters, after, limit, MOST_HOUSEHOLDS)


def _look(
    keys: str,
    people: str,
    values: dict[str, Any],
    filters: Filters,
    after: tuple[str | dt.date, UUID],
    limit: int,
    most: int,
) -> Look:
    """Look at the rows of these keys until there are enough lines, or enough was looked at."""
    conditions, wanted = _conditions(filters)
    # Without filters each key is a line.
    look = most if conditions else min(most, limit)
    bounds = {**values, "after_at": after[0], "after_key": after[1], "look": look}
    sql = _LOOK.format(hit=HIT, keys=keys, people=people, filters=conditions)
    lines = [
        Line(place, at, key, Hit(*hit))
        for place, at, key, *hit in _read(sql, {**bounds, **wanted, "limit": limit})
    ]
    if not conditions or len(lines) >= limit:
        return Look(lines)
    ended = _read(_END.format(keys=keys), bounds)
    rows = ended[0][0] if ended else 0
    return Look(lines, rows, ended[0][1:] if rows == look else None)


def _conditions(filters: Filters) -> tuple[str, dict[str, Any]]:
    """Return the SQL of the filters and its values."""
    parts: list[str] = []
    values: dict[str, Any] = {}
    if filters.status:
        parts.append("h.status = %(status)s")
        values["status"] = filters.status
    if filters.visited_from:
        parts.append("h.last_interview_on >= %(visited_from)s")
        values["visited_from"] = filters.visited_from
    if filters.visited_to:
        parts.append("h.last_interview_on <= %(visited_to)s")
        values["visited_to"] = filters.visited_to
    if filters.variable and filters.choice:
        # One choice, or one among several.
        answers = f"{'p' if filters.of_person else 'h'}.answers"
        parts.append(
            f"({answers}->>%(variable)s = %(choice)s OR {answers}->%(variable)s ? %(choice)s)"
        )
        values |= {"variable": filters.variable, "choice": filters.choice}
    return "".join(f" AND {part}" for part in parts), values


def _read(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
