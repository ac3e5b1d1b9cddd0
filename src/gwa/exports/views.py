"""The screens of exports: ask, follow, take away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gwa.accounts.models import User
from gwa.common.access import needs
from gwa.common.errors import DomainError
from gwa.common.listing import read_page
from gwa.exports import actions
from gwa.exports.errors import FileGone
from gwa.exports.forms import ExportForm
from gwa.exports.models import Export
from gwa.exports.policy import days_kept
from gwa.exports.words import explain_failure
from gwa.journal.models import Actor
from gwa.variables.errors import NoDictionary

_ORDERS = {"asked_at": ("asked_at",)}
_TONES = {
    Export.State.DONE: "success",
    Export.State.RUNNING: "info",
    Export.State.WAITING: "info",
    Export.State.FAILED: "danger",
}


@needs("exports.export")
def show_exports(request: HttpRequest) -> HttpResponse:
    """List one's own exports, newest first."""
    own = Export.objects.filter(asked_by=_person(request)).select_related("zone")
    page = read_page(own, request.GET, orders=_ORDERS, default="-asked_at")
    lines = [
        (one, _TONES.get(Export.State(one.state), ""), explain_failure(one.failure)) for one in page
    ]
    return render(
        request,
        "exports/list.html",
        {
            "page": page,
            "lines": lines,
            "is_busy": any(one.is_open for one in page),
            "days": days_kept(timezone.localdate()),
        },
    )


@needs("exports.export")
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for an export; the job that makes it is queued with the question."""
    try:
        form = ExportForm(request.POST or None, person=_person(request))
    except NoDictionary as refusal:
        messages.error(request, refusal.sentence)
        return redirect("exports:list")
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_export(export=form.export(), actor=_actor(request))
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Demandé : le fichier se prépare, cette page le dira."))
            return redirect("exports:list")
    return render(
        request, "exports/ask.html", {"form": form, "days": days_kept(timezone.localdate())}
    )


@needs("exports.export")
def give_file(request: HttpRequest, export_id: UUID) -> HttpResponse | StreamingHttpResponse:
    """Give the file to who asked for it, unsealed as it goes."""
    try:
        export = _find(request, export_id)
        blocks = actions.open_export(export=export, person=_person(request), actor=_actor(request))
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("exports:list")
    answer = StreamingHttpResponse(blocks, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{export.file_name}"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@needs("exports.export")
def cancel(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """Stop an export that waits or runs."""
    try:
        actions.cancel_export(export=_find(request, export_id), actor=_actor(request))
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    return redirect("exports:list")


@require_POST
@needs("exports.export")
def destroy(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """Destroy the file before its time."""
    try:
        export = _find(request, export_id)
        actions.destroy_export(export=export, actor=_actor(request), reason=_("n’est plus utile"))
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Le fichier est détruit."))
    return redirect("exports:list")


def _find(request: HttpRequest, export_id: UUID) -> Export:
    """Return one's own export: those of others do not exist."""
    own = Export.objects.select_related("asked_by__profile", "zone")
    export = own.filter(pk=export_id, asked_by=_person(request)).first()
    if export is None:
        raise FileGone
    return export


def _person(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]
