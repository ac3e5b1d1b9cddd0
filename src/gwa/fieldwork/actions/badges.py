"""Verbs on badges."""

import secrets

from django.utils import timezone

from gwa.accounts.models import User
from gwa.fieldwork.models import Badge
from gwa.journal.actions import action, record
from gwa.journal.models import Actor

# Without the signs that hands and eyes confuse; 60 random bits.
_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 12


def give_badge(*, user: User, actor: Actor) -> Badge:
    """Return the badge of an enumerator, made at the first request."""
    return Badge.objects.filter(user=user).first() or _give(user=user, actor=actor)


@action
def _give(*, user: User, actor: Actor) -> Badge:
    badge, _made = Badge.objects.get_or_create(
        user=user, defaults={"code": _draw(), "made_at": timezone.now()}
    )
    record("fieldwork.badge_given", subject=badge, actor=actor)
    return badge


@action
def renew_badge(*, user: User, actor: Actor, reason: str = "") -> Badge:
    """Give another code, where a badge was lost or stolen: the one before says nothing any more."""
    badge, _made = Badge.objects.update_or_create(
        user=user, defaults={"code": _draw(), "made_at": timezone.now()}
    )
    record("fieldwork.badge_renewed", subject=badge, actor=actor, reason=reason)
    return badge


def _draw() -> str:
    return "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
