"""Verbs on devices: enrol, note that they called, revoke."""

import datetime as dt

from django.utils import timezone

from gwa.accounts.models import User
from gwa.accounts.tokens import fingerprint, make_secret
from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.submissions import errors
from gwa.submissions.models import Device

SEND = "submissions.send"
_NOTED_EVERY = dt.timedelta(minutes=1)


@action
def enrol_device(*, user: User, name: str, actor: Actor, reason: str = "") -> tuple[Device, str]:
    """Give an account a token for one telephone; return it once, for the QR code."""
    if not user.has_right(SEND):
        raise errors.AccountHasNoRight
    token = make_secret()
    device = Device.objects.create(
        user=user,
        name=" ".join(name.split()),
        token_digest=fingerprint(token),
        made_at=timezone.now(),
        made_by=actor.label,
    )
    record("submissions.device_enrolled", subject=device, actor=actor, reason=reason)
    return device, token


@action
def revoke_device(*, device: Device, actor: Actor, reason: str) -> Device:
    """Close a device that was lost or handed on: it fetches nothing more.

    What it still sends is kept apart, because it may hold the only copy of an interview.
    """
    locked: Device = Device.objects.select_for_update().get(pk=device.pk)
    if locked.revoked_at is None:
        locked.revoked_at, locked.revoked_by = timezone.now(), actor.label
        locked.save(update_fields=["revoked_at", "revoked_by"])
    record("submissions.device_revoked", subject=locked, actor=actor, reason=reason)
    return locked


def note_contact(*, device: Device, client: str, client_device_id: str, at: dt.datetime) -> None:
    """Keep when a device called last and what it says of itself; no line, at most once a minute."""
    told = {"client": client[:200], "client_device_id": client_device_id[:100]}
    told = {name: value for name, value in told.items() if value}
    is_recent = device.last_contact_at is not None and at - device.last_contact_at < _NOTED_EVERY
    if is_recent and all(getattr(device, name) == value for name, value in told.items()):
        return
    Device.objects.filter(pk=device.pk).update(last_contact_at=at, **told)
