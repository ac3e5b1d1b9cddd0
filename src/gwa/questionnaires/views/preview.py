"""See a version as a telephone shows it: its own interview, on invented lists, kept nowhere."""

from csp.constants import WASM_UNSAFE_EVAL
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from gwa.common import permissions
from gwa.common.access import needs
from gwa.questionnaires.models import FormMedia, FormVersion
from gwa.questionnaires.queries.modules import modules_of
from gwa.questionnaires.scenes import scene_for

READ = "questionnaires.read_forms"
# The form engine is WebAssembly; recordings of a form are played from memory.
_POLICY = {"script-src": [WASM_UNSAFE_EVAL], "media-src": ["blob:"]}


@csp_update(_POLICY)  # type: ignore[arg-type]  # its types know no view with words of its address
@needs(READ)
@require_GET
def show_preview(request: HttpRequest, version_id: int) -> HttpResponse:
    """Give the page the form and the lists of a telephone that knows the places and households of
    `questionnaires/scenes/files.yaml`; the campaign asks every module.
    """
    version = get_object_or_404(FormVersion.objects.select_related("form"), pk=version_id)
    modules = " ".join(one.code for one in modules_of(version))
    media = version.media.values_list("name", "pk")
    told = {
        "xform": bytes(version.xform).decode(),
        "lists": scene_for(version.form.code, modules=modules)["files"],
        "media": {
            name: reverse("questionnaires:media", args=[version.pk, pk]) for name, pk in media
        },
        "tongue": get_language() or "fr",
    }
    answer = render(request, "questionnaires/preview.html", {"version": version, "told": told})
    answer[permissions.HEADER] = permissions.INTERVIEW
    return answer


@needs(READ)
@require_GET
def show_media(request: HttpRequest, version_id: int, media_id: int) -> HttpResponse:
    """Give a file that goes with a version."""
    media = get_object_or_404(FormMedia, version=version_id, pk=media_id)
    answer = HttpResponse(bytes(media.content), content_type=media.media_type)
    answer["Content-Disposition"] = "attachment"
    return answer
