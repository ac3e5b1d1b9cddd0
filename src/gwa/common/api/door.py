"""What each operation asks of the machine that calls it.

The middleware of `accounts` has found the machine by its token; here the operation says which right
it needs, so that the document, the check and the journal name the same one.
"""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest

from gwa.common.access import Person
from gwa.common.api.errors import NotSignedIn, RightMissing, WrongMediaType


class Bearer:
    """The token of a machine that holds a right."""

    openapi_type = "oauth2"

    def __init__(self, right: str, *, takes: str = "application/json") -> None:
        self.right = right
        self.takes = takes

    def __call__(self, request: HttpRequest) -> Person:
        """Let the machine in, and keep in `request.actor` the right that opened the door."""
        machine = getattr(request, "machine", None)
        if machine is None:
            raise NotSignedIn
        if not machine.has_right(self.right):
            raise RightMissing(right=self.right)
        request.actor = replace(request.actor, right=self.right)  # type: ignore[attr-defined]
        # An operation without a body takes nothing, and reads nothing.
        if request.method != "GET" and self.takes and request.content_type != self.takes:
            raise WrongMediaType(given=request.content_type or "", expected=self.takes)
        caller: Person = machine
        return caller


def caller_of(request: HttpRequest) -> Any:  # noqa: ANN401 (a machine: its model lives above)
    """Return the machine that the door let in."""
    return request.machine  # type: ignore[attr-defined]
