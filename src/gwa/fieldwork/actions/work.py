"""Verbs on the work: give it, close it, send an interview back to be mended."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from gwa.accounts.models import User
from gwa.common.errors import DomainError
from gwa.fieldwork import errors
from gwa.fieldwork.models import Assignment, SentBack
from gwa.fieldwork.rules import Hindrance, find_hindrance
from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.questionnaires.models import Form
from gwa.registry.actions.checks import require_reason
from gwa.registry.models import Household
from gwa.registry.rules.numbers import show_number
from gwa.submissions.models import Submission
from gwa.zones.models import Zone, lies_in

SEND = "submissions.send"
_REFUSALS: Mapping[Hindrance, type[DomainError]] = {
    Hindrance.STATUS: errors.NotMendable,
    Hindrance.CORRECTED: errors.CorrectedSince,
    Hindrance.NOBODY: errors.NoAuthor,
    Hindrance.ALREADY: errors.AlreadySentBack,
}


@dataclass(frozen=True, slots=True)
class Work:
    """What is asked of an enumerator. Without households, all those of the zone."""

    user: User
    zone: Zone
    form: Form
    households: Sequence[UUID] = ()
    target: int | None = None
    due_on: dt.date | None = None
    note: str = ""


@action
def give_work(*, work: Work, actor: Actor) -> Assignment:
    """Let an enumerator find a village, or some households of it, on their telephone."""
    if not work.user.has_right(SEND) or not lies_in(work.zone.path, work.user.scope_paths()):
        raise errors.NotAnEnumerator
    here = Household.objects.under_path(work.zone.path).filter(pk__in=work.households)
    missing = set(work.households) - set(here.values_list("pk", flat=True))
    if missing:
        homes = Household.objects.filter(pk__in=missing)
        numbers = sorted(show_number(n) for n in homes.values_list("registry_number", flat=True))
        raise errors.HouseholdsElsewhere(numbers=", ".join(numbers) or "–")
    assignment = Assignment.objects.create(
        zone_path=work.zone.path,
        user=work.user,
        zone=work.zone,
        form=work.form,
        households=list(work.households),
        target=work.target or len(work.households) or None,
        due_on=work.due_on,
        note=work.note.strip(),
        made_at=timezone.now(),
        made_by=actor.label,
    )
    record(
        "fieldwork.work_given",
        subject=assignment,
        actor=actor,
        data={"to": work.user.username, "households": len(work.households)},
    )
    return assignment


@action
def close_work(*, assignment: Assignment, actor: Actor, reason: str = "") -> Assignment:
    """Take work off a telephone: done, or given to somebody else. What was begun is still sent."""
    locked: Assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if locked.closed_at is not None:
        raise errors.AlreadyClosed
    locked.closed_at = timezone.now()
    locked.save(update_fields=["closed_at"])
    record("fieldwork.work_closed", subject=locked, actor=actor, reason=reason)
    return locked


@action
def send_back(
    *, submission: Submission, reason: str, comments: Sequence[dict[str, str]], actor: Actor
) -> SentBack:
    """Send the last revision of an interview back to its author, with what is to be mended.

    What entered the registry stays there until the correction comes, as a revision of its own.
    """
    require_reason(reason)
    locked: Submission = (
        Submission.objects.select_for_update(of=("self",))
        .select_related("sent_by__profile")
        .get(pk=submission.pk)
    )
    later = Submission.objects.filter(
        interview_id=locked.interview_id, revision__gt=locked.revision
    )
    author = locked.sent_by
    hindrance = find_hindrance(
        status=locked.status,
        is_last_revision=not later.exists(),
        has_author=author is not None and author.has_right(SEND),
        is_sent_back=SentBack.objects.filter(submission=locked).exists(),
    )
    if hindrance is not None:
        raise _REFUSALS[hindrance]
    sent = SentBack(
        zone_path=locked.zone_path, submission=locked, at=timezone.now(), by=actor.label
    )
    sent.set_words(reason.strip(), comments)
    sent.save(force_insert=True)
    record("fieldwork.sent_back", subject=locked, actor=actor, data={"comments": len(comments)})
    return sent
