"""Stop an import, go on with it, take it back, give back the lines that stayed outside."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gwa.collection import actions
from gwa.collection.actions.readings import note_refused_lines_read
from gwa.collection.models import Import
from gwa.collection.refusals import write_refused
from gwa.collection.views.imports.finding import IMPORT, TAKE_BACK, import_or_404
from gwa.common.access import needs
from gwa.common.display import Text
from gwa.common.errors import DomainError
from gwa.registry.forms.base import ReasonForm
from gwa.registry.views.asking import actor_of


@needs(IMPORT)
@require_POST
def cancel(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Stop an import; what entered before stays."""
    done = _("L’import s’arrête : ce qui est déjà entré reste, et vous pourrez le continuer.")
    return _do(request, import_id, actions.cancel_import, done)


@needs(IMPORT)
@require_POST
def resume(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Go on with an import where it ended."""
    done = _("L’import continue là où il s’était arrêté.")
    return _do(request, import_id, actions.resume_import, done)


def _do(
    request: HttpRequest, import_id: UUID, verb: Callable[..., Import], done: Text
) -> HttpResponse:
    found = import_or_404(request, import_id)
    try:
        verb(of_import=found, actor=actor_of(request))
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, str(done))
    return redirect("collection:import", found.pk)


@needs(TAKE_BACK)
def take_back(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Ask why, say what will go, then undo all that the import did."""
    found = import_or_404(request, import_id)
    form = ReasonForm(request.POST or None)
    form.fields["reason"].help_text = _("Pourquoi le retirer ? Le motif reste au journal.")
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.take_back_import(of_import=found, actor=actor_of(request), reason=reason)
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("L’import est retiré : le registre est comme avant lui."))
            return redirect("collection:import", found.pk)
    status = 422 if form.errors else 200
    context = {"import": found, "form": form}
    return render(request, "collection/imports/take_back.html", context, status=status)


@needs(IMPORT)
@require_GET
def download_refused(request: HttpRequest, import_id: UUID) -> HttpResponseBase:
    """Give the refused lines with their reasons, ready to be mended and sent again."""
    found = import_or_404(request, import_id)
    note_refused_lines_read(of_import=found, actor=actor_of(request))
    answer = FileResponse(
        write_refused(found),
        as_attachment=True,
        filename=_("lignes-refusees-%(day)s.xlsx") % {"day": f"{found.added_at:%Y-%m-%d}"},
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    answer["Cache-Control"] = "no-store, private"
    return answer
