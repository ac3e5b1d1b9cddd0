"""What a page may ask the browser for: camera, microphone and position are closed to all pages.

A view whose page needs them says so itself: the application of telephones, and its interview at the
desk.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

HEADER = "Permissions-Policy"
NOTHING = "camera=(), geolocation=(), microphone=()"
INTERVIEW = "camera=(self), geolocation=(self), microphone=(self)"


class PermissionsPolicyMiddleware:
    """Close what no page asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        answer.setdefault(HEADER, NOTHING)
        return answer
