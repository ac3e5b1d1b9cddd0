"""Work that keeps derived things true: figures, search tables, files nobody knows."""

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gwa.common.scope import everywhere
from gwa.registry.models import Document, Version
from gwa.registry.queries import figures
from gwa.registry.search_index import rebuild_search as rebuild

# A file is written just before its row; a day is far more than any request lasts.
_GRACE = dt.timedelta(days=1)


def refresh_figures() -> int:
    """Compute the figures of all zones as of today; return how many had changed."""
    with transaction.atomic(), everywhere():
        return figures.refresh_figures(on=timezone.localdate(), now=timezone.now())


def rebuild_search() -> int:
    """Make the search tables again, all of them; return the number of distinct names."""
    with transaction.atomic(), everywhere():
        return rebuild()


def sweep_files() -> int:
    """Remove the files of documents that no row and no version names; return how many."""
    folder = Path(settings.MEDIA_ROOT) / "documents"
    limit = (timezone.now() - _GRACE).timestamp()
    old = [path for path in folder.glob("*/*") if path.stat().st_mtime < limit]
    names = {path.relative_to(settings.MEDIA_ROOT).as_posix(): path for path in old}
    with transaction.atomic(), everywhere():
        known = set(Document.objects.filter(file__in=names).values_list("file", flat=True))
        known |= set(
            Version.objects.filter(
                table_name=Document._meta.db_table, row_before__file__in=list(names)
            ).values_list("row_before__file", flat=True)
        )
    unknown = [path for name, path in names.items() if name not in known]
    for path in unknown:
        path.unlink(missing_ok=True)
    return len(unknown)
