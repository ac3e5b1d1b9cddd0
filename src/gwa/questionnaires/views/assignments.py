"""Who asks which questionnaire where."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gwa.accounts.models import User
from gwa.common.access import needs, person_of
from gwa.common.errors import DomainError
from gwa.common.forms import ReasonForm
from gwa.questionnaires import actions
from gwa.questionnaires.forms import AssignmentForm
from gwa.questionnaires.models import FormAssignment, FormVersion
from gwa.questionnaires.queries.modules import length_of, name_modules
from gwa.zones.models import Zone

READ, ASSIGN = "questionnaires.read_forms", "questionnaires.assign_form"
SEND = "submissions.send"


@needs(READ)
@require_GET
def show_assignments(request: HttpRequest) -> HttpResponse:
    """List who asks what, where, until when."""
    rows = _visible(request).select_related("form", "zone", "user").order_by("-starts_on", "-pk")
    words = name_modules(get_language() or "fr")
    context = {
        "assignments": [
            (one, [words.get((one.form_id, name), name) for name in one.modules]) for one in rows
        ],
        "may_assign": person_of(request).has_right(ASSIGN),
        "today": timezone.localdate(),
    }
    return render(request, "questionnaires/assignments.html", context)


@needs(ASSIGN)
@require_GET
def choose_form(request: HttpRequest) -> HttpResponse:
    """Choose the form in service that a campaign asks; where there is one, it is chosen."""
    versions = FormVersion.objects.in_service().select_related("form").defer("workbook", "xform")
    found = sorted(versions, key=lambda one: one.form.title)
    if len(found) == 1:
        return redirect("questionnaires:assign", found[0].form_id)
    return render(request, "questionnaires/choose_form.html", {"versions": found})


@needs(ASSIGN)
def assign(request: HttpRequest, form_id: int) -> HttpResponse:
    """Compose what a campaign asks (core and modules), and let it be asked in a zone."""
    in_service = FormVersion.objects.in_service().select_related("form").filter(form=form_id)
    version = in_service.first()
    if version is None:
        raise Http404
    zones = Zone.objects.visible_to(person_of(request)).current()
    form = AssignmentForm(
        request.POST or None,
        zones=zones,
        accounts=User.objects.holding(SEND).order_by("full_name"),
        length=length_of(version),
        initial={"starts_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.assign_form(
                form=version.form,
                actor=request.actor,  # type: ignore[attr-defined]
                **form.cleaned_data,
            )
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(
                request, _("Le questionnaire est confié : les téléphones le prennent.")
            )
            return redirect("questionnaires:assignments")
    return render(request, "questionnaires/assign.html", {"form": form, "version": version})


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
