"""The outer shell of the API: no cookie comes in, every refusal goes out as a problem."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from gwa.common.api import errors
from gwa.common.api.problems import refuse, request_id_of, translate
from gwa.common.api.versions import version_of
from gwa.common.ids import new_id

PREFIX = "/api/"
_JSON = ("application/json", "application/*", "application/problem+json", "*/*")


class ApiMiddleware:
    """Keep the API apart from the screens.

    What a browser adds by itself counts for nothing here: cookies are dropped before anybody reads
    them, so that no page elsewhere can act with a person's session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        request.request_id = new_id()  # type: ignore[attr-defined]
        request.META.pop("HTTP_COOKIE", None)
        request.COOKIES = {}
        if accepts_json(request.headers.get("Accept", "")):
            answer = translate(request, self.get_response(request))
        else:
            answer = refuse(request, errors.NotAcceptable())
        answer["Cache-Control"] = "no-store, private"
        patch_vary_headers(answer, ["Authorization", "Accept-Language"])
        answer["X-Request-Id"] = request_id_of(request)
        version = version_of(request.path_info)
        for name, value in (version.headers if version else {}).items():
            answer[name] = value
        return answer


def accepts_json(header: str) -> bool:
    """Tell whether an `Accept` header takes JSON; an empty one takes anything."""
    if not header.strip():
        return True
    for part in header.split(","):
        kind, *rest = (piece.strip().lower() for piece in part.split(";"))
        if kind in _JSON and "q=0" not in rest and "q=0.0" not in rest:
            return True
    return False
