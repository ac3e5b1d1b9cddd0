"""What a household was when the telephone fetched it, and what changed since.

A telephone that was away for a month brings back, with its answers, the values that it was given.
What it did not change must not undo what others changed meanwhile; what both changed is a conflict.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from gwa.registry.models import Household


@dataclass(frozen=True, slots=True)
class Base:
    """Rows as they were at the telephone's version, by id: only those that changed since."""

    rows: Mapping[UUID, Mapping[str, Any]] = field(default_factory=dict)


def read_base(household: Household, version: int) -> Base:
    """Read the rows that changed after a version (see `lists.read_versions`), as they were then."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH changes AS (
                SELECT min(id) AS first FROM registry_version WHERE household_id = %(household)s
                GROUP BY change_id ORDER BY min(id) OFFSET %(seen)s LIMIT 1
            )
            SELECT DISTINCT ON (row_id) row_id, row_before FROM registry_version, changes
            WHERE household_id = %(household)s AND id >= changes.first
              AND table_name IN ('registry_household', 'registry_person') AND operation = 'U'
            ORDER BY row_id, id
            """,
            {"household": household.pk, "seen": max(version - 1, 0)},
        )
        return Base({key: json.loads(row) for key, row in cursor.fetchall()})


def version_of(household: Household, *, until: UUID | None = None) -> int:
    """Return a household's version now, or just after a change that it saw."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT 1 + count(DISTINCT change_id) FROM registry_version
            WHERE household_id = %(household)s AND id <= coalesce(
                (SELECT max(id) FROM registry_version
                 WHERE household_id = %(household)s AND change_id = %(until)s), 9223372036854775807)
            """,
            {"household": household.pk, "until": until},
        )
        return int(cursor.fetchone()[0])
