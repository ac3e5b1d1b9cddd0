"""Photos and PDFs handed in with a sheet: made anew, sealed with the draft, shown to its author."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gwa.collection.views.desk.drafting import answer_gone, draft_name, told_of
from gwa.collection.views.desk.sheets import REGISTER
from gwa.common.access import needs
from gwa.common.drafts import (
    Fields,
    change_draft,
    forget_file,
    keep_file,
    list_files,
    read_file,
)
from gwa.common.errors import DomainError
from gwa.registry.files import LARGEST_MB, clean
from gwa.registry.views.asking import reader_of

MOST_PAPERS = 12


@dataclass(frozen=True, slots=True)
class HeldPaper:
    """A paper that waits with its sheet."""

    id: UUID
    title: str
    field: str
    size: int
    is_image: bool


def list_papers(author_id: int, form: str, told: Fields) -> list[HeldPaper]:
    """Return the papers of a sheet with their titles."""
    return [
        HeldPaper(
            id=file.pk,
            title="".join(told.get(f"d{file.pk}-title", [])) or _("Fiche papier"),
            field=f"d{file.pk}-title",
            size=file.size,
            is_image=file.media_type.startswith("image/"),
        )
        for file in list_files(author_id=author_id, form=form)
    ]


def take_paper(request: HttpRequest, registration_id: UUID, told: Fields) -> Fields | None:
    """Keep the paper handed in, or drop one; None when the page is asked to go on."""
    author, form = reader_of(request).pk, draft_name(registration_id)
    if "drop" in request.POST:
        try:
            forget_file(author_id=author, form=form, file_id=UUID(request.POST["drop"]))
        except ValueError:
            raise Http404 from None
        return told
    upload = request.FILES.get("paper")
    if upload is None:
        if "attach" in request.POST:
            messages.warning(request, _("Choisissez d’abord une photo ou un PDF."))
            return told
        return None
    if len(list_files(author_id=author, form=form)) >= MOST_PAPERS:
        messages.warning(request, _("Douze pièces au plus : retirez-en une d’abord."))
        return told
    try:
        content, media_type = clean(upload.read(LARGEST_MB * 1024 * 1024 + 1))
    except DomainError as refusal:
        messages.warning(request, refusal.sentence)
        return told
    key = keep_file(author_id=author, form=form, content=content, media_type=media_type)
    title = " ".join(request.POST.get("paper_title", "").split())[:150] or _("Fiche papier")
    return change_draft(
        author_id=author, form=form, change=lambda kept: {**kept, f"d{key}-title": [title]}
    )


@needs(REGISTER)
@require_GET
def show_paper(request: HttpRequest, registration_id: UUID, file_id: UUID) -> HttpResponse:
    """Give a paper back to the author of its sheet."""
    if told_of(request, registration_id) is None:
        return answer_gone(request, registration_id)
    kept = read_file(
        author_id=reader_of(request).pk, form=draft_name(registration_id), file_id=file_id
    )
    if kept is None:
        raise Http404
    content, media_type = kept
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = "inline"
    answer["Cache-Control"] = "no-store, private"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
