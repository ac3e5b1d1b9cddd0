"""Many prepared households entered at once, under the present scope."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection
from django.db.backends.utils import CursorWrapper

from gwa.common.scope import everywhere
from gwa.journal.actions import current_change_id
from gwa.registry import errors
from gwa.registry.actions.bulk.prepared import (
    COLUMNS,
    HOUSEHOLD,
    IDENTIFIER,
    MEMBER,
    ORIGIN,
    PreparedHousehold,
)
from gwa.registry.actions.numbers import draw_number
from gwa.registry.search_index import add_names

# Rows pass through: never to be compressed on the way. Emptied by each commit, and before each
# batch: within one transaction several may follow each other.
_STAGE = """
CREATE TEMPORARY TABLE IF NOT EXISTS stage_{stage} WITH (toast_tuple_target = 8160)
    ON COMMIT DELETE ROWS AS SELECT {columns} FROM {table} WITH NO DATA;
DELETE FROM stage_{stage};
"""
_MEMBERS = """
(SELECT p.*, m.id AS membership_id, m.household_id, m.relationship, m.is_head, m.is_principal,
    m.is_absent, m.started_on, m.end_reason, NULL::text[] COLLATE "C" AS names
    FROM registry_person p, registry_membership m) AS member
"""
_SHAPES = {
    HOUSEHOLD: "registry_household",
    MEMBER: _MEMBERS,
    IDENTIFIER: "registry_identifier",
    ORIGIN: "registry_householdorigin",
}
_HOUSEHOLDS = """
INSERT INTO registry_household ({columns}) SELECT {columns} FROM stage_household
"""
_PERSONS = """
INSERT INTO registry_person ({columns}) SELECT {columns} FROM stage_member
"""
_MEMBERSHIPS = """
INSERT INTO registry_membership (id, person_id, {columns})
    SELECT membership_id, id, {columns} FROM stage_member
"""
_ORIGINS = """
INSERT INTO registry_householdorigin ({columns}) SELECT {columns} FROM stage_origin
"""
_FIRST_OF_MEMBERSHIP = COLUMNS[MEMBER].index("membership_id")
_OF_PERSON = COLUMNS[MEMBER][:_FIRST_OF_MEMBERSHIP]
_OF_MEMBERSHIP = ("zone_path", "source_id", *COLUMNS[MEMBER][_FIRST_OF_MEMBERSHIP + 1 : -1])
# In the order of the values, so that two imports wait for each other and not in a ring. What
# somebody holds already, in any zone, enters as a claim.
_HOLD = """
INSERT INTO registry_identifier ({columns}, is_claim)
    SELECT {columns}, false FROM stage_identifier ORDER BY kind, value_index
    ON CONFLICT DO NOTHING
"""
# Below, subqueries that give a value are look-ups by index whatever is known of a new table: a join
# may read the whole registry for each chunk.
_CLAIM = """
INSERT INTO registry_identifier ({columns}, is_claim)
    SELECT {columns}, true FROM stage_identifier s
    WHERE (SELECT i.id FROM registry_identifier i WHERE i.id = s.id) IS NULL
"""
_NEW_NAMES = """
SELECT name, count(*) FROM stage_member, unnest(names) AS name
    GROUP BY name HAVING (SELECT n.id FROM registry_searchname n WHERE n.text = name) IS NULL
"""
_FIND_NAMES = """
INSERT INTO registry_personname (person_id, name_id, zone_path)
    SELECT id, (SELECT n.id FROM registry_searchname n WHERE n.text = name), zone_path
    FROM stage_member, unnest(names) AS name
"""
_CHECK_HEADS = """
SELECT registry_check_household(s.id) FROM stage_household s
    WHERE (
        SELECT m.id FROM registry_membership m
        WHERE m.household_id = s.id AND m.is_head AND m.ended_on IS NULL
    ) IS NULL
"""
_ELSEWHERE = """
SELECT EXISTS (
    SELECT FROM stage_household s JOIN registry_compound c ON c.id = s.compound_id
    WHERE c.zone_path <> s.zone_path
)
"""


@dataclass(frozen=True, slots=True)
class Registered:
    """What came in: how many, and how many numbers other people hold already."""

    households: int
    persons: int
    claims: int


def register_households(prepared: Sequence[PreparedHousehold]) -> Registered:
    """Enter households with their members, all or none. A step of an open change.

    Rows that are added leave no version: their source says where they come from.
    """
    current_change_id()  # refuses to write outside a change
    if not prepared:
        return Registered(0, 0, 0)
    with connection.cursor() as cursor, bulk(cursor):
        _stage(cursor, prepared)
        _settle_numbers(cursor, prepared)
        cursor.execute(_HOUSEHOLDS.format(columns=", ".join(COLUMNS[HOUSEHOLD])))
        cursor.execute(_PERSONS.format(columns=", ".join(_OF_PERSON)))
        cursor.execute(_MEMBERSHIPS.format(columns=", ".join(_OF_MEMBERSHIP)))
        if any(ORIGIN in one.rows for one in prepared):
            cursor.execute(_ORIGINS.format(columns=", ".join(COLUMNS[ORIGIN])))
        cursor.execute(_ELSEWHERE)
        if cursor.fetchone()[0]:
            raise errors.CompoundElsewhere
        claims = _enter_identifiers(
            cursor, sum(len(one.rows.get(IDENTIFIER, ())) for one in prepared)
        )
        _index_names(cursor)
        cursor.execute(_CHECK_HEADS)
    return Registered(len(prepared), sum(len(one.persons) for one in prepared), claims)


@contextmanager
def bulk(cursor: CursorWrapper) -> Iterator[None]:
    """Let added rows leave no version, and check whole households at the end, not row by row."""
    cursor.execute("SELECT set_config('gwa.bulk', 'on', true)")
    yield
    cursor.execute("SELECT set_config('gwa.bulk', '', true)")


def _stage(cursor: CursorWrapper, prepared: Sequence[PreparedHousehold]) -> None:
    names = {stage: ", ".join(columns) for stage, columns in COLUMNS.items()}
    stages = (
        _STAGE.format(stage=stage, columns=columns, table=_SHAPES[stage])
        for stage, columns in names.items()
    )
    cursor.execute("".join(stages))
    for stage, columns in names.items():
        _copy(cursor, f"stage_{stage} ({columns})", (one.rows.get(stage, ()) for one in prepared))


def _enter_identifiers(cursor: CursorWrapper, many: int) -> int:
    """Enter so many staged numbers; return how many of them somebody else holds: claims."""
    if not many:
        return 0
    columns = ", ".join(COLUMNS[IDENTIFIER])
    cursor.execute(_HOLD.format(columns=columns))
    claims: int = many - cursor.rowcount
    if claims:
        cursor.execute(_CLAIM.format(columns=columns))
    return claims


def _index_names(cursor: CursorWrapper) -> None:
    """Let everybody be found. The words of a known name are known, so only new names are told."""
    cursor.execute(_NEW_NAMES)
    if new := cursor.fetchall():
        add_names(cursor, Counter(dict(new)))
    cursor.execute(_FIND_NAMES)


def _copy(cursor: CursorWrapper, target: str, rows: Iterable[Sequence[str]]) -> None:
    text = "".join(line for lines in rows for line in lines)
    if text:
        with cursor.copy(f"COPY {target} FROM STDIN") as copy:
            copy.write(text)


def _settle_numbers(cursor: CursorWrapper, prepared: Sequence[PreparedHousehold]) -> None:
    """Draw again the random numbers that somebody has; refuse a given one that is taken."""
    waiting = {one.registry_number: one for one in prepared}
    if len(waiting) < len(prepared):
        raise errors.RegistryNumberRefused
    while taken := _taken(cursor, list(waiting)):
        waiting = {_draw_again(cursor, waiting[number]): waiting[number] for number in taken}


def _taken(cursor: CursorWrapper, numbers: list[str]) -> list[str]:
    with everywhere():
        cursor.execute(
            "SELECT registry_number FROM registry_household WHERE registry_number = ANY(%s)",
            [numbers],
        )
        return [row[0] for row in cursor.fetchall()]


def _draw_again(cursor: CursorWrapper, one: PreparedHousehold) -> str:
    if one.has_given_number:
        raise errors.RegistryNumberRefused
    one.registry_number = draw_number()
    cursor.execute(
        "UPDATE stage_household SET registry_number = %s WHERE id = %s",
        [one.registry_number, one.id],
    )
    return one.registry_number
