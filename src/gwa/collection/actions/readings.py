"""Readings that leave a line."""

from gwa.collection.models import Import
from gwa.journal.actions import action, record
from gwa.journal.models import Actor


@action
def note_refused_lines_read(*, of_import: Import, actor: Actor, reason: str = "") -> None:
    """Leave a line: somebody took the refused lines of an import away as a file."""
    record("collection.refused_lines_read", subject=of_import, actor=actor, reason=reason)
