"""Gwa Collecte itself, as the telephone gets it: a page, its worker, what a version is made of."""

from pathlib import Path

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.http import require_GET

from gwa.common import permissions
from gwa.common.access import public
from gwa.fieldwork.application import (
    FOLDER,
    Application,
    fingerprint,
    folder,
    name_version,
    read_application,
)

SCOPE = "/collecte/"
PAPER, LATERITE = "#faf7f2", "#9a431c"
# The form engine runs WebAssembly; the viewfinder shows what the camera sees.
_POLICY = {"script-src": ["'wasm-unsafe-eval'"], "media-src": [SELF, "blob:"]}
_ICONS = (
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("icon-maskable-512.png", "512x512", "maskable"),
)
_NAMES = {
    "name": "Gwa Collecte",
    "short_name": "Collecte",
    "description": "L’entretien de ménage sur un téléphone, sans réseau.",
}
_NOTEBOOK = {"name": "Carnet", "short_name": "Carnet", "description": ""}
_DISCREET = "carnet-"


@public
@require_GET
@csp_update(_POLICY)
def show_application(request: HttpRequest) -> HttpResponse:
    """The one page of the application: the same for everybody, so that a telephone keeps it."""
    answer = HttpResponse(_write_page(read_application()))
    answer[permissions.HEADER] = permissions.INTERVIEW
    return _ask_each_time(answer)


@public
@require_GET
def show_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at the root of what it serves."""
    content = (folder() / read_application().worker).read_bytes()
    return _ask_each_time(HttpResponse(content, content_type="text/javascript; charset=utf-8"))


@public
@require_GET
def show_script(request: HttpRequest, name: str) -> HttpResponse:
    """A script that works beside the page, within the scope of the service worker."""
    if name not in read_application().files or not name.endswith(".js"):
        raise Http404
    content = (folder() / name).read_bytes()
    return _ask_each_time(HttpResponse(content, content_type="text/javascript; charset=utf-8"))


@public
@require_GET
def show_version(request: HttpRequest) -> HttpResponse:
    """What this version is made of: the worker takes all of it, or stays with the one it has."""
    application = read_application()
    manifests = {
        "manifest.webmanifest": show_manifest(request),
        "manifest-carnet.webmanifest": show_manifest(request, is_discreet=True),
    }
    icons = [f"{face}{name}" for face in ("", _DISCREET) for name, _sizes, _purpose in _ICONS]
    files = {
        SCOPE: fingerprint(_write_page(application).encode()),
        **{SCOPE + name: fingerprint(told.content) for name, told in manifests.items()},
        **{_icon_url(name): fingerprint(_read_icon(name)) for name in icons},
        **{_url(name): told for name, told in application.files.items()},
    }
    return _ask_each_time(JsonResponse({"version": name_version(files), "files": files}))


@public
@require_GET
def show_manifest(request: HttpRequest, *, is_discreet: bool = False) -> HttpResponse:
    """What a telephone asks before it installs the application.

    Where a zone is not safe it asks for the other one: a notebook, which is the same application.
    """
    told = _write_manifest(is_discreet=is_discreet)
    answer = JsonResponse(told, content_type="application/manifest+json")
    return _ask_each_time(answer)


def _write_page(application: Application) -> str:
    context = {
        "script": _url(application.script),
        "parts": [_url(name) for name in application.parts],
        "styles": [_url(name) for name in application.styles],
        "theme": LATERITE,
        "discreet_icon": static(f"fieldwork/{_DISCREET}{_ICONS[0][0]}"),
    }
    return render_to_string("fieldwork/collecte.html", context)


def _write_manifest(*, is_discreet: bool = False) -> dict[str, list[dict[str, str]]]:
    told = {
        "id": SCOPE,
        **(_NOTEBOOK if is_discreet else _NAMES),
        "lang": "fr",
        "start_url": SCOPE,
        "scope": SCOPE,
        "display": "standalone",
        "orientation": "portrait",
        "background_color": PAPER,
        "theme_color": LATERITE,
    }
    icons = [
        {
            "src": _icon_url(f"{_DISCREET if is_discreet else ''}{name}"),
            "sizes": sizes,
            "type": "image/png",
            "purpose": purpose,
        }
        for name, sizes, purpose in _ICONS
    ]
    return {**told, "icons": icons}  # type: ignore[dict-item]


def _icon_url(name: str) -> str:
    return static(f"fieldwork/{name}")


def _read_icon(name: str) -> bytes:
    return (Path(__file__).parents[1] / "static" / "fieldwork" / name).read_bytes()


def _url(name: str) -> str:
    return static(f"{FOLDER}/{name}")


def _ask_each_time(answer: HttpResponse) -> HttpResponse:
    """Let no cache answer in the server's place: a version would never end."""
    answer["Cache-Control"] = "no-cache"
    return answer
