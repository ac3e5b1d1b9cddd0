"""Pages that belong to no module: the guide, the drafts that forms keep, a failure."""

import logging
import mimetypes
from typing import cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template import loader
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from gwa.common import drafts, guide
from gwa.common.access import public, signed_in
from gwa.common.sending import read_fields

log = logging.getLogger(__name__)
PICTURES = {".png", ".webp", ".jpg", ".svg"}


@public
def show_guide(request: HttpRequest) -> HttpResponse:
    """Open the guide at its first page, or answer a search in it."""
    language = get_language() or guide.FALLBACK
    words = request.GET.get("q", "").strip()
    pages = guide.read_guide(language)
    if not words:
        return redirect("guide:page", pages[0].name)
    findings = guide.search_guide(language, words)
    context = {"pages": pages, "guide_words": words, "findings": findings}
    return render(request, "guide/search.html", context)


@public
def show_guide_page(request: HttpRequest, name: str) -> HttpResponse:
    """Show one page of the guide with the list of the others."""
    language = get_language() or guide.FALLBACK
    page = guide.find_page(language, name)
    if page is None:
        raise Http404
    pages = guide.read_guide(language)
    place = pages.index(page)
    context = {
        "pages": pages,
        "page": page,
        "before": pages[place - 1] if place else None,
        "after": pages[place + 1] if place + 1 < len(pages) else None,
    }
    return render(request, "guide/page.html", context)


@public
def show_guide_image(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve a picture of the guide."""
    file = guide.guide_folder() / "images" / name
    if file.suffix not in PICTURES or not file.is_file():
        raise Http404
    kind, _ = mimetypes.guess_type(file.name)
    return FileResponse(file.open("rb"), content_type=kind)


@signed_in
@require_http_methods(["GET", "POST", "DELETE"])
def show_draft(request: HttpRequest, form: str) -> HttpResponse:
    """Give back, keep or drop the reader's own draft of one form."""
    author = cast("int", request.user.pk)
    if request.method == "DELETE":
        drafts.forget_draft(author_id=author, form=form)
        return HttpResponse(status=204)
    if request.method == "POST":
        fields = read_fields(request)
        if fields is None:
            return HttpResponse(status=400)
        drafts.keep_draft(author_id=author, form=form, fields=fields)
        return HttpResponse(status=204)
    kept = drafts.read_draft(author_id=author, form=form)
    answer = JsonResponse(kept) if kept else HttpResponse(status=204)
    answer["Cache-Control"] = "no-store"
    return answer


def show_failure(request: HttpRequest) -> HttpResponse:
    """Say that the server failed, with the number under which the log tells more."""
    number = getattr(getattr(request, "actor", None), "request_id", None)
    log.error("request %s failed at %s", number, request.resolver_match)
    return HttpResponse(loader.render_to_string("500.html", {"request_id": number}), status=500)
