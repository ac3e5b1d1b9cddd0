"""Journal lines for what people do to their own protection.

allauth tells of it by signals; nothing else listens, and we send none of our own.
"""

from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)

from gwa.accounts.models import User
from gwa.journal.actions import record
from gwa.journal.models import Actor

_VERBS = {
    password_changed: "accounts.password_changed",
    password_reset: "accounts.password_reset",
    authenticator_added: "accounts.second_factor_added",
    authenticator_removed: "accounts.second_factor_removed",
    authenticator_reset: "accounts.recovery_codes_renewed",
    authentication_failed: "accounts.second_factor_failed",
}


def connect() -> None:
    """Listen to allauth; called once, when the module is loaded."""
    for signal, verb in _VERBS.items():
        signal.connect(_recorder(verb), weak=False, dispatch_uid=verb)


def _recorder(verb: str) -> Any:  # noqa: ANN401 (the shape Django asks of a receiver)
    def write(*, user: User, authenticator: Authenticator | None = None, **_: object) -> None:
        data = {"kind": authenticator.type} if authenticator is not None else {}
        record(verb, actor=Actor(label=user.username, user_id=user.pk), subject=user, data=data)

    return lambda sender, **given: write(**given)
