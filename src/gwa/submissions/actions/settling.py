"""Verbs on an interview that waits: let it try again, release it, settle a conflict, refuse it."""

from collections.abc import Collection

from django.utils import timezone

from gwa.journal.actions import action, record
from gwa.journal.models import SYSTEM, Actor
from gwa.registry.actions.checks import require_reason
from gwa.submissions import errors
from gwa.submissions.models import Submission
from gwa.submissions.queue import queue_submission

Status = Submission.Status
SETTLED = "submissions.conflict_settled"


@action
def put_back(*, submission: Submission, actor: Actor = SYSTEM, reason: str = "") -> Submission:
    """Let a waiting interview try again: after the form, the place or the household was mended."""
    locked = _lock(submission)
    if locked.status not in (Status.WAITING, Status.QUARANTINED):
        raise errors.NotWaiting
    locked.status, locked.queue = Status.RECEIVED, ""
    locked.save(update_fields=["status", "queue"])
    queue_submission(locked.pk)
    record("submissions.put_back", subject=locked, actor=actor, reason=reason)
    return locked


@action
def settle_conflict(
    *, submission: Submission, believed: Collection[str], actor: Actor, reason: str
) -> Submission:
    """Say of each conflict who is believed, and let the interview enter.

    `believed` names the conflicts in which the interview is right; in the others the registry
    stays as it is. A conflict is named by `name_of_conflict`.
    """
    require_reason(reason)
    locked = _lock(submission)
    if locked.queue != Submission.Queue.CONFLICT:
        raise errors.NotWaiting
    settled = {
        name_of_conflict(problem): name_of_conflict(problem) in believed
        for problem in locked.problems
        if problem["code"] == "submissions.conflict"
    }
    locked.settled = {**locked.settled, **settled}
    locked.status, locked.queue = Status.RECEIVED, ""
    locked.save(update_fields=["settled", "status", "queue"])
    queue_submission(locked.pk)
    record(
        SETTLED,
        subject=locked,
        actor=actor,
        reason=reason,
        data={"believed": sum(settled.values()), "conflicts": len(settled)},
    )
    return locked


def name_of_conflict(problem: dict[str, object]) -> str:
    """Return the name of a conflict: whose it is, and of which field."""
    return (
        f"{problem.get('member') if problem.get('member') is not None else ''}:{problem['field']}"
    )


@action
def refuse_submission(*, submission: Submission, actor: Actor, reason: str) -> Submission:
    """Close an interview that must not enter; it stays readable, and its original is kept."""
    require_reason(reason)
    locked = _lock(submission)
    if locked.status not in (Status.WAITING, Status.QUARANTINED):
        raise errors.NotWaiting
    locked.status, locked.queue, locked.processed_at = Status.REFUSED, "", timezone.now()
    locked.save(update_fields=["status", "queue", "processed_at"])
    record("submissions.refused", subject=locked, actor=actor, reason=reason)
    return locked


def _lock(submission: Submission) -> Submission:
    locked: Submission = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    return locked
