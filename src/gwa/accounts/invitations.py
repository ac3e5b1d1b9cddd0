"""The key of an invitation: signed, dated, good once.

Nothing is stored. The key is bound to the account's password and to the moment of the invitation,
so that it dies when it has served, when a newer one is sent, and after some days.
"""

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.http import base36_to_int, int_to_base36

from gwa.accounts.models import User


class _Keys(PasswordResetTokenGenerator):
    key_salt = "gwa.accounts.invitation"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        return f"{user.pk}|{user.password}|{user.invited_at}|{user.is_active}|{timestamp}"

    def check_token(self, user: User | None, token: str | None) -> bool:
        if not super().check_token(user, token) or not token:
            return False
        made = base36_to_int(token.split("-")[0])
        return self._num_seconds(self._now()) - made <= settings.INVITATION_DAYS * 86_400


_keys = _Keys()


def invitation_path(user: User) -> str:
    """Return the path that the invited person opens to choose a password."""
    number, key = int_to_base36(user.pk), _keys.make_token(user)
    return reverse("account_invitation", kwargs={"number": number, "key": key})


def find_invited(number: str, key: str) -> User | None:
    """Return the invited account, or None where the key is worth nothing."""
    try:
        user = User.objects.filter(pk=base36_to_int(number), is_active=True).first()
    except (ValueError, OverflowError):
        return None
    return user if user is not None and _keys.check_token(user, key) else None
