"""Verbs on telephones that run Gwa Collecte: greet, hear what they tell, unlock."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from gwa.accounts.models import User
from gwa.accounts.tokens import fingerprint, make_secret
from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.registry.actions.checks import require_reason
from gwa.submissions import errors
from gwa.submissions.actions.devices import enrol_device
from gwa.submissions.models import Device, Handset

CHALLENGE_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Told:
    """What a telephone says of itself at each contact."""

    app_version: str
    held_drafts: int
    held_waiting: int
    held_since: dt.datetime | None
    is_persistent: bool | None
    storage_used: int | None
    storage_quota: int | None
    pin_misses: int
    is_shut: bool
    clock: dt.datetime


def greet(*, device: Device, client_device_id: str, app_version: str, actor: Actor) -> Handset:
    """Bind a device to the telephone that shows its token, or know it again.

    Asked twice, because the first answer was lost, it answers the same. Raises where the token was
    already shown by another telephone.
    """
    bound = Handset.objects.filter(device=device).first()
    if bound is None:
        return _bind(
            device=device,
            client_device_id=client_device_id,
            app_version=app_version,
            actor=actor,
        )
    if bound.client_device_id != client_device_id:
        raise errors.DeviceBoundElsewhere
    return bound


@action
def _bind(*, device: Device, client_device_id: str, app_version: str, actor: Actor) -> Handset:
    # Two greetings of one token: the second waits here, and finds the first.
    locked: Device = Device.objects.select_for_update().get(pk=device.pk)
    if Handset.objects.filter(device=locked).exists():
        raise errors.DeviceBoundElsewhere
    handset = Handset(
        device=locked,
        client_device_id=client_device_id,
        app_version=app_version,
        bound_at=timezone.now(),
    )
    handset.draw_secrets()
    handset.save(force_insert=True)
    record("submissions.device_bound", subject=locked, actor=actor)
    return handset


@action
def sign_in_device(
    *, user: User, client_device_id: str, name: str, actor: Actor
) -> tuple[Device, str]:
    """Give an account's own telephone a token without a code from the desk.

    A telephone that the account signed in from before stays the same device, with its secrets: what
    it stores opens still. Raises where it was revoked.
    """
    known = Handset.objects.filter(device__user=user, client_device_id=client_device_id)
    before: Handset | None = known.select_related("device").order_by("-bound_at").first()
    if before is None:
        return enrol_device(user=user, name=name or user.full_name, actor=actor)
    device: Device = Device.objects.select_for_update().get(pk=before.device_id)
    if device.revoked_at is not None:
        raise errors.DeviceRevoked
    token = make_secret()
    device.token_digest = fingerprint(token)
    device.save(update_fields=["token_digest"])
    record("submissions.device_signed_in", subject=device, actor=actor)
    return device, token


def note_told(*, device: Device, told: Told) -> None:
    """Keep what a telephone says of itself; no line, as for every contact."""
    now = timezone.now()
    facts = {name: getattr(told, name) for name in Told.__dataclass_fields__ if name != "clock"}
    ahead = int((told.clock - now).total_seconds())
    Handset.objects.filter(device=device).update(told_at=now, clock_ahead_seconds=ahead, **facts)


@action
def unlock_handset(*, device: Device, actor: Actor, reason: str) -> Handset:
    """Open a telephone that wrong PINs have shut: it learns so at its next knock."""
    require_reason(reason)
    handset = _lock(device)
    handset.unlock_serial += 1
    handset.save(update_fields=["unlock_serial"])
    record("submissions.device_unlocked", subject=device, actor=actor, reason=reason)
    return handset


@action
def answer_challenge(*, device: Device, challenge: str, actor: Actor, reason: str) -> str:
    """Return the digits that open a telephone without network, for who reads its screen."""
    require_reason(reason)
    digits = "".join(challenge.split())
    if len(digits) != CHALLENGE_DIGITS or not (digits.isascii() and digits.isdigit()):
        raise errors.ChallengeMisread
    handset = _lock(device)
    record("submissions.device_answered", subject=device, actor=actor, reason=reason)
    return handset.answer(digits)


def _lock(device: Device) -> Handset:
    found: Handset | None = Handset.objects.select_for_update().filter(device=device).first()
    if found is None:
        raise errors.DeviceNotBound
    return found
