"""Verbs on badges."""

import datetime as dt
import secrets
from collections.abc import Sequence

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
        user=user,
        defaults={
            "code": _draw(), "made_at": timezone.now(), "valid_until": None, "withdrawn_at": None
        },
    )  # fmt: skip
    record("fieldwork.badge_renewed", subject=badge, actor=actor, reason=reason)
    return badge


@action
def withdraw_badge(*, user: User, actor: Actor, reason: str) -> Badge:
    """Take a badge out of service, though the person goes on working: it may be in other hands."""
    badge: Badge = Badge.objects.select_for_update().get(user=user)
    badge.withdrawn_at = badge.withdrawn_at or timezone.now()
    badge.save(update_fields=["withdrawn_at"])
    record("fieldwork.badge_withdrawn", subject=badge, actor=actor, reason=reason)
    return badge


@action
def print_badges(
    *, users: Sequence[User], valid_until: dt.date | None, actor: Actor
) -> list[Badge]:
    """Let the badges of these people be printed, valid until a day; one withdrawn stays so."""
    for user in users:
        give_badge(user=user, actor=actor)
    badges = Badge.objects.filter(user__in=users)
    badges.update(valid_until=valid_until)
    record("fieldwork.badges_printed", actor=actor, data={"badges": len(users)})
    found = badges.select_related("user__profile", "user__organisation")
    return list(found.order_by("user__full_name"))


def _draw() -> str:
    return "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
