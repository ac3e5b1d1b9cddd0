"""How fast machines call and people search, counted where every web process sees the same."""

import datetime as dt
import math

from django.db import connection, transaction
from django.utils import timezone

from gwa.common.api.errors import TooManyCalls

WINDOW = dt.timedelta(minutes=1)
# The token endpoint, by address: a ministry's machines may share one.
TOKENS_BY_ADDRESS = 60
TOKENS_BY_MACHINE = 20
FAILURES_BY_ADDRESS = 10

_COUNT = """
    INSERT INTO accounts_callcount (caller, window_start, calls) VALUES (%s, %s, 1)
    ON CONFLICT (caller) DO UPDATE SET
        calls = CASE WHEN accounts_callcount.window_start < %s THEN 1
            ELSE accounts_callcount.calls + 1 END,
        window_start = CASE WHEN accounts_callcount.window_start < %s THEN EXCLUDED.window_start
            ELSE accounts_callcount.window_start END
    RETURNING calls, window_start
"""


def count_in_window(caller: str) -> tuple[int, dt.datetime]:
    """Count one call; return how many there are in the minute, and when it began."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [caller, now, now - WINDOW, now - WINDOW])
        calls, start = cursor.fetchone()
    return int(calls), start


def count_call(caller: str, *, most: int) -> None:
    """Count one call; refuse when there are more than `most` in the minute.

    In a transaction of its own, which ends at once: two calls of one machine never wait for each
    other. A crash may lose the last half-second of counts, and nothing else.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO off")
        calls, start = count_in_window(caller)
    if calls > most:
        left = start + WINDOW - timezone.now()
        raise TooManyCalls(seconds=max(1, math.ceil(left.total_seconds())))


def is_over(caller: str, *, most: int) -> bool:
    """Tell whether somebody already reached the limit, without counting."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM accounts_callcount WHERE caller = %s AND calls >= %s"
            " AND window_start >= %s",
            [caller, most, timezone.now() - WINDOW],
        )
        return cursor.fetchone() is not None
