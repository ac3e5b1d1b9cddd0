"""The two doors of telephones: OpenRosa, as ODK Collect knocks, and the JSON of Gwa Collecte.

Each says how a caller is known, what is still heard of who may fetch nothing more, and how it
refuses. What a browser adds by itself counts for nothing there.
"""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import http_date

from gwa.accounts.models import User
from gwa.common.errors import DomainError
from gwa.submissions.callers import account_of, address_of, device_of
from gwa.submissions.models import Device
from gwa.submissions.openrosa.pages import write_response

ACCEPTS_BYTES = 10_485_760
"""How large one request may be: a client cuts what is larger into several."""

Caller: TypeAlias = tuple[Device | None, User | None]


@dataclass(frozen=True, slots=True)
class Door:
    """One way to speak with telephones.

    `is_last_word`: whether a revoked telephone, or one of a closed account, is heard: it may hold
    the only copy of an interview. `takes_bound`: whether a token opens it that a telephone with
    Gwa Collecte made its own.
    """

    prefix: str
    find: Callable[[HttpRequest], Caller]
    is_last_word: Callable[[HttpRequest], bool]
    refuse: Callable[[int, DomainError], HttpResponse]
    sign: Callable[[HttpResponse], None]
    takes_bound: bool


def _find_by_path(request: HttpRequest) -> Caller:
    """The token stands in the address that the telephone got as a QR code; or a name, a password"""
    words = request.path_info.removeprefix("/openrosa/").split("/")
    if words[0] == "key" and len(words) > 1:
        return _of_device(device_of(words[1]))
    told = _read_basic(request.headers.get("Authorization", ""))
    return None, account_of(*told, address=address_of(request)) if told else None


def _find_by_bearer(request: HttpRequest) -> Caller:
    scheme, _sep, token = request.headers.get("Authorization", "").partition(" ")
    return _of_device(device_of(token.strip()) if scheme.lower() == "bearer" else None)


def _of_device(device: Device | None) -> Caller:
    return device, device.user if device is not None else None


def _read_basic(header: str) -> tuple[str, str] | None:
    """Return the name and the password of a Basic header; nothing where it says something else."""
    scheme, _sep, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, _sep, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (name, password) if "\0" not in name else None


def _refuse_in_xml(status: int, refusal: DomainError) -> HttpResponse:
    answer = HttpResponse(
        write_response(refusal.sentence), status=status, content_type="text/xml; charset=utf-8"
    )
    if status == 401:
        # Basic alone, which Collect sends over TLS only: for Digest the server would have to keep
        # of each password what opens the door as well as the password does.
        answer["WWW-Authenticate"] = 'Basic realm="Gwa", charset="UTF-8"'
    return answer


def refuse_in_json(status: int, refusal: DomainError) -> HttpResponse:
    """Return a refusal as Gwa Collecte reads it."""
    told = {"refused": {"code": refusal.code, "sentence": refusal.sentence}}
    return JsonResponse(told, status=status)


def _sign_openrosa(answer: HttpResponse) -> None:
    answer["X-OpenRosa-Version"] = "1.0"
    answer["X-OpenRosa-Accept-Content-Length"] = str(ACCEPTS_BYTES)
    answer["Date"] = http_date()


def _sign_phone(answer: HttpResponse) -> None:
    """Tell the telephone that it hears its server, and not a hotspot in the server's place."""
    answer["X-Gwa-Phone"] = "1"


# Collect asks by HEAD how much may come before it sends.
_COLLECT_SENDS = "/submission"
_PHONE = "/phone/v1/"
_PHONE_SENDS = frozenset({"contact", "uploads", "receipts"})

DOORS = (
    Door(
        prefix="/openrosa/",
        find=_find_by_path,
        is_last_word=lambda request: request.path_info.endswith(_COLLECT_SENDS),
        refuse=_refuse_in_xml,
        sign=_sign_openrosa,
        takes_bound=False,
    ),
    Door(
        prefix=_PHONE,
        find=_find_by_bearer,
        is_last_word=lambda request: (
            request.path_info.removeprefix(_PHONE).partition("/")[0] in _PHONE_SENDS
        ),
        refuse=refuse_in_json,
        sign=_sign_phone,
        takes_bound=True,
    ),
)
