"""Who asks which questionnaire where."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gwa.accounts.models import User
from gwa.common.access import needs, person_of
from gwa.common.errors import DomainError
from gwa.questionnaires import actions
from gwa.questionnaires.forms import AssignmentForm, ReasonForm
from gwa.questionnaires.models import FormAssignment
from gwa.zones.models import Zone

READ, ASSIGN = "questionnaires.read_forms", "questionnaires.assign_form"
SEND = "submissions.send"


@needs(READ)
@require_GET
def show_assignments(request: HttpRequest) -> HttpResponse:
    """List who asks what, where, until when."""
    rows = _visible(request).select_related("form", "zone", "user")
    context = {
        "assignments": rows.order_by("-starts_on", "-pk"),
        "may_assign": person_of(request).has_right(ASSIGN),
        "today": timezone.localdate(),
    }
    return render(request, "questionnaires/assignments.html", context)


@needs(ASSIGN)
def assign(request: HttpRequest) -> HttpResponse:
    """Let a form be asked in a zone."""
    zones = Zone.objects.visible_to(person_of(request)).current()
    form = AssignmentForm(
        request.POST or None,
        zones=zones,
        accounts=User.objects.holding(SEND).order_by("full_name"),
        initial={"starts_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.assign_form(actor=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(
                request, _("Le questionnaire est confié : les téléphones le prennent.")
            )
            return redirect("questionnaires:assignments")
    return render(request, "questionnaires/assign.html", {"form": form})


@needs(ASSIGN)
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Say that today is the last day."""
    assignment, form = get_object_or_404(_visible(request), pk=number), ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Écrivez le motif : il reste dans le journal."))
        return redirect("questionnaires:assignments")
    try:
        actions.end_assignment(
            assignment=assignment,
            on=timezone.localdate(),
            actor=request.actor,  # type: ignore[attr-defined]
            reason=form.cleaned_data["reason"],
        )
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("C’est le dernier jour."))
    return redirect("questionnaires:assignments")


def _visible(request: HttpRequest) -> QuerySet[FormAssignment]:
    return FormAssignment.objects.filter(zone__in=Zone.objects.visible_to(person_of(request)))
