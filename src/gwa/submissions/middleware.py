"""Who sends an interview or fetches a form: nobody unknown comes further than the door."""

from collections.abc import Callable
from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone

from gwa.common.access import PUBLIC, access_needed
from gwa.common.api.errors import TooManyCalls
from gwa.submissions import errors
from gwa.submissions.actions import note_contact
from gwa.submissions.doors import DOORS, Door

SEND = "submissions.send"

GetResponse: TypeAlias = Callable[[HttpRequest], HttpResponse]


class DeviceMiddleware:
    """Find who calls the doors of telephones."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        door = next((door for door in DOORS if request.path_info.startswith(door.prefix)), None)
        if door is None:
            return self.get_response(request)
        request.user = AnonymousUser()
        request.device = None  # type: ignore[attr-defined]
        answer = _let_in(request, door) or self.get_response(request)
        door.sign(answer)
        answer["Cache-Control"] = "no-store, private"
        return answer


def _let_in(request: HttpRequest, door: Door) -> HttpResponse | None:
    """Return None where the caller may go on, else the answer."""
    try:
        device, user = door.find(request)
    except TooManyCalls:
        return door.refuse(429, errors.TooManyTries())
    if user is None or not (user.is_active or door.is_last_word(request)):
        return None if _is_public(request) else door.refuse(401, errors.CallerUnknown())
    # A closed account holds no right any more: what its telephone still sends is set apart.
    if user.is_active and not user.has_right(SEND):
        return door.refuse(403, errors.MayNotSend())
    if device is not None and not door.is_last_word(request):
        if device.revoked_at is not None:
            return door.refuse(403, errors.DeviceRevoked())
        if not door.takes_bound and hasattr(device, "handset"):
            return door.refuse(403, errors.DeviceBoundElsewhere())
    request.user, request.device = user, device  # type: ignore[attr-defined]
    request.right_at_the_door = SEND  # type: ignore[attr-defined]
    if device is not None:
        note_contact(
            device=device,
            client=request.headers.get("User-Agent", ""),
            client_device_id=request.GET.get("deviceID", ""),
            at=timezone.now(),
        )
    return None


def _is_public(request: HttpRequest) -> bool:
    """Tell whether the page asks for nobody: who signs in is not known yet."""
    try:
        return access_needed(resolve(request.path_info).func) == PUBLIC
    except Resolver404:
        return False
