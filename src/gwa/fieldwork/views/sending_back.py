"""Send an interview back: the reason, and a point beside each question that is to be mended."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gwa.accounts.access import read_trace
from gwa.common.access import needs
from gwa.common.errors import DomainError
from gwa.fieldwork.actions import send_back
from gwa.registry.views.asking import actor_of, reader_of
from gwa.submissions.models import Submission
from gwa.submissions.queries.answers import Part, read_answers

SEND_BACK = "fieldwork.send_back"
_BESIDE = "comment:"
_LONGEST = 500


@needs(SEND_BACK)
def show_send_back(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Show the interview with a box beside each answer; send it back with what was written."""
    visible = Submission.objects.visible_to(reader_of(request))
    rows = visible.select_related("form_version__form", "form_version__dictionary_version")
    submission: Submission = get_object_or_404(rows, pk=submission_id)
    read_trace(request, submission)
    parts = read_answers(submission, reader_of(request), get_language() or "fr")
    reason = request.POST.get("reason", "").strip()[:_LONGEST]
    written = _written(request, parts)
    error = ""
    if request.method == "POST":
        if not reason:
            error = _("Écrivez le motif : l’enquêteur le lit en premier.")
        else:
            comments = [{"path": path, "text": text} for path, text in written.items()]
            try:
                send_back(
                    submission=submission,
                    reason=reason,
                    comments=comments,
                    actor=actor_of(request),
                )
            except DomainError as refusal:
                error = refusal.sentence
            else:
                messages.success(
                    request, _("L’entretien est renvoyé : il vient en premier sur le téléphone.")
                )
                return redirect("submissions:submission", submission.pk)
    context = {
        "submission": submission,
        "parts": [
            (part.title, [(one, written.get(one.path, "")) for one in part.answers])
            for part in parts
            if part.answers
        ],
        "reason": reason,
        "error": error,
    }
    return render(request, "fieldwork/send_back.html", context)


def _written(request: HttpRequest, parts: list[Part]) -> dict[str, str]:
    """Return what was written beside the questions of this interview, in their order."""
    paths = (one.path for part in parts for one in part.answers)
    said = {path: request.POST.get(f"{_BESIDE}{path}", "").strip()[:_LONGEST] for path in paths}
    return {path: text for path, text in said.items() if text}
