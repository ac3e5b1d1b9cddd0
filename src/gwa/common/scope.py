"""The zones that the present transaction may see, told to PostgreSQL.

Row-level security compares each protected row's `zone_path` with the setting `gwa.scope`: path
prefixes parted by commas, or `*` for the whole registry. It lives no longer than the transaction
(`SET LOCAL`), so a pooled connection never carries one person's rights to the next.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection
from psycopg.pq import TransactionStatus

EVERYWHERE = "*"
# A path that no zone has: a person with no zone sees nothing, without an error.
NOWHERE = "-"


class ScopeNeedsTransaction(RuntimeError):
    """Scope was set outside a transaction, where `SET LOCAL` would be lost at once."""


def read_scope() -> str:
    """Return the present scope, or an empty string when there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('gwa.scope', true), '')")
        return str(cursor.fetchone()[0])


def _change_scope(value: str) -> str:
    """Set the scope and return the one before: at once, for every request and action does it."""
    if not connection.in_atomic_block:
        raise ScopeNeedsTransaction
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH before AS MATERIALIZED (SELECT current_setting('gwa.scope', true) AS scope)"
            " SELECT coalesce(scope, ''), set_config('gwa.scope', %s, true) FROM before",
            [value],
        )
        return str(cursor.fetchone()[0])


def can_still_speak() -> bool:
    """Tell whether the transaction takes statements.

    A failed one, or one that a view gave up, refuses everything until it is rolled back, and its
    local settings die with it.
    """
    session = connection.connection
    if session is None or connection.needs_rollback:
        return False
    return bool(session.info.transaction_status != TransactionStatus.INERROR)


@contextmanager
def scoped(paths: Iterable[str]) -> Iterator[None]:
    """See only the zones under `paths` until the end of the block. Needs an open transaction."""
    scope = ",".join(paths) or NOWHERE
    before = _change_scope(scope)
    try:
        yield
    finally:
        if before != scope and can_still_speak():
            _change_scope(before)


@contextmanager
def everywhere() -> Iterator[None]:
    """See the whole registry: jobs, migrations and the technical unit."""
    with scoped([EVERYWHERE]):
        yield


@contextmanager
def widened(path: str) -> Iterator[None]:
    """See one more subtree: what moving a household out of one's zone needs, and only that."""
    present = read_scope()
    if present == EVERYWHERE:
        yield
        return
    with scoped([path] if present in ("", NOWHERE) else [present, path]):
        yield
