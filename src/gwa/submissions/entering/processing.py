"""The job of one interview: from what was received to the registry, in one transaction.

Killed at any moment, it begins again from the original. Whatever it meets, the interview ends
accepted, or waiting in a named queue with the reason: never lost, never half applied.
"""

import datetime as dt
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from gwa.common.errors import Busy, DomainError
from gwa.common.scope import everywhere
from gwa.journal.actions import action, current_change_id, record
from gwa.journal.models import Actor, Entry
from gwa.questionnaires.queries.versions import form_of
from gwa.questionnaires.xform.faults import Fault
from gwa.questionnaires.xform.instance import Instance, read_instance
from gwa.registry.models import Household, Source
from gwa.registry.rules.problems import Problem
from gwa.registry.sources import new_source, source_of_person
from gwa.submissions import errors
from gwa.submissions.actions.settling import SETTLED
from gwa.submissions.entering.checks import check_interview
from gwa.submissions.entering.entering import Outcome, Settled, enter
from gwa.submissions.entering.reading import understand
from gwa.submissions.lines import read_lines
from gwa.submissions.models import Original, Submission
from gwa.submissions.queue import queue_pictures

log = logging.getLogger(__name__)
Queue, Status = Submission.Queue, Submission.Status
BROKEN = "submissions.broken"


def process(submission_id: UUID) -> None:
    """Take an interview into the registry; what breaks waits for a person, with the reason."""
    try:
        with transaction.atomic(), everywhere():
            has_files = _process(submission_id)
        # After the commit: a worker queues at once, and another one may be quick.
        if has_files:
            queue_pictures(submission_id)
    except (Busy, InterfaceError, OperationalError):
        # Nothing is wrong with the interview: the job is run again.
        raise
    except DomainError as refusal:
        facts = {name: str(fact) for name, fact in refusal.facts.items()}
        problem = Problem(refusal.code, str(facts.get("field", "")), None, facts)
        _set_aside(submission_id, Queue.REGISTRY, [problem])
    except Exception:
        # Said by its number alone: what it holds is nobody's in a log.
        log.exception("submission %s broke", submission_id)
        _set_aside(submission_id, Queue.MAPPING, [Problem(BROKEN)])


def _process(submission_id: UUID) -> bool:
    """Take it in, once; tell whether it entered with files."""
    submission: Submission | None = (
        Submission.objects.select_for_update(of=("self",))
        .select_related(
            "form_version__form", "form_version__dictionary_version", "sent_by", "device"
        )
        .filter(pk=submission_id)
        .first()
    )
    if submission is None or submission.status != Status.RECEIVED:
        return False
    taken = take_in(submission=submission, actor=_actor_of(submission))
    return taken.household is not None and taken.files.exclude(stored="").exists()


def _actor_of(submission: Submission) -> Actor:
    user = submission.sent_by
    return Actor(
        label=user.username if user else "anonyme",
        user_id=user.pk if user else None,
        right="submissions.send",
    )


@dataclass(slots=True)
class Verdict:
    """What becomes of an interview."""

    status: str
    queue: str = ""
    problems: list[Problem] = field(default_factory=list)
    household: Household | None = None
    source: Source | None = None


@action
def take_in(*, submission: Submission, actor: Actor) -> Submission:
    """Bring a locked interview into the registry, or leave it waiting."""
    instance = _read(submission)
    _note_times(submission, instance)
    verdict = _decide(submission, instance, actor)
    submission.status, submission.queue = verdict.status, verdict.queue
    submission.household, submission.source = verdict.household, verdict.source
    if verdict.household is not None:
        submission.zone_path = verdict.household.zone_path
        submission.change_id = current_change_id()
    submission.set_problems([asdict(problem) for problem in verdict.problems])
    submission.processed_at = timezone.now()
    submission.save()
    _follow_zone(submission)
    record(
        f"submissions.{verdict.status}",
        subject=submission,
        actor=actor,
        data={
            "queue": verdict.queue,
            "household": str(verdict.household.pk) if verdict.household else "",
            "codes": submission.codes,
        },
    )
    return submission


def _read(submission: Submission) -> Instance:
    xml = Original.objects.get(pk=submission.pk).xml
    instance = read_instance(xml, form_of(submission.form_version))
    if isinstance(instance, Fault):
        raise errors.NotOfItsForm(where=instance.where, what=instance.what)
    return instance


def _decide(submission: Submission, instance: Instance, actor: Actor) -> Verdict:
    lines = read_lines(instance)
    before = _settle_before(submission)
    if lines is None:
        return Verdict(Status.NOBODY)
    on = submission.interviewed_on or timezone.localdate(submission.received_at)
    source = new_source(Source.Kind.INTERVIEW, submission.form_version.form.title, on)
    interview = understand(submission, lines, source, on)
    found = check_interview(submission, interview, instance)
    outcome: Outcome = enter(
        interview, source, before=before, settled=_settled(submission), actor=actor
    )
    problems = [*outcome.problems, *found]
    blocking = [problem for problem in problems if not problem.is_warning]
    if blocking:
        # Nothing was written: what keeps one fact out keeps the household out.
        return Verdict(Status.WAITING, _queue_of(outcome, blocking), problems)
    status = Status.WARNED if problems else Status.ACCEPTED
    return Verdict(status, "", problems, outcome.household, outcome.source)


def _settled(submission: Submission) -> Settled:
    """What was settled of its conflicts, on the word of whoever did it last."""
    if not submission.settled:
        return Settled()
    lines = Entry.objects.filter(subject_id=str(submission.pk), action=SETTLED)
    line: Entry = lines.latest("at")
    by = Actor(label=line.actor_label, user_id=line.actor_id)
    return Settled(
        submission.settled, source_of_person(Source.Kind.OPERATOR, by, timezone.localdate(line.at))
    )


_PLACES = frozenset({
    "collection.zone_missing", "collection.zone_unknown", "collection.zone_ambiguous",
    "registry.zone_not_settlement", "registry.zone_not_yours", "registry.zone_closed",
})  # fmt: skip


def _queue_of(outcome: Outcome, blocking: Sequence[Problem]) -> str:
    """Say who must look: the place first, because nothing can be compared without it."""
    if any(problem.code in _PLACES for problem in blocking):
        return Queue.PLACE
    return Queue.CONFLICT if outcome.is_conflict else Queue.CHECKS


def _settle_before(submission: Submission) -> Submission | None:
    """Close the revisions that this one corrects; return the last that entered the registry."""
    if submission.revision == 1:
        return None
    earlier = Submission.objects.filter(
        interview_id=submission.interview_id, revision__lt=submission.revision
    )
    open_ = (Status.RECEIVED, Status.WAITING, Status.QUARANTINED)
    earlier.filter(status__in=open_).update(status=Status.REPLACED, queue="")
    entered = earlier.filter(status__in=(Status.ACCEPTED, Status.WARNED))
    last: Submission | None = entered.order_by("-revision").first()
    return last


def _follow_zone(submission: Submission) -> None:
    """Let the original and the files be seen where the household is."""
    Original.objects.filter(pk=submission.pk).update(zone_path=submission.zone_path)
    submission.files.update(zone_path=submission.zone_path)


@action
def _leave_waiting(
    *, submission: Submission, queue: str, problems: Sequence[Problem], actor: Actor
) -> None:
    submission.status, submission.queue = Status.WAITING, queue
    submission.set_problems([asdict(problem) for problem in problems])
    submission.processed_at = timezone.now()
    submission.save(update_fields=["status", "queue", "codes", "sealed_problems", "processed_at"])
    record(
        "submissions.waiting",
        subject=submission,
        actor=actor,
        data={"queue": queue, "codes": submission.codes},
    )


def _set_aside(submission_id: UUID, queue: str, problems: Sequence[Problem]) -> None:
    with transaction.atomic(), everywhere():
        found: Submission | None = (
            Submission.objects.select_for_update(of=("self",))
            .select_related("sent_by")
            .filter(pk=submission_id, status=Status.RECEIVED)
            .first()
        )
        if found is not None:
            _leave_waiting(submission=found, queue=queue, problems=problems, actor=_actor_of(found))


def _note_times(submission: Submission, instance: Instance) -> None:
    """Keep when the interview began and ended, as the telephone's clock says."""
    answer = instance.household.answer
    submission.started_at, submission.ended_at = None, None
    for question in instance.form.questions:
        if question.preload == "start":
            submission.started_at = _moment(answer(*question.path))
        elif question.preload == "end":
            submission.ended_at = _moment(answer(*question.path))
        elif question.preload == "today":
            submission.interviewed_on = _day(answer(*question.path))


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _moment(text: str) -> dt.datetime | None:
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=timezone.get_current_timezone())
