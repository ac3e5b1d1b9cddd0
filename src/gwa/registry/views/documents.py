"""Documents of a household: attach, open, remove."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from gwa.accounts.access import read_trace
from gwa.common.access import needs
from gwa.registry import actions, files
from gwa.registry.actions.readings import note_document_read
from gwa.registry.forms.base import ReasonForm
from gwa.registry.forms.households import DocumentForm
from gwa.registry.models import Document
from gwa.registry.views.asking import (
    about_household,
    actor_of,
    ask,
    household_or_404,
    members_of,
    reader_of,
)

ATTACH = "registry.attach_document"


@needs(ATTACH)
def attach(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Attach a photo or a PDF to the household."""
    household = household_or_404(request, household_id)
    members = members_of(household)
    form = DocumentForm(request.POST or None, request.FILES or None, members=members)
    question = about_household(
        household,
        title=_("Joindre un document"),
        lead=_("Les photos sont redessinées : le lieu et l’heure que l’appareil y met sont ôtés."),
        done=_("Le document est joint."),
        submit=_("Joindre"),
        help="documents",
    )

    def do(form: DocumentForm) -> None:
        persons = {str(member.person_id): member.person for member in members}
        actions.attach_document(
            household=household,
            person=persons.get(form.cleaned_data["person"]),
            title=form.cleaned_data["title"],
            upload=form.cleaned_data["upload"],
            actor=actor_of(request),
        )

    return ask(request, question, form, do)


def _document_or_404(request: HttpRequest, document_id: UUID) -> Document:
    rows = Document.objects.visible_to(reader_of(request)).select_related("household")
    document: Document = get_object_or_404(rows, pk=document_id, removed_at__isnull=True)
    read_trace(request, document.household)
    return document


@needs("registry.read_household")
@require_GET
def open_document(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    """Give the file, and leave a line that it was opened."""
    document = _document_or_404(request, document_id)
    if not files.path_of(document.file).is_file():
        raise Http404
    note_document_read(
        document_id=str(document.pk), household=document.household, actor=actor_of(request)
    )
    content = files.read(document.file)
    answer = StreamingHttpResponse(content, content_type=document.media_type)
    answer["Content-Length"] = str(document.size)
    suffix = files.SUFFIXES[document.media_type]
    answer["Content-Disposition"] = f'inline; filename="{document.pk}.{suffix}"'
    answer["Cache-Control"] = "no-store, private"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@needs(ATTACH)
def remove(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Take a document off the household's page."""
    document = _document_or_404(request, document_id)
    question = about_household(
        document.household,
        title=_("Retirer le document « %(title)s »") % {"title": document.title},
        lead=_("Il n’est plus montré ; annuler ce retrait le fait revenir."),
        done=_("Le document est retiré."),
        submit=_("Retirer"),
        help="documents",
        is_grave=True,
    )

    def do(form: ReasonForm) -> None:
        actions.remove_document(
            document=document, actor=actor_of(request), reason=form.cleaned_data["reason"]
        )

    return ask(request, question, ReasonForm(request.POST or None), do)
