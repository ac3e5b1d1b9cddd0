"""What the actions of snapshots are called in the journal."""

from django.utils.translation import gettext_lazy as _

from gwa.journal.events import Subject

EVENTS = {
    "snapshots.snapshot_asked": _("Instantané demandé"),
    "snapshots.snapshot_taken": _("Instantané pris"),
    "snapshots.snapshot_failed": _("Instantané échoué"),
    "snapshots.snapshot_removed": _("Ancien instantané retiré"),
}
SUBJECTS = {
    "snapshots.snapshot": Subject(_("Instantané")),
}
