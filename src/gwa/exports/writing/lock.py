"""Exports are made side by side; an erasure waits for those that run, and they for it.

Whoever makes a file holds the lock with others from before it reads until the file is known as
kept; an erasure holds it alone until its end. So no file that holds the erased stays unknown.
"""

from django.db import connection

from gwa.snapshots.reading.sessions import Session

# A number that is ours alone.
_LOCK = 8_451_902_378


def share_turn(guard: Session) -> None:
    """Hold the lock with the other exports, as long as this session lasts."""
    guard.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_LOCK])


def wait_alone() -> None:
    """Hold the lock alone until the end of the present transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
