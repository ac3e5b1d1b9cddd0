"""Who sends an interview or fetches a form: a telephone by its token, or an account by password.

Only under `/openrosa/`. What a browser adds by itself counts for nothing there.
"""

import base64
import binascii
import hmac
import time
from collections.abc import Callable
from typing import TypeAlias

from allauth.account.adapter import get_adapter
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext as _

from gwa.accounts.models import User
from gwa.accounts.throttling import FAILURES_BY_ADDRESS, count_call, is_over
from gwa.accounts.tokens import fingerprint
from gwa.common.api.errors import TooManyCalls
from gwa.common.crypto import derived_key
from gwa.submissions.actions import note_contact
from gwa.submissions.models import Device
from gwa.submissions.openrosa.pages import write_response

PREFIX = "/openrosa/"
_WITH_TOKEN = f"{PREFIX}key/"
SEND = "submissions.send"
ACCEPTS_BYTES = 10_485_760
"""How large one request may be: a client cuts what is larger into several."""

GetResponse: TypeAlias = Callable[[HttpRequest], HttpResponse]
# A password costs a tenth of a second to check, and Collect sends it with each request: who showed
# it is remembered for a while, as a keyed fingerprint, in this process.
_REMEMBERED_SECONDS = 600
_remembered: dict[bytes, tuple[int, float]] = {}


class DeviceMiddleware:
    """Find who calls the door of interviews; nobody unknown comes further."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        request.user = AnonymousUser()
        request.device = None  # type: ignore[attr-defined]
        answer = self._let_in(request) or self.get_response(request)
        answer["X-OpenRosa-Version"] = "1.0"
        answer["X-OpenRosa-Accept-Content-Length"] = str(ACCEPTS_BYTES)
        answer["Date"] = http_date()
        answer["Cache-Control"] = "no-store, private"
        return answer

    def _let_in(self, request: HttpRequest) -> HttpResponse | None:
        """Return None where the caller may go on, else the answer."""
        try:
            device, user = _caller_of(request)
        except TooManyCalls:
            return _refuse(429, _("Trop d’essais : attendez une minute."))
        if user is None:
            answer = _refuse(401, _("Appareil ou compte inconnu : inscrivez le téléphone."))
            # Basic alone, which Collect sends over TLS only: for Digest the server would have to
            # keep of each password what opens the door as well as the password does.
            answer["WWW-Authenticate"] = 'Basic realm="Gwa", charset="UTF-8"'
            return answer
        # A closed account holds no right any more: what its telephone still sends is set apart.
        if user.is_active and not user.has_right(SEND):
            return _refuse(403, _("Ce compte n’a pas le droit d’envoyer des entretiens."))
        if device is not None and device.revoked_at is not None and not _is_sending(request):
            return _refuse(403, _("Cet appareil a été révoqué : demandez à l’unité technique."))
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


def _caller_of(request: HttpRequest) -> tuple[Device | None, User | None]:
    """Return who calls; a token of 256 bits is looked up without counting: nobody guesses it."""
    if request.path_info.startswith(_WITH_TOKEN):
        token = request.path_info.removeprefix(_WITH_TOKEN).partition("/")[0]
        device = (
            Device.objects.select_related("user__profile", "user__organisation")
            .filter(token_digest=fingerprint(token))
            .first()
        )
        user = device.user if device is not None else None
        # A revoked telephone may hold the only copy of an interview; a closed account too.
        is_known = user is not None and (user.is_active or _is_sending(request))
        return (device, user) if is_known else (None, None)
    return None, _account_of(request)


def _is_sending(request: HttpRequest) -> bool:
    """Tell whether an interview comes, or is about to: Collect asks by HEAD how much may come."""
    return request.path_info.endswith("/submission")


def _account_of(request: HttpRequest) -> User | None:
    """Return the account of a name and a password, where a password alone is enough for it.

    Wrong passwords are counted by address, and nothing else: Collect first calls without any, and
    a whole team calls from one address. Who showed the right one goes on.
    """
    told = _read_basic(request.headers.get("Authorization", ""))
    if told is None:
        return None
    name, password = told
    found = User.objects.select_related("profile", "organisation")
    user: User | None = found.filter(username__iexact=name, is_active=True).first()
    if user is not None and _showed_before(user, password):
        return None if user.must_have_second_factor() else user
    failures = f"device failures:{_address_of(request)}"[:80]
    if is_over(failures, most=FAILURES_BY_ADDRESS):
        raise TooManyCalls(seconds=60)
    if user is None:
        # A name that nobody has takes as long as one that somebody has.
        make_password(password)
    elif _shows(user, password) and not user.must_have_second_factor():
        return user
    count_call(failures, most=FAILURES_BY_ADDRESS)
    return None


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


def _showed_before(user: User, password: str) -> bool:
    known = _remembered.get(_mark(user, password))
    return known is not None and known[0] == user.pk and known[1] > time.monotonic()


def _shows(user: User, password: str) -> bool:
    if not user.check_password(password):
        return False
    now = time.monotonic()
    for mark in [mark for mark, (_pk, until) in _remembered.items() if until <= now]:
        del _remembered[mark]
    _remembered[_mark(user, password)] = (user.pk, now + _REMEMBERED_SECONDS)
    return True


def _mark(user: User, password: str) -> bytes:
    """Return a keyed fingerprint; a changed password changes it through the hash it is kept as."""
    words = f"{user.pk}\0{user.password}\0{password}".encode()
    return hmac.digest(derived_key("basic"), words, "sha256")


def _address_of(request: HttpRequest) -> str:
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return "unknown"


def _refuse(status: int, sentence: str) -> HttpResponse:
    return HttpResponse(
        write_response(sentence), status=status, content_type="text/xml; charset=utf-8"
    )
