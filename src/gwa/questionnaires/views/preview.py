"""See a version as a phone asks it: one question a screen, in each of its languages."""

import json

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from gwa.common.access import needs
from gwa.questionnaires.models import FormVersion
from gwa.questionnaires.queries.preview import next_screen
from gwa.questionnaires.queries.versions import form_of

READ = "questionnaires.read_forms"
_LONGEST = 200_000


@needs(READ)
@require_http_methods(["GET", "POST"])
def show_preview(request: HttpRequest, version_id: int) -> HttpResponse:
    """Ask the next question. What was answered travels with the page, and is kept nowhere."""
    version = get_object_or_404(FormVersion.objects.select_related("form"), pk=version_id)
    languages = [code for code in form_of(version).languages if code]
    asked = request.POST.get("language") or get_language() or "fr"
    language = asked if asked in languages else next(iter(languages), "")
    given = _read(request.POST)
    screen = next_screen(version, given, language=language, now=timezone.now())
    typed = given.pop(screen.key, "") if screen is not None else ""
    context = {
        "version": version,
        "screen": screen,
        "typed": typed,
        "chosen": typed.split(),
        "given": json.dumps(given),
        "answered": len(given),
        "languages": languages,
        "language": language,
    }
    return render(request, "questionnaires/preview.html", context)


def _read(told: QueryDict) -> dict[str, str]:
    """Return the answers so far and the one of this page; without the last where one goes back."""
    try:
        kept = json.loads(str(told.get("given") or "{}")[:_LONGEST])
    except ValueError:
        kept = {}
    given = {str(key): str(text) for key, text in kept.items()} if isinstance(kept, dict) else {}
    if "back" in told:
        return dict(list(given.items())[:-1])
    if key := told.get("key"):
        given[str(key)] = " ".join(told.getlist("answer")).strip()
    return given
