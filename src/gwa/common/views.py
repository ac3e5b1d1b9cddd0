"""Pages that belong to no module: the guide, and the gallery where components are looked at."""

import mimetypes

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from gwa.common import guide
from gwa.common.access import public

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
