"""What is kept of imports and for how long; imports whose worker was killed."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gwa.collection import storage
from gwa.collection.intake.job import is_running
from gwa.collection.models import Import, ImportFile, RefusedLine
from gwa.collection.queue import queue_import
from gwa.common.scope import everywhere
from gwa.common.sealed_files import work_folder
from gwa.journal.actions import action, record
from gwa.journal.models import SYSTEM

# A file is written just before its row; a day is far more than any upload or job lasts.
_GRACE = dt.timedelta(days=1)
# A job that was just queued needs a moment to begin.
_QUIET = dt.timedelta(minutes=1)


def resume_interrupted() -> int:
    """Queue again the imports that should run and that no process holds; return how many."""
    with transaction.atomic(), everywhere():
        waiting = list(
            Import.objects.filter(
                status=Import.Status.RUNNING, started_at__lt=timezone.now() - _QUIET
            ).values_list("pk", flat=True)
        )
    queued = [key for key in waiting if not is_running(key)]
    for key in queued:
        queue_import(key)
    return len(queued)


def empty_old_imports() -> int:
    """Remove files and refused lines kept longer than IMPORT_KEPT_DAYS; return how many."""
    limit = timezone.now() - dt.timedelta(days=settings.IMPORT_KEPT_DAYS)
    with transaction.atomic(), everywhere():
        old = list(
            Import.objects.filter(emptied_at__isnull=True, added_at__lt=limit).exclude(
                status__in=(Import.Status.QUEUED, Import.Status.RUNNING)
            )
        )
        for one in old:
            empty_import(of_import=one, why=f"{settings.IMPORT_KEPT_DAYS} jours")
    return len(old)


@action
def empty_import(*, of_import: Import, why: str) -> None:
    """Remove the files of an import and the lines it refused; what entered stays."""
    refused, _ = RefusedLine.objects.filter(of_import=of_import).delete()
    names = [file.stored for file in of_import.files.all()]
    ImportFile.objects.filter(of_import=of_import).update(stored="")
    of_import.emptied_at = timezone.now()
    of_import.save(update_fields=["emptied_at"])
    record(
        "collection.import_files_removed",
        subject=of_import,
        actor=SYSTEM,
        reason=why,
        data={"files": len(names), "lines": refused},
    )
    transaction.on_commit(lambda: storage.remove_all(names))


def sweep_files() -> int:
    """Remove sealed files without a row, and what a killed job left to work on."""
    limit = (timezone.now() - _GRACE).timestamp()
    old = {name: path for name, path in storage.stored_files() if path.stat().st_mtime < limit}
    with transaction.atomic(), everywhere():
        known = set(ImportFile.objects.filter(stored__in=old).values_list("stored", flat=True))
    gone = [path for name, path in old.items() if name not in known]
    gone += [path for path in work_folder().iterdir() if path.stat().st_mtime < limit]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)
