"""Tables that grow for ever (journal, history, later submissions) are cut by month."""

import datetime as dt
import itertools

from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper


def make_month_partitions(first: dt.date, months: int) -> list[str]:
    """Make what is missing of `months` partitions from `first`'s month on; return their names.

    For every table partitioned by range in the schema. Runs as the owner. The application gets no
    right on a partition, because policies hold on the parent only.
    """
    made = []
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT parent.relname, rest.relname FROM pg_class parent
            JOIN pg_partitioned_table p ON p.partrelid = parent.oid AND p.partstrat = 'r'
            JOIN pg_class rest ON rest.oid = p.partdefid
            ORDER BY 1
            """
        )
        tables = cursor.fetchall()
        for table, rest in tables:
            for start, end in _months(first, months):
                name = f"{table}_{start:%Y_%m}"
                cursor.execute("SELECT to_regclass(%s)", [name])
                if cursor.fetchone()[0] is None:
                    _make_partition(cursor, table, rest, name, start, end)
                    made.append(name)
    return made


def _months(first: dt.date, count: int) -> list[tuple[dt.date, dt.date]]:
    numbers = range(first.year * 12 + first.month - 1, first.year * 12 + first.month + count)
    starts = [dt.date(number // 12, number % 12 + 1, 1) for number in numbers]
    return list(itertools.pairwise(starts))


def _make_partition(
    cursor: CursorWrapper, table: str, rest: str, name: str, start: dt.date, end: dt.date
) -> None:
    """Make one partition, taking over the rows that had fallen into the rest."""
    cursor.execute(f"CREATE TABLE {name} (LIKE {table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)")
    cursor.execute(f'REVOKE ALL ON {name} FROM "{settings.APPLICATION_ROLE}"')
    # The journal's own trigger refuses every removal, this honest one too.
    cursor.execute(f"ALTER TABLE {rest} DISABLE TRIGGER USER")
    cursor.execute(
        f"WITH taken AS (DELETE FROM {rest} WHERE at >= %s AND at < %s RETURNING *)"  # noqa: S608 (names from the catalogue)
        f" INSERT INTO {name} SELECT * FROM taken",
        [start, end],
    )
    cursor.execute(f"ALTER TABLE {rest} ENABLE TRIGGER USER")
    cursor.execute(
        f"ALTER TABLE {table} ATTACH PARTITION {name} FOR VALUES FROM ('{start}') TO ('{end}')"
    )
