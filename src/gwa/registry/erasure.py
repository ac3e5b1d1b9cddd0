"""Erasing a household for good: rows, history, files, and whatever the modules above keep of it.

Runs as the owner of the tables, from the command `erase_household`: history is append-only for
everybody else. The journal's lines stay, without their reasons; backups lose them as they age.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from gwa.common.scope import everywhere
from gwa.journal.actions import action, record
from gwa.journal.erasure import erase_reasons
from gwa.journal.models import Actor
from gwa.registry import errors
from gwa.registry.actions.checks import require_reason
from gwa.registry.files import path_of
from gwa.registry.models import Household


@dataclass(frozen=True, slots=True)
class Erased:
    """The ids of those who are forgotten."""

    households: tuple[UUID, ...]
    persons: tuple[UUID, ...]


Reach = Callable[[Erased], None]
_reaches: list[Reach] = []

# With those merged into it: they are the same people. Who is counted elsewhere stays.
_HOUSEHOLDS = """
WITH RECURSIVE one AS (
    SELECT id FROM registry_household WHERE registry_number = %s
    UNION SELECT h.id FROM registry_household h JOIN one ON h.merged_into_id = one.id
) SELECT id FROM one
"""
_PERSONS = """
WITH RECURSIVE one AS (
    SELECT m.person_id AS id FROM registry_membership m
    WHERE m.household_id = ANY(%(households)s) AND NOT EXISTS (
        SELECT FROM registry_membership o WHERE o.person_id = m.person_id
        AND o.household_id <> ALL(%(households)s) AND o.ended_on IS NULL
    )
    UNION SELECT p.id FROM registry_person p JOIN one ON p.merged_into_id = one.id
) SELECT id FROM one
"""
# Every removal leaves a version; the last statements take all of history, these too.
_REMOVE = (
    "DELETE FROM registry_personname WHERE person_id = ANY(%(persons)s)",
    "DELETE FROM registry_statement WHERE subject_id = ANY(%(persons)s || %(households)s)",
    "DELETE FROM registry_identifier WHERE person_id = ANY(%(persons)s)",
    "DELETE FROM registry_document WHERE household_id = ANY(%(households)s)"
    " OR person_id = ANY(%(persons)s)",
    "DELETE FROM registry_householdorigin WHERE household_id = ANY(%(households)s)",
    "DELETE FROM registry_membership WHERE household_id = ANY(%(households)s)"
    " OR person_id = ANY(%(persons)s)",
    "UPDATE registry_household SET respondent_id = NULL WHERE respondent_id = ANY(%(persons)s)",
    "UPDATE registry_household SET recipient_id = NULL WHERE recipient_id = ANY(%(persons)s)",
    "DELETE FROM registry_household WHERE id = ANY(%(households)s)",
    "DELETE FROM registry_person WHERE id = ANY(%(persons)s)",
)
_FORGET = """
DELETE FROM registry_version WHERE household_id = ANY(%(households)s)
OR person_id = ANY(%(persons)s) OR row_id = ANY(%(persons)s || %(households)s)
"""
# Names and words that nobody bears any more would still say who was here.
_NAMES = """
WITH gone AS (
    DELETE FROM registry_searchname n WHERE id = ANY(%s)
    AND NOT EXISTS (SELECT FROM registry_personname p WHERE p.name_id = n.id)
    RETURNING id, words
)
DELETE FROM registry_searchword w WHERE w.text IN (SELECT unnest(words) FROM gone)
AND NOT EXISTS (
    SELECT FROM registry_searchname n
    WHERE n.words @> ARRAY[w.text] AND n.id NOT IN (SELECT id FROM gone))
"""


def also_erase(reach: Reach) -> Reach:
    """Let a module above forget what it keeps of the erased; it runs in the same transaction."""
    _reaches.append(reach)
    return reach


def erase_household(*, registry_number: str, actor: Actor, reason: str) -> Erased:
    """Forget a household and its persons everywhere; the journal keeps ids and the reason only."""
    with transaction.atomic(), everywhere():
        return _erase(registry_number=registry_number, actor=actor, reason=reason)


@action
def _erase(*, registry_number: str, actor: Actor, reason: str) -> Erased:
    require_reason(reason)
    with connection.cursor() as cursor:
        erased = _find(cursor, registry_number)
        facts = {"households": list(erased.households), "persons": list(erased.persons)}
        files = _files(cursor, facts)
        cursor.execute(
            "SELECT DISTINCT name_id FROM registry_personname WHERE person_id = ANY(%(persons)s)",
            facts,
        )
        names = [row[0] for row in cursor.fetchall()]
        for reach in _reaches:
            reach(erased)
        for statement in _REMOVE:
            cursor.execute(statement, facts)
        cursor.execute(_NAMES, [names])
        # History is append-only for everyone; its owner may pass for this one purpose.
        cursor.execute("ALTER TABLE registry_version NO FORCE ROW LEVEL SECURITY")
        cursor.execute(_FORGET, facts)
        cursor.execute("ALTER TABLE registry_version FORCE ROW LEVEL SECURITY")
    erase_reasons([*erased.households, *erased.persons], actor=actor, reason=reason)
    record(
        "registry.household_erased",
        subject=Household(pk=erased.households[0]),
        actor=actor,
        reason=reason,
        data={"persons": len(erased.persons)},
    )
    transaction.on_commit(lambda: _remove(files))
    return erased


def _find(cursor: CursorWrapper, registry_number: str) -> Erased:
    cursor.execute(_HOUSEHOLDS, [registry_number])
    households = [row[0] for row in cursor.fetchall()]
    if not households:
        raise errors.HouseholdUnknown
    cursor.execute(_PERSONS, {"households": households})
    return Erased(tuple(households), tuple({row[0] for row in cursor.fetchall()}))


def _files(cursor: CursorWrapper, facts: dict[str, list[UUID]]) -> list[str]:
    cursor.execute(
        "SELECT file FROM registry_document WHERE household_id = ANY(%(households)s)"
        " OR person_id = ANY(%(persons)s) UNION"
        " SELECT row_before->>'file' FROM registry_version WHERE table_name = 'registry_document'"
        " AND household_id = ANY(%(households)s) AND row_before->>'file' IS NOT NULL",
        facts,
    )
    return [row[0] for row in cursor.fetchall()]


def _remove(files: list[str]) -> None:
    for name in files:
        path_of(name).unlink(missing_ok=True)
