"""Questionnaires and their versions: proposed, discussed, validated, published, retired."""

import mimetypes
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gwa.common.access import needs, person_of
from gwa.common.errors import DomainError
from gwa.common.forms import ReasonForm
from gwa.common.people import names_by_login
from gwa.journal.models import Actor
from gwa.questionnaires import actions
from gwa.questionnaires.forms import ProposalForm, RemarkForm
from gwa.questionnaires.models import Form, FormRemark, FormVersion
from gwa.questionnaires.offers import offers_for
from gwa.questionnaires.queries.comparison import compare
from gwa.questionnaires.queries.pages import doubts_of, effect_of, list_parts, version_before

READ, PROPOSE = "questionnaires.read_forms", "questionnaires.propose_form"
VALIDATE, PUBLISH = "questionnaires.validate_form", "questionnaires.publish_form"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(READ)
@require_GET
def show_forms(request: HttpRequest) -> HttpResponse:
    """List the questionnaires with their versions, the latest first."""
    forms = Form.objects.prefetch_related("versions")
    context = {
        "forms": forms,
        "people": names_by_login(one.proposed_by for form in forms for one in form.versions.all()),
        "may_propose": person_of(request).has_right(PROPOSE),
    }
    return render(request, "questionnaires/list.html", context)


@needs(PROPOSE)
def propose(request: HttpRequest) -> HttpResponse:
    """Take a workbook in as a draft, or say what is wrong with it."""
    form = ProposalForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given, joined = form.cleaned_data["file"], form.cleaned_data["attached"]
        try:
            version = actions.propose_form(
                content=given.read(),
                file_name=given.name,
                purpose=form.cleaned_data["purpose"],
                media=[_media(joined.name, joined.read())] if joined else [],
                actor=_actor(request),
            )
        except DomainError as refusal:
            form.add_error("file", refusal.sentence)
        else:
            messages.success(request, _("Le brouillon est gardé. Relisez-le, puis soumettez-le."))
            return redirect("questionnaires:version", version.pk)
    return render(request, "questionnaires/propose.html", {"form": form})


def _media(name: str, content: bytes) -> actions.Media:
    kind, _encoding = mimetypes.guess_type(name)
    return actions.Media(name, kind or "application/octet-stream", content)


@needs(READ)
@require_GET
def show_version(request: HttpRequest, version_id: int) -> HttpResponse:
    """Show one version as it is asked, what it changes, and what is said of it."""
    version = _find(version_id)
    language = request.GET.get("language") or get_language() or "fr"
    before = version_before(version)
    person = person_of(request)
    remarks = version.remarks.all()
    context = {
        "version": version,
        "people": names_by_login([*version.hands(), *(one.written_by for one in remarks)]),
        "parts": list_parts(version, language),
        "effect": effect_of(version) if version.published_at is None else None,
        "doubts": doubts_of(version, language) if version.published_at is None else [],
        "before": before,
        "differences": compare(before, version, language) if before else None,
        "remarks": remarks,
        "offers": offers_for(person),
        "remark_form": RemarkForm(),
        "may_propose": person.has_right(PROPOSE),
        "may_validate": person.has_right(VALIDATE),
        "may_publish": person.has_right(PUBLISH),
    }
    return render(request, "questionnaires/version.html", context)


@needs(READ)
@require_GET
def download_workbook(request: HttpRequest, version_id: int) -> HttpResponse:
    """Give the workbook as it was uploaded, or the XForm where there is none."""
    version = _find(version_id)
    content, kind = bytes(version.workbook), _XLSX
    if not content:
        content, kind = bytes(version.xform), "application/xml"
    answer = HttpResponse(content, content_type=kind)
    suffix = "xlsx" if kind == _XLSX else "xml"
    name = f"{version.form.code}-{version.version}.{suffix}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@needs(PROPOSE)
@require_POST
def remark(request: HttpRequest, version_id: int) -> HttpResponse:
    """Say something of a version."""
    version, form = _find(version_id), RemarkForm(request.POST)
    if form.is_valid():
        actions.add_remark(version=version, actor=_actor(request), **form.cleaned_data)
        messages.success(request, _("La remarque est notée."))
    else:
        messages.error(request, _("Écrivez la remarque."))
    return redirect("questionnaires:version", version.pk)


@needs(PROPOSE)
@require_POST
def settle_remark(request: HttpRequest, version_id: int, remark_id: int) -> HttpResponse:
    """Mark a remark as dealt with."""
    remark = get_object_or_404(FormRemark, pk=remark_id, version=version_id)
    actions.settle_remark(remark=remark, actor=_actor(request))
    return redirect("questionnaires:version", version_id)


@needs(PROPOSE)
@require_POST
def submit(request: HttpRequest, version_id: int) -> HttpResponse:
    """Put a draft before the committee."""
    return _decide(request, version_id, actions.submit_form, _("La version est devant le comité."))


@needs(VALIDATE)
@require_POST
def send_back(request: HttpRequest, version_id: int) -> HttpResponse:
    """Let the committee send a version back."""
    return _decide(request, version_id, actions.send_back_form, _("La version est renvoyée."))


@needs(VALIDATE)
@require_POST
def validate(request: HttpRequest, version_id: int) -> HttpResponse:
    """Let the committee validate a version; the reason is the reference of its minutes."""

    def do(*, version: FormVersion, actor: Actor, reason: str) -> FormVersion:
        return actions.validate_form(version=version, minutes=reason, actor=actor)

    return _decide(request, version_id, do, _("La version est validée."))


@needs(PUBLISH)
@require_POST
def publish(request: HttpRequest, version_id: int) -> HttpResponse:
    """Put a validated version into service."""
    return _decide(request, version_id, actions.publish_form, _("Le questionnaire est en service."))


@needs(PUBLISH)
@require_POST
def retire(request: HttpRequest, version_id: int) -> HttpResponse:
    """Take a version out of service."""
    return _decide(request, version_id, actions.retire_form, _("La version est retirée."))


def _decide(
    request: HttpRequest, version_id: int, verb: Callable[..., FormVersion], done: str
) -> HttpResponse:
    version, form = _find(version_id), ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Écrivez le motif : il reste dans le journal."))
        return redirect("questionnaires:version", version.pk)
    try:
        verb(version=version, actor=_actor(request), reason=form.cleaned_data["reason"])
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, done)
    return redirect("questionnaires:version", version.pk)


def _find(version_id: int) -> FormVersion:
    known = FormVersion.objects.select_related("form", "dictionary_version")
    version: FormVersion = get_object_or_404(known, pk=version_id)
    return version


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
