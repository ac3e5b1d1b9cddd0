"""Jobs of exports."""

from django.utils import timezone
from procrastinate.contrib.django import app

from gwa.exports import actions, upkeep
from gwa.exports.models import Export
from gwa.journal.models import SYSTEM


@app.task(name="exports.make", pass_context=False)
def make(export_id: str) -> None:
    """Make the file that somebody asked for."""
    export = Export.objects.select_related("asked_by__profile", "zone").get(pk=export_id)
    actions.make_export(export=export, day=timezone.localdate())


@app.task(queueing_lock="exports.sweep", pass_context=False)
def sweep(timestamp: int | None = None) -> None:
    """Destroy the files whose time is over, and those that no export names."""
    actions.destroy_expired(at=timezone.now(), actor=SYSTEM)
    upkeep.sweep_files()
