"""Verbs on the numbers that other bodies give: set, verify, end."""

import datetime as dt

from django.db import IntegrityError, transaction

from gwa.common.crypto import blind_index
from gwa.common.ids import new_id
from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.registry import errors
from gwa.registry.actions.checks import check_day, keep, lock_living, require_reason
from gwa.registry.models import Identifier, Person, Source
from gwa.registry.rules.identifiers import parse_identifier


@action
def set_identifier(
    *,
    person: Person,
    kind: str,
    value: str,
    source: Source,
    actor: Actor,
    issuer: str = "",
    reason: str = "",
) -> Identifier:
    """Write a number a person shows; one of the same kind that it replaces ends.

    When another living person holds the value, in any zone, it is kept as a claim (`is_claim`)
    and waits for review: nothing is dropped, nothing is taken from anybody.
    """
    locked = lock_living(person)
    plain = parse_identifier(kind, value)
    if kind not in Identifier.Kind.values or plain is None:
        raise errors.IdentifierMalformed
    check_day(source.collected_on)
    current = Identifier.objects.select_for_update().filter(
        person=locked, kind=kind, issuer=issuer, ended_on__isnull=True
    )
    index = blind_index(plain, kind=kind)
    if any(bytes(held.value_index) == index for held in current):
        raise errors.IdentifierAlreadySet
    current.update(ended_on=source.collected_on)
    identifier = insert_identifier(
        Identifier(
            id=new_id(),
            person=locked,
            kind=kind,
            issuer=issuer,
            zone_path=locked.zone_path,
            source=keep(source),
        ),
        plain,
    )
    record(
        "registry.identifier_claimed" if identifier.is_claim else "registry.identifier_set",
        subject=locked,
        actor=actor,
        reason=reason,
        data={"kind": kind, "identifier": str(identifier.pk)},
    )
    return identifier


def insert_identifier(identifier: Identifier, value: str) -> Identifier:
    """Insert as held, or as a claim where the constraint says that somebody holds it."""
    identifier.set_value(value)
    try:
        # Row-level security hides other zones' rows: only the constraint can tell.
        with transaction.atomic():
            identifier.save(force_insert=True)
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        if getattr(diagnosis, "constraint_name", "") != "registry_identifier_held_once":
            raise
        identifier.is_claim = True
        identifier.save(force_insert=True)
    return identifier


def _lock_in_force(identifier: Identifier) -> Identifier:
    locked: Identifier | None = (
        Identifier.objects.select_for_update().filter(pk=identifier.pk).first()
    )
    if locked is None:
        raise errors.PersonUnknown
    if locked.ended_on is not None:
        raise errors.IdentifierEnded
    return locked


@action
def verify_identifier(
    *, identifier: Identifier, on: dt.date, actor: Actor, reason: str = ""
) -> Identifier:
    """Say that the number was seen on its card, or confirmed by its issuer."""
    locked = _lock_in_force(identifier)
    if locked.is_claim:
        raise errors.IdentifierIsClaim
    check_day(on)
    locked.verified_on, locked.verified_by = on, actor.label
    locked.save(update_fields=["verified_on", "verified_by"])
    record(
        "registry.identifier_verified",
        subject=locked.person,
        actor=actor,
        reason=reason,
        data={"kind": locked.kind, "identifier": str(locked.pk)},
    )
    return locked


@action
def end_identifier(*, identifier: Identifier, on: dt.date, actor: Actor, reason: str) -> Identifier:
    """Say that the number no longer names this person."""
    require_reason(reason)
    locked = _lock_in_force(identifier)
    check_day(on)
    locked.ended_on = on
    locked.save(update_fields=["ended_on"])
    record(
        "registry.identifier_ended",
        subject=locked.person,
        actor=actor,
        reason=reason,
        data={"kind": locked.kind, "identifier": str(locked.pk)},
    )
    return locked
