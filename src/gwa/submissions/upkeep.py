"""What keeps interviews moving and clean: late files, pictures, old lists, replays."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from gwa.common.scope import everywhere
from gwa.submissions import storage
from gwa.submissions.actions.settling import put_back
from gwa.submissions.models import DraftCopy, MadeList, Submission, SubmissionFile, Upload
from gwa.submissions.queue import queue_pictures, queue_submission
from gwa.submissions.rules.audit import NAME as AUDIT

# A telephone sends its photos after the words; a day without network is usual, three are not.
_FILES_AWAITED = dt.timedelta(days=3)
# What was queued a moment ago has its job.
_QUIET = dt.timedelta(minutes=15)
_GRACE = dt.timedelta(days=1)
# A picture that breaks the program each time is not tried for ever.
_TRIED_FOR = dt.timedelta(days=7)
# Lists name people: what is not asked for is not kept.
_LISTS_KEPT = dt.timedelta(days=7)
_AT_ONCE = 500
# A telephone that was longer without network begins its envelope again; what it was answered is
# told for much longer. A copy of a draft is kept for a campaign.
_COMING_KEPT = dt.timedelta(days=14)
_UPLOADS_KEPT = dt.timedelta(days=60)
_DRAFTS_KEPT = dt.timedelta(days=180)


def queue_forgotten() -> int:
    """Queue again what was received and has no job, and what waits too long for its photos."""
    now = timezone.now()
    with transaction.atomic(), everywhere():
        received = Submission.objects.filter(status=Submission.Status.RECEIVED)
        complete = received.filter(is_complete=True, received_at__lt=now - _QUIET)
        late = received.filter(is_complete=False, received_at__lt=now - _FILES_AWAITED)
        keys = [*complete.values_list("pk", flat=True)[:_AT_ONCE]]
        keys += late.values_list("pk", flat=True)[:_AT_ONCE]
        for key in keys:
            queue_submission(key)
        undrawn = list(_undrawn(now).values_list("submission", flat=True).distinct()[:_AT_ONCE])
        for key in undrawn:
            queue_pictures(key)
    return len(keys) + len(undrawn)


def _undrawn(now: dt.datetime) -> QuerySet[SubmissionFile]:
    """The files of households that came, some while ago, and of which nothing was made."""
    files = SubmissionFile.objects.filter(document=None, refusal="").exclude(stored="")
    files = files.exclude(name=AUDIT)
    return files.filter(
        submission__household__isnull=False,
        received_at__range=(now - _TRIED_FOR, now - _QUIET),
        submission__processed_at__lt=now - _QUIET,
    ).order_by()


def sweep_files() -> int:
    """Remove the sealed files that no interview names; return how many."""
    limit = (timezone.now() - _GRACE).timestamp()
    old = {name: path for name, path in storage.stored_files() if path.stat().st_mtime < limit}
    with transaction.atomic(), everywhere():
        rows = SubmissionFile.objects.filter(stored__in=old)
        known = set(rows.values_list("stored", flat=True))
    gone = [path for name, path in old.items() if name not in known]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def sweep_uploads() -> int:
    """Remove envelopes that were abandoned, what old ones were answered, and pieces of nobody."""
    now = timezone.now()
    with transaction.atomic(), everywhere():
        Upload.objects.filter(touched_at__lt=now - _UPLOADS_KEPT).delete()
        Upload.objects.filter(is_done=False, touched_at__lt=now - _COMING_KEPT).delete()
        DraftCopy.objects.filter(received_at__lt=now - _DRAFTS_KEPT).delete()
        coming = Upload.objects.exclude(pieces=[])
        kept = {one.piece_key(n).hex for one in coming for n in range(len(one.pieces))}
    limit = (now - _GRACE).timestamp()
    pieces = [path for _name, path in storage.stored_files(storage.PIECES)]
    gone = [path for path in pieces if path.stem not in kept and path.stat().st_mtime < limit]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def forget_lists() -> int:
    """Remove the lists made a while ago: they name people, and are made again when fetched."""
    gone, _by_model = MadeList.objects.filter(made_at__lt=timezone.now() - _LISTS_KEPT).delete()
    return gone


def replay(queues: Iterable[str]) -> int:
    """Let the waiting interviews of these queues try again; return how many."""
    with transaction.atomic(), everywhere():
        waiting = Submission.objects.filter(
            status=Submission.Status.WAITING, queue__in=list(queues)
        )
        keys: list[UUID] = list(waiting.values_list("pk", flat=True))
        for key in keys:
            put_back(submission=Submission(pk=key))
    return len(keys)
