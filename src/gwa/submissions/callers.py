"""Who calls: a telephone by its token, or an account by its name and password.

A password costs a tenth of a second to check, and Collect sends it with each request: who showed it
is remembered for a while, as a keyed fingerprint, in this process.
"""

import hmac
import time

from allauth.account.adapter import get_adapter
from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from gwa.accounts.models import User
from gwa.accounts.throttling import FAILURES_BY_ADDRESS, count_call, is_over
from gwa.accounts.tokens import fingerprint
from gwa.common.api.errors import TooManyCalls
from gwa.common.crypto import derived_key
from gwa.submissions.models import Device

_REMEMBERED_SECONDS = 600
_remembered: dict[bytes, tuple[int, float]] = {}


def device_of(token: str) -> Device | None:
    """Return the telephone of a token: of 256 bits, which nobody guesses, so nothing is counted."""
    found: Device | None = (
        Device.objects.select_related("user__profile", "user__organisation", "handset")
        .filter(token_digest=fingerprint(token))
        .first()
    )
    return found


def account_of(name: str, password: str, *, address: str) -> User | None:
    """Return the account of a name and a password, where a password alone is enough for it.

    Wrong passwords are counted by address, and nothing else: a whole team calls from one address.
    Who showed the right one goes on. Raises `TooManyCalls`.
    """
    found = User.objects.select_related("profile", "organisation")
    user: User | None = found.filter(username__iexact=name, is_active=True).first()
    if user is not None and _showed_before(user, password):
        return None if user.must_have_second_factor() else user
    failures = f"device failures:{address}"[:80]
    if is_over(failures, most=FAILURES_BY_ADDRESS):
        raise TooManyCalls(seconds=60)
    if user is None:
        # A name that nobody has takes as long as one that somebody has.
        make_password(password)
    elif _shows(user, password) and not user.must_have_second_factor():
        return user
    count_call(failures, most=FAILURES_BY_ADDRESS)
    return None


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


def address_of(request: HttpRequest) -> str:
    """Return the address by which wrong passwords are counted."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return "unknown"
