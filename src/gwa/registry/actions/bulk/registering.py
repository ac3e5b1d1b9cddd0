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
    MEMBERSHIP,
    NAME,
    ORIGIN,
    PERSON,
    PreparedHousehold,
    draw_number,
)
from gwa.registry.search_index import add_names

# Rows pass through: never to be compressed on the way. Emptied by each commit.
_STAGE = """
CREATE TEMPORARY TABLE IF NOT EXISTS {stage} WITH (toast_tuple_target = 8160)
    ON COMMIT DELETE ROWS AS
    SELECT {columns} FROM {table} WITH NO DATA
"""
_STAGE_NAMES = """
CREATE TEMPORARY TABLE IF NOT EXISTS stage_bulk_name
    (person_id uuid, name text COLLATE "C", zone_path text COLLATE "C") ON COMMIT DELETE ROWS
"""
# In the order of the values, so that two imports wait for each other and not in a ring. What
# somebody holds already, in any zone, enters as a claim.
_HOLD = """
INSERT INTO registry_identifier ({columns}, is_claim)
    SELECT {columns}, false FROM stage_registry_identifier ORDER BY kind, value_index
    ON CONFLICT DO NOTHING
"""
_CLAIM = """
INSERT INTO registry_identifier ({columns}, is_claim)
    SELECT {columns}, true FROM stage_registry_identifier s
    WHERE NOT EXISTS (SELECT FROM registry_identifier i WHERE i.id = s.id)
"""
_FIND_NAMES = """
INSERT INTO registry_personname (person_id, name_id, zone_path)
    SELECT s.person_id, n.id, s.zone_path
    FROM stage_bulk_name s JOIN registry_searchname n ON n.text = s.name
"""
_ELSEWHERE = """
SELECT EXISTS (
    SELECT FROM stage_registry_household s JOIN registry_compound c ON c.id = s.compound_id
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
        for table in (HOUSEHOLD, PERSON, MEMBERSHIP, ORIGIN):
            _move(cursor, table)
        cursor.execute(_ELSEWHERE)
        if cursor.fetchone()[0]:
            raise errors.CompoundElsewhere
        columns = ", ".join(COLUMNS[IDENTIFIER])
        cursor.execute(_HOLD.format(columns=columns))
        held = cursor.rowcount
        claims = sum(len(one.rows.get(IDENTIFIER, ())) for one in prepared) - held
        if claims:
            cursor.execute(_CLAIM.format(columns=columns))
        add_names(cursor, Counter(name for one in prepared for name in one.names))
        cursor.execute(_FIND_NAMES)
        cursor.execute("SELECT registry_check_household(id) FROM stage_registry_household")
    return Registered(len(prepared), sum(len(one.persons) for one in prepared), claims)


@contextmanager
def bulk(cursor: CursorWrapper) -> Iterator[None]:
    """Let added rows leave no version, and check whole households at the end, not row by row."""
    cursor.execute("SELECT set_config('gwa.bulk', 'on', true)")
    yield
    cursor.execute("SELECT set_config('gwa.bulk', '', true)")


def _stage(cursor: CursorWrapper, prepared: Sequence[PreparedHousehold]) -> None:
    for table, columns in COLUMNS.items():
        stage, names = f"stage_{table}", ", ".join(columns)
        if table == NAME:
            cursor.execute(_STAGE_NAMES)
        else:
            cursor.execute(_STAGE.format(stage=stage, columns=names, table=table))
        # Within one transaction several batches may follow each other.
        cursor.execute(f"TRUNCATE {stage}")
        _copy(cursor, f"{stage} ({names})", (one.rows.get(table, ()) for one in prepared))


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
        "UPDATE stage_registry_household SET registry_number = %s WHERE id = %s",
        [one.registry_number, one.id],
    )
    return one.registry_number


def _move(cursor: CursorWrapper, table: str) -> None:
    columns = ", ".join(COLUMNS[table])
    # Names are those of COLUMNS.
    cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM stage_{table}")  # noqa: S608
