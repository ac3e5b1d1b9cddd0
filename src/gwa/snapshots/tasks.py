"""Jobs of snapshots."""

from django.utils import timezone
from procrastinate.contrib.django import app

from gwa.common.errors import DomainError
from gwa.journal.models import SYSTEM, Actor
from gwa.snapshots import actions, erasure
from gwa.snapshots.models import Snapshot


@app.task(name="snapshots.take", queueing_lock="snapshots.take", pass_context=False)
def take(snapshot_id: str, actor: str) -> None:
    """Take the snapshot that somebody asked for on the screen."""
    snapshot = Snapshot.objects.get(pk=snapshot_id)
    if snapshot.state == Snapshot.State.WAITING:
        actions.take_snapshot(snapshot=snapshot, day=timezone.localdate(), actor=Actor(label=actor))


@app.task(name="snapshots.forget", pass_context=False)
def forget(ids: list[str]) -> None:
    """Take the lines of the erased out of the snapshots kept."""
    erasure.forget(ids)


@app.task(queueing_lock="snapshots.nightly", pass_context=False)
def take_nightly(timestamp: int | None = None) -> None:
    """Take the snapshot of the night, unless one is under way."""
    try:
        snapshot = actions.ask_snapshot(actor=SYSTEM)
        actions.take_snapshot(snapshot=snapshot, day=timezone.localdate(), actor=SYSTEM)
    except DomainError:
        # Said in the list of snapshots; the one under way serves as well.
        return
