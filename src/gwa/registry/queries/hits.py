"""People and households found, read with conditions that row-level security keeps indexable."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
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
_NAMES_AND_RANGES = """
    unnest(%(names)s::bigint[]) WITH ORDINALITY AS n(id, place)
    CROSS JOIN unnest(%(lows)s::text[], %(highs)s::text[]) AS r(low, high)
"""
_UNDER_A_NAME = """
    f.name_id = n.id AND f.zone_path < r.high
    AND f.zone_path >= CASE WHEN n.place = 1 THEN greatest(r.low, %(after_path)s) ELSE r.low END
    AND (n.place > 1 OR (f.zone_path, f.person_id) > (%(after_path)s, %(after_id)s::uuid))
"""
# Keys first, from the index alone; only those of the page are joined to people and households.
_BY_NAMES = f"""
    WITH found AS MATERIALIZED (
        SELECT n.place, hit.zone_path, hit.person_id
        FROM {_NAMES_AND_RANGES}
        CROSS JOIN LATERAL (
            SELECT f.zone_path, f.person_id FROM registry_personname f WHERE {_UNDER_A_NAME}
            ORDER BY f.zone_path, f.person_id LIMIT %(limit)s
        ) hit
        ORDER BY n.place, hit.zone_path, hit.person_id LIMIT %(limit)s
    )
    SELECT found.place, found.zone_path, found.person_id, {HIT}
    FROM found
    JOIN registry_person p ON p.id = found.person_id
    {_HOUSEHOLD_OF_PERSON}
    ORDER BY found.place, found.zone_path, found.person_id
"""  # noqa: S608 (every part is written above)
# A filter reads the household of each person before it counts.
_BY_NAMES_FILTERED = f"""
    SELECT n.place, hit.*
    FROM {_NAMES_AND_RANGES}
    CROSS JOIN LATERAL (
        SELECT f.zone_path AS found_in, f.person_id AS found, {HIT}
        FROM registry_personname f
        JOIN registry_person p ON p.id = f.person_id
        {_HOUSEHOLD_OF_PERSON}
        WHERE {_UNDER_A_NAME} {{filters}}
        ORDER BY f.zone_path, f.person_id LIMIT %(limit)s
    ) hit
    ORDER BY n.place, hit.found_in, hit.found LIMIT %(limit)s
"""  # noqa: S608
_BY_PERSON = f"""
    SELECT {HIT} FROM registry_person p {_HOUSEHOLD_OF_PERSON}
    WHERE p.id = ANY(%(persons)s) AND p.status <> 'merged' {{filters}}
    ORDER BY p.zone_path, p.id LIMIT %(limit)s
"""  # noqa: S608
_BY_NUMBER = f"""
    SELECT {HIT} FROM registry_household h {_HEAD_OF_HOUSEHOLD}
    WHERE h.registry_number = %(number)s
"""  # noqa: S608
_HOUSEHOLDS = f"""
    SELECT {HIT} FROM registry_household h {_HEAD_OF_HOUSEHOLD}
    WHERE h.zone_path >= %(low)s AND h.zone_path < %(high)s
        AND (h.zone_path, h.id) > (%(after_path)s, %(after_id)s::uuid) {{filters}}
    ORDER BY h.zone_path, h.id LIMIT %(limit)s
"""  # noqa: S608
# The zones are one condition here: an order by date must not fall apart by zone.
_HOUSEHOLDS_BY_VISIT = f"""
    SELECT {HIT} FROM registry_household h {_HEAD_OF_HOUSEHOLD}
    WHERE EXISTS (
            SELECT FROM unnest(%(lows)s::text[], %(highs)s::text[]) AS r(low, high)
            WHERE h.zone_path >= r.low AND h.zone_path < r.high
        )
        AND h.last_interview_on IS NOT NULL
        AND (h.last_interview_on, h.id) > (%(after_day)s, %(after_id)s::uuid) {{filters}}
    ORDER BY h.last_interview_on, h.id LIMIT %(limit)s
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


def people_named(
    names: Sequence[int],
    *,
    ranges: Sequence[tuple[str, str]],
    filters: Filters,
    after: tuple[str, UUID] | None,
    limit: int,
) -> list[tuple[int, str, UUID, Hit]]:
    """Return people found under names, in the order of the names then of places.

    Each line says which name (its index), the path and the person: the key of the next page.
    `after` is a place within the first name.
    """
    conditions, values = _conditions(filters)
    after_path, after_id = after or (_FIRST_PATH, NOBODY)
    lines = _read(
        _BY_NAMES_FILTERED.format(filters=conditions) if conditions else _BY_NAMES,
        {
            **values,
            "names": list(names),
            "lows": [low for low, _ in ranges],
            "highs": [high for _, high in ranges],
            "after_path": after_path,
            "after_id": after_id,
            "limit": limit,
        },
    )
    return [(line[0] - 1, line[1], line[2], Hit(*line[3:])) for line in lines]


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
) -> list[Hit]:
    """Return households by place, each shown by its head."""
    conditions, values = _conditions(filters)
    after_path, after_id = after or (_FIRST_PATH, NOBODY)
    hits: list[Hit] = []
    for low, high in ranges:
        if after_path >= high:
            continue
        lines = _read(
            _HOUSEHOLDS.format(filters=conditions),
            {
                **values,
                "low": max(low, after_path),
                "high": high,
                "after_path": after_path,
                "after_id": after_id,
                "limit": limit - len(hits),
            },
        )
        hits += [Hit(*line) for line in lines]
        if len(hits) >= limit:
            break
    return hits


def households_by_visit(
    ranges: Sequence[tuple[str, str]],
    *,
    filters: Filters,
    after: tuple[dt.date, UUID] | None,
    limit: int,
) -> list[Hit]:
    """Return visited households, those visited longest ago first."""
    conditions, values = _conditions(filters)
    after_day, after_id = after or (dt.date.min, NOBODY)
    lines = _read(
        _HOUSEHOLDS_BY_VISIT.format(filters=conditions),
        {
            **values,
            "lows": [low for low, _ in ranges],
            "highs": [high for _, high in ranges],
            "after_day": after_day,
            "after_id": after_id,
            "limit": limit,
        },
    )
    return [Hit(*line) for line in lines]


def with_likeness(hit: Hit, likeness: float) -> Hit:
    """Return the line with how near its name is."""
    return replace(hit, likeness=likeness)


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
        parts.append(
            "(h.answers->>%(variable)s = %(choice)s OR h.answers->%(variable)s ? %(choice)s"
            " OR p.answers->>%(variable)s = %(choice)s OR p.answers->%(variable)s ? %(choice)s)"
        )
        values |= {"variable": filters.variable, "choice": filters.choice}
    return "".join(f" AND {part}" for part in parts), values


def _read(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
