"""Take a snapshot, keep those that the policy keeps.

The moment, the marks of change and the outcome are one transaction of PostgreSQL: the marks that
tell which zones changed are taken away in the transaction that reads the registry, and it commits
only once the files have their name. Stopped anywhere, either the snapshot is whole and known, or
the marks are still there and nothing bears its name.
"""

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

from django.utils import timezone
from psycopg.types.json import Json

from gwa.common.errors import DomainError
from gwa.common.scope import EVERYWHERE
from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.snapshots import errors
from gwa.snapshots.models import Snapshot
from gwa.snapshots.policy import retention_on
from gwa.snapshots.reading.sessions import Session, session
from gwa.snapshots.rules.pieces import EVERY_ZONE
from gwa.snapshots.rules.retention import kept
from gwa.snapshots.writing import folders, manifest
from gwa.snapshots.writing.build import build
from gwa.snapshots.writing.lock import take_turn
from gwa.snapshots.writing.readers import shape_of
from gwa.snapshots.writing.regions import Before
from gwa.variables.queries import current_version


@action
def ask_snapshot(*, actor: Actor, reason: str = "") -> Snapshot:
    """Ask for a snapshot, to be taken by a job. Raises `SnapshotRunning` while one is open."""
    if Snapshot.objects.filter(state=Snapshot.State.WAITING).exists():
        raise errors.SnapshotRunning
    snapshot = Snapshot.objects.create(asked_by=actor.label, asked_at=timezone.now())
    record("snapshots.snapshot_asked", subject=snapshot, actor=actor, reason=reason)
    return snapshot


def take_snapshot(*, snapshot: Snapshot, day: dt.date, actor: Actor) -> Snapshot:
    """Take the snapshot that was asked, with ages as of that day; then remove the old ones.

    Not inside a transaction: it opens its own. Raises `SnapshotRunning` while another is taken.
    """
    try:
        with session(scope=EVERYWHERE) as guard:
            take_turn(guard)
            _begin(snapshot)
            # Opened after `_begin`, so that it sees the row that it will write.
            with session(scope=EVERYWHERE) as leader:
                _take(leader, snapshot, day)
    except Exception as error:
        why = error.code if isinstance(error, DomainError) else type(error).__name__
        _fail(snapshot=snapshot, why=why, actor=actor)
        raise
    snapshot.refresh_from_db()
    folders.point_latest_at(snapshot.folder)
    _record_taken(snapshot=snapshot, actor=actor)
    prune_snapshots(day=day, actor=actor)
    return snapshot


def _begin(snapshot: Snapshot) -> None:
    """Say that it runs; whoever said so before and holds no lock was killed."""
    killed = Snapshot.objects.filter(state=Snapshot.State.RUNNING).exclude(pk=snapshot.pk)
    killed.update(state=Snapshot.State.FAILED, failure="killed", ended_at=timezone.now())
    snapshot.state = Snapshot.State.RUNNING
    snapshot.started_at = timezone.now()
    snapshot.save(update_fields=["state", "started_at"])
    finished = Snapshot.objects.filter(state=Snapshot.State.DONE)
    folders.sweep(set(finished.values_list("folder", flat=True)))


def _take(leader: Session, snapshot: Snapshot, day: dt.date) -> None:
    before = _find_before(leader)
    name = f"{snapshot.asked_at:%Y-%m-%dT%H%M%S}Z-{snapshot.pk.hex[-6:]}"
    draft = folders.start_draft(name)
    told = build(leader, draft, shape=shape_of(current_version()), day=day, before=before)
    proof = hashlib.sha256((draft / manifest.NAME).read_bytes()).hexdigest()
    folders.publish(draft, name)
    leader.execute(
        "UPDATE snapshots_snapshot SET state = 'done', ended_at = clock_timestamp(), day = %s,"
        " folder = %s, manifest_sha256 = %s, dictionary_number = %s, counts = %s,"
        " bytes_written = %s, zones_read = %s, zones_kept = %s, unreadable_answers = %s"
        " WHERE id = %s",
        [
            day,
            name,
            proof,
            told["dictionary"]["number"],
            Json(told["counts"]),
            folders.size_of(name),
            told["zones_read"],
            told["zones_kept"],
            _count_unreadable(told),
            snapshot.pk,
        ],
    )


def _find_before(leader: Session) -> Before | None:
    """Take the marks of change, and return the last snapshot with what changed since.

    The rows come from the transaction that reads the registry: a snapshot that it does not know
    as done, or whose manifest is not the one it remembers, is no ground to build on.
    """
    marks = leader.execute("DELETE FROM snapshots_zonechange RETURNING zone_path").fetchall()
    paths = {path for (path,) in marks}
    last = leader.execute(
        "SELECT folder, manifest_sha256 FROM snapshots_snapshot WHERE state IN ('done', 'removed')"
        " ORDER BY started_at DESC LIMIT 1"
    ).fetchone()
    if last is None or EVERY_ZONE in paths:
        return None
    folder = folders.root() / last[0]
    told = _read_proven(folder, last[1])
    return Before(folder, told, paths) if told else None


def _read_proven(folder: Path, proof: str) -> dict[str, Any] | None:
    file = folder / manifest.NAME
    if not file.is_file() or manifest.hash_file(file) != proof:
        return None
    return manifest.read_manifest(folder)


def _count_unreadable(told: dict[str, Any]) -> int:
    return sum(sum(counts.values()) for counts in told["unreadable"].values())


@action
def _record_taken(*, snapshot: Snapshot, actor: Actor) -> None:
    record("snapshots.snapshot_taken", subject=snapshot, actor=actor, data=snapshot.facts())


@action
def _fail(*, snapshot: Snapshot, why: str, actor: Actor) -> None:
    """Keep that it failed, and why: the name of the fault, never its text."""
    snapshot.state, snapshot.failure = Snapshot.State.FAILED, why[:80]
    snapshot.ended_at = timezone.now()
    snapshot.save(update_fields=["state", "failure", "ended_at"])
    record("snapshots.snapshot_failed", subject=snapshot, actor=actor, data={"why": why})


@action
def _remove(*, snapshot: Snapshot, actor: Actor) -> None:
    folders.remove(snapshot.folder)
    snapshot.state, snapshot.bytes_written = Snapshot.State.REMOVED, 0
    snapshot.save(update_fields=["state", "bytes_written"])
    record(
        "snapshots.snapshot_removed",
        subject=snapshot,
        actor=actor,
        data={"folder": snapshot.folder},
    )


def prune_snapshots(*, day: dt.date, actor: Actor) -> int:
    """Remove the snapshots that the policy of that day no longer keeps; return how many."""
    done = {
        timezone.localtime(one.asked_at): one
        for one in Snapshot.objects.filter(state=Snapshot.State.DONE)
    }
    staying = kept(done, retention_on(day))
    leaving = [one for at, one in done.items() if at not in staying]
    for snapshot in leaving:
        _remove(snapshot=snapshot, actor=actor)
    return len(leaving)
