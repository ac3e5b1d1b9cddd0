"""What a page may ask the browser for: camera, microphone and position are closed to all pages.

A view whose page needs one says so itself: the application of telephones.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

NOTHING = "camera=(), geolocation=(), microphone=()"


class PermissionsPolicyMiddleware:
    """Close what no page asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        answer.setdefault("Permissions-Policy", NOTHING)
        return answer
