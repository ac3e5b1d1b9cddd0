"""The interviews that came: the list, one of them, and what somebody decides of it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gwa.accounts.access import read_trace
from gwa.common.access import needs
from gwa.common.errors import DomainError
from gwa.common.forms import ReasonForm
from gwa.common.listing import read_page
from gwa.registry.columns import READ_SENSITIVE
from gwa.registry.queries.places import names_of_paths
from gwa.registry.views.asking import actor_of, reader_of
from gwa.submissions.actions import put_back, refuse_submission, settle_conflict
from gwa.submissions.forms import SubmissionFilter
from gwa.submissions.models import DraftCopy, Original, Submission
from gwa.submissions.offers import asides_of
from gwa.submissions.queries.answers import read_answers, read_copy
from gwa.submissions.queries.course import read_course
from gwa.submissions.queries.effect import read_effect
from gwa.submissions.queries.queues import count_queues
from gwa.submissions.rules.audit import NAME as AUDIT
from gwa.submissions.words import say_conflicts, say_findings

READ, SETTLE = "submissions.read", "submissions.settle"
ORDERS = {
    "received": ("received_at",),
    "status": ("status",),
    "form": ("form_version__form__title",),
}


@needs(READ)
@require_GET
def show_submissions(request: HttpRequest) -> HttpResponse:
    """List the interviews, the latest first."""
    form = SubmissionFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    wanted = {name: value for name, value in asked.items() if value}
    rows = Submission.objects.visible_to(reader_of(request)).filter(**wanted)
    rows = rows.select_related("form_version__form", "device", "sent_by", "household")
    page = read_page(rows, request.GET, orders=ORDERS, default="-received")
    places = names_of_paths(one.zone_path for one in page)
    context = {
        "page": page,
        "rows": [(one, places.get(one.zone_path)) for one in page],
        "form": form,
        "is_filtered": bool(wanted),
        "queues": count_queues(reader_of(request)),
    }
    return render(request, "submissions/list.html", context)


@needs(READ)
@require_GET
def show_submission(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Show one interview: what was answered, what was found, what it did to the registry."""
    submission = _find(request, submission_id)
    reader, language = reader_of(request), get_language() or "fr"
    read_trace(request, submission)
    is_open = submission.status in (Submission.Status.WAITING, Submission.Status.QUARANTINED)
    context = {
        "submission": submission,
        "effect": read_effect(submission, reader),
        "parts": read_answers(submission, reader, language),
        "findings": say_findings(submission, language),
        "conflicts": say_conflicts(submission, language),
        "files": submission.files.exclude(name=AUDIT).select_related("document"),
        "course": read_course(submission, language),
        "revisions": Submission.objects.visible_to(reader)
        .filter(interview_id=submission.interview_id)
        .order_by("revision"),
        "asides": asides_of(submission, reader),
        "may_read_original": reader.has_right(READ_SENSITIVE),
        "may_settle": is_open and reader.has_right(SETTLE),
    }
    return render(request, "submissions/submission.html", context)


@needs(READ_SENSITIVE)
@require_GET
def download_original(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Give the interview as the telephone sent it, to those who may read all of it."""
    submission = _find(request, submission_id)
    original = get_object_or_404(Original, pk=submission.pk)
    read_trace(request, submission)
    answer = HttpResponse(original.xml, content_type="application/xml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{submission.pk}.xml"'
    return answer


@needs(SETTLE)
@require_POST
def try_again(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Put a waiting interview back on its way."""
    return _decide(
        request,
        submission_id,
        lambda found, reason: put_back(submission=found, actor=actor_of(request), reason=reason),
        _("L’entretien est remis en route."),
    )


@needs(SETTLE)
@require_POST
def refuse(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Close an interview that must not enter."""
    return _decide(
        request,
        submission_id,
        lambda found, reason: refuse_submission(
            submission=found, actor=actor_of(request), reason=reason
        ),
        _("L’entretien est refusé ; il reste lisible ici."),
    )


@needs(SETTLE)
@require_POST
def settle(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Say of each conflict who is believed."""
    believed = [
        name.removeprefix("side-")
        for name, side in request.POST.items()
        if name.startswith("side-") and side == "told"
    ]
    return _decide(
        request,
        submission_id,
        lambda found, reason: settle_conflict(
            submission=found, believed=believed, actor=actor_of(request), reason=reason
        ),
        _("Le conflit est réglé : l’entretien entre au registre."),
    )


def _decide(
    request: HttpRequest,
    submission_id: UUID,
    do: Callable[[Submission, str], Submission],
    done: str,
) -> HttpResponse:
    submission = _find(request, submission_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Écrivez le motif : il reste dans le journal."))
        return redirect("submissions:submission", submission.pk)
    try:
        do(submission, form.cleaned_data["reason"])
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, done)
    return redirect("submissions:submission", submission.pk)


@needs(READ)
@require_GET
def show_draft_copy(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show an interview that is not finished, as its telephone last copied it here."""
    reader = reader_of(request)
    visible = DraftCopy.objects.visible_to(reader).select_related(
        "form_version__form", "form_version__dictionary_version", "user", "device"
    )
    draft: DraftCopy = get_object_or_404(visible, pk=draft_id)
    read_trace(request, draft)
    parts = read_copy(draft, reader, get_language() or "fr")
    return render(request, "submissions/draft_copy.html", {"draft": draft, "parts": parts})


def _find(request: HttpRequest, submission_id: UUID) -> Submission:
    visible = Submission.objects.visible_to(reader_of(request)).select_related(
        "form_version__form",
        "form_version__dictionary_version",
        "device",
        "sent_by",
        "household",
    )
    found: Submission = get_object_or_404(visible, pk=submission_id)
    return found
