"""The full load against the bare engine: COPY of the same rows, then the same indexes, no checks.

The limit is measured in the same run: tables without key, check, trigger or policy, filled by COPY
with rows drawn beforehand, then every index of the true tables that a plain table may have.
"""

import re
import time

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from benchmarks import Figure
from benchmarks._country import become_owner, load_once
from gwa.common.scope import everywhere
from gwa.testing.country.places import draw_places
from gwa.testing.country.plan import plan_registry
from gwa.testing.loading.bare import SORTING_MEMORY
from gwa.testing.loading.country import TABLES
from gwa.testing.loading.drawing import draw_parts
from gwa.testing.loading.zones import find_ground

NAME = "load"
SIZE = 1_000_000
TARGET_RATIO = 3.0
_NAMES = "registry_personname"


def run(size: int) -> list[Figure]:
    """Load, or take the load that is there; then load again bare, and give the ratio."""
    loaded = load_once(size)
    full = loaded.seconds
    become_owner()
    copying, indexing = _measure_limit(size)
    data = f"{loaded.households} households, {loaded.persons} persons"
    limit = copying + indexing
    return [
        Figure("load_full", full, "s", data, target=TARGET_RATIO * limit, limit=limit),
        Figure("load_bare_copy", copying, "s", data),
        Figure("load_bare_indexes", indexing, "s", data),
        Figure("load_ratio", full / limit, "×", data, target=TARGET_RATIO),
    ]


def _measure_limit(size: int) -> tuple[float, float]:
    """Seconds of COPY into bare tables, and of building their indexes."""
    with transaction.atomic(), everywhere(), connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA bare")
        cursor.execute(f"SET LOCAL maintenance_work_mem = '{SORTING_MEMORY}'")
        for table in (*TABLES, _NAMES):
            cursor.execute(f"CREATE TABLE bare.{table} AS SELECT * FROM {table} WITH NO DATA")  # noqa: S608 (our own names)
            # As the full load does: see gwa.testing.loading.ways.
            cursor.execute(f"ALTER TABLE bare.{table} SET (toast_tuple_target = 8160)")
        copying = _copy_parts(size, cursor)
        copying += _time(cursor, f"INSERT INTO bare.{_NAMES} SELECT * FROM {_NAMES}")  # noqa: S608 (our own names)
        indexing = sum(_time(cursor, index) for index in _indexes(cursor))
        transaction.set_rollback(True)
    return copying, indexing


def _copy_parts(size: int, cursor: CursorWrapper) -> float:
    """COPY the rows as they are drawn; the time of drawing does not count."""
    places = draw_places()
    ground = find_ground(places)
    assert ground is not None
    plan = plan_registry(places, households=size, seed=1)
    seconds = 0.0
    for part in draw_parts(plan, ground, None):
        for table, (columns, rows) in part.tables.items():
            started = time.perf_counter()
            with cursor.copy(f"COPY bare.{table} ({', '.join(columns)}) FROM STDIN") as copy:
                copy.write(rows)
            seconds += time.perf_counter() - started
    return seconds


def _indexes(cursor: CursorWrapper) -> list[str]:
    """The b-tree indexes of the tables, on their bare copies."""
    cursor.execute(
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY(%s)"
        " AND indexdef LIKE '%% USING btree %%'",
        [[*TABLES, _NAMES]],
    )
    return [
        re.sub(r" INDEX (\S+) ON public\.", r" INDEX \1 ON bare.", definition)
        for (definition,) in cursor.fetchall()
    ]


def _time(cursor: CursorWrapper, statement: str) -> float:
    started = time.perf_counter()
    cursor.execute(statement)
    return time.perf_counter() - started
