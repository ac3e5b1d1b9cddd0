"""Connections of their own that all see the registry as it was at one moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

import psycopg
from django.db import connection as django_connection
from psycopg import IsolationLevel, sql

Session: TypeAlias = psycopg.Connection[Any]
# Django's own cursors and adapters cannot read binary results.
_OF_DJANGO = {"cursor_factory", "context"}


@contextmanager
def session(*, scope: str, moment: str | None = None) -> Iterator[Session]:
    """Open a transaction that sees the zones of the scope, and nothing that happens meanwhile.

    `moment` is that of another session (`export_moment`), to see exactly what it sees; such a
    session only reads. The transaction is committed at the end of the block, undone if it fails.
    """
    options = django_connection.get_connection_params()
    known = {name: value for name, value in options.items() if name not in _OF_DJANGO}
    with psycopg.connect(**known) as opened:
        opened.isolation_level = IsolationLevel.REPEATABLE_READ
        opened.read_only = moment is not None
        if moment is not None:
            opened.execute(sql.SQL("SET TRANSACTION SNAPSHOT {}").format(sql.Literal(moment)))
        opened.execute("SELECT set_config('gwa.scope', %s, true)", [scope])
        # A piece is put in order in memory, and each plan is used once.
        opened.execute("SET LOCAL work_mem = '64MB'")
        opened.execute("SET LOCAL jit = off")
        opened.execute("SET LOCAL max_parallel_workers_per_gather = 0")
        yield opened


def export_moment(leader: Session) -> str:
    """Return the name under which other sessions can see what this one sees."""
    found = leader.execute("SELECT pg_export_snapshot()").fetchone()
    return str(found[0]) if found else ""
