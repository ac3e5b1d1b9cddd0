"""Machines of partners: opened, changed, given another secret, revoked."""

import datetime as dt
import re
import secrets
from collections.abc import Sequence

from django.utils import timezone

from gwa.accounts import errors
from gwa.accounts.actions.accounts import manages_everywhere
from gwa.accounts.models import (
    CallCount,
    Machine,
    MachineAnswer,
    MachineSecret,
    MachineToken,
    Organisation,
)
from gwa.accounts.rights import rights_of_machines
from gwa.accounts.throttling import WINDOW
from gwa.accounts.tokens import fingerprint, make_secret
from gwa.common.text import fold
from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.zones.models import Zone

ANSWERS_KEPT = dt.timedelta(hours=24)
OVERLAPS = (dt.timedelta(0), dt.timedelta(days=1), dt.timedelta(days=7), dt.timedelta(days=30))


@action
def open_machine(  # noqa: PLR0913 (facts, each by its name)
    *,
    name: str,
    organisation: Organisation,
    rights: Sequence[str],
    zones: Sequence[Zone] = (),
    is_national: bool = False,
    contact: str = "",
    calls_per_minute: int = 600,
    actor: Actor,
    reason: str = "",
) -> tuple[Machine, str]:
    """Open the API to a partner's machine; return it with its secret, which nobody sees again."""
    _check(actor, rights, zones, is_national)
    machine = Machine.objects.create(
        client_id=_make_client_id(name),
        name=name,
        organisation=organisation,
        contact=contact,
        rights=sorted(rights),
        is_national=is_national,
        calls_per_minute=calls_per_minute,
        created_at=timezone.now(),
    )
    machine.zones.set([] if is_national else zones)
    secret = _add_secret(machine)
    record(
        "accounts.machine_opened",
        subject=machine,
        actor=actor,
        reason=reason,
        data=_place(machine),
    )
    return machine, secret


@action
def change_machine(  # noqa: PLR0913 (facts, each by its name)
    *,
    machine: Machine,
    name: str,
    organisation: Organisation,
    rights: Sequence[str],
    zones: Sequence[Zone],
    is_national: bool,
    contact: str,
    calls_per_minute: int,
    actor: Actor,
    reason: str = "",
) -> Machine:
    """Change what a machine may do and where. It counts at its next call."""
    _check(actor, rights, zones, is_national)
    locked = _lock(machine)
    before = _place(locked)
    locked.name, locked.organisation, locked.contact = name, organisation, contact
    locked.rights, locked.is_national = sorted(rights), is_national
    locked.calls_per_minute = calls_per_minute
    locked.save()
    locked.zones.set([] if is_national else zones)
    record(
        "accounts.machine_changed",
        subject=locked,
        actor=actor,
        reason=reason,
        data={"before": before, "after": _place(locked)},
    )
    return locked


@action
def rotate_secret(
    *, machine: Machine, overlap: dt.timedelta, actor: Actor, reason: str = ""
) -> str:
    """Give the machine another secret; those it had stay valid for the overlap, and no longer.

    Without overlap (a secret that leaked) the tokens it opened fall too.
    """
    _check_reach(actor)
    locked = _lock(machine)
    if overlap not in OVERLAPS:
        raise errors.OverlapRefused
    now = timezone.now()
    for old in locked.secrets.select_for_update():
        end = now + overlap
        old.valid_until = min(old.valid_until, end) if old.valid_until else end
        old.save(update_fields=["valid_until"])
    if not overlap:
        locked.tokens.all().delete()
    secret = _add_secret(locked)
    record(
        "accounts.secret_rotated",
        subject=locked,
        actor=actor,
        reason=reason,
        data={"overlap_hours": int(overlap.total_seconds() // 3600)},
    )
    return secret


@action
def revoke_machine(*, machine: Machine, actor: Actor, reason: str) -> Machine:
    """Close the API to a machine at once and for good: its secrets and tokens are gone."""
    _check_reach(actor)
    locked = _lock(machine)
    locked.revoked_at = timezone.now()
    locked.save(update_fields=["revoked_at"])
    locked.secrets.all().delete()
    locked.tokens.all().delete()
    locked.answers.all().delete()
    record("accounts.machine_revoked", subject=locked, actor=actor, reason=reason)
    return locked


def sweep_machines() -> dict[str, int]:
    """Forget what has expired: tokens, secrets replaced, answers kept a day, old counts."""
    now = timezone.now()
    swept = {
        "tokens": MachineToken.objects.filter(expires_at__lt=now),
        "secrets": MachineSecret.objects.filter(valid_until__lt=now),
        "answers": MachineAnswer.objects.filter(made_at__lt=now - ANSWERS_KEPT),
        "counts": CallCount.objects.filter(window_start__lt=now - WINDOW),
    }
    return {name: rows.delete()[0] for name, rows in swept.items()}


def _lock(machine: Machine) -> Machine:
    locked = Machine.objects.select_for_update().get(pk=machine.pk)
    if locked.revoked_at is not None:
        raise errors.MachineRevoked
    return locked


def _check(actor: Actor, rights: Sequence[str], zones: Sequence[Zone], is_national: bool) -> None:
    _check_reach(actor)
    unknown = set(rights) - rights_of_machines().keys()
    if unknown:
        raise errors.UnknownRight(rights=", ".join(sorted(unknown)))
    if not rights:
        raise errors.MachineWithoutRight
    if not zones and not is_national:
        raise errors.MachineWithoutZone


def _check_reach(actor: Actor) -> None:
    """Only who manages the whole country opens a door to machines."""
    if not manages_everywhere(actor):
        raise errors.OutsideOwnZones


def _make_client_id(name: str) -> str:
    """Return a name of the machine that people recognise in a journal, and nobody has."""
    word = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:24].strip("-")
    return f"{word or 'machine'}-{secrets.token_hex(4)}"


def _add_secret(machine: Machine) -> str:
    secret = make_secret()
    MachineSecret.objects.create(
        machine=machine, digest=fingerprint(secret), created_at=timezone.now()
    )
    return secret


def _place(machine: Machine) -> dict[str, object]:
    """Say in codes what the machine may do and where, for the journal."""
    return {
        "organisation": machine.organisation_id,
        "rights": machine.rights,
        "national": machine.is_national,
        "zones": sorted(machine.zones.values_list("code", flat=True)),
        "calls_per_minute": machine.calls_per_minute,
    }
