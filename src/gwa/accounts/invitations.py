"""The key of an invitation: signed, dated, good once.

Nothing is stored. The key is bound to the account's password and to the moment of the invitation,
so that it dies when it has served, when a newer one is sent, and after some days.
"""

import datetime as dt

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from gwa.accounts.models import User

_SALT = "gwa.accounts.invitation"


def _fingerprint(user: User) -> str:
    state = f"{user.pk}|{user.password}|{user.invited_at}"
    return salted_hmac(_SALT, state, algorithm="sha256").hexdigest()[:32]


def invitation_path(user: User) -> str:
    """Return the path that the invited person opens to choose a password."""
    key = signing.dumps([user.pk, _fingerprint(user)], salt=_SALT)
    return reverse("account_invitation", kwargs={"key": key})


def find_invited(key: str) -> User | None:
    """Return the invited account, or None where the key is worth nothing."""
    try:
        number, fingerprint = signing.loads(
            key, salt=_SALT, max_age=dt.timedelta(days=settings.INVITATION_DAYS)
        )
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=number, is_active=True).first()
    if user is None or not constant_time_compare(fingerprint, _fingerprint(user)):
        return None
    return user
