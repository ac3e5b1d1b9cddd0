"""One at a time in the whole installation: whoever writes snapshots holds this lock."""

from gwa.snapshots.errors import SnapshotRunning
from gwa.snapshots.reading.sessions import Session

# A number that is ours alone. The lock lasts as long as the session; a killed process lets go.
LOCK = 8_451_902_377


def take_turn(guard: Session) -> None:
    """Take the lock. Raises `SnapshotRunning` where another has it."""
    row = guard.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK]).fetchone()
    if row is None or not row[0]:
        raise SnapshotRunning


def wait_for_turn(guard: Session) -> None:
    """Wait for the lock."""
    guard.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
