"""Verbs on where a household is: attachment, place now, origin."""

import datetime as dt

from gwa.common.scope import widened
from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.registry import errors
from gwa.registry.actions.checks import (
    check_day,
    check_settlement,
    keep,
    lock_active,
    require_reason,
)
from gwa.registry.actions.corrections import restate
from gwa.registry.actions.fields import field_of
from gwa.registry.actions.following import follow
from gwa.registry.actions.rows import check_compound, set_position, tidy
from gwa.registry.models import Compound, Household, HouseholdOrigin, Source
from gwa.registry.rules.facts import Position
from gwa.zones.models import Zone

# What is said of a household together with the place where it is attached.
_OF_A_PLACE = ("address", "position", "compound")


@action
def change_attachment(  # noqa: PLR0913 (facts, each by its name)
    *,
    household: Household,
    zone: Zone,
    on: dt.date,
    source: Source,
    actor: Actor,
    reason: str,
    address: str = "",
    compound: Compound | None = None,
    position: Position | None = None,
) -> Household:
    """Attach the household to another village, quartier or fraction, or change its address there.

    The new zone may lie outside those of the person who acts. Everything of the household follows;
    the history made so far stays readable to the zone left.
    """
    require_reason(reason)
    locked = lock_active(household)
    check_settlement(zone)
    check_day(on, not_before=locked.attached_on)
    before = {name: field_of(locked, name).read(locked) for name in _OF_A_PLACE}
    left = locked.zone_path
    with widened(zone.path):
        locked.zone, locked.zone_path, locked.attached_on = zone, zone.path, on
        locked.address = tidy(address)
        locked.compound = compound
        check_compound(locked)
        set_position(locked, position)
        after = {name: field_of(locked, name).read(locked) for name in _OF_A_PLACE}
        if (left, before) == (zone.path, after):
            raise errors.SameAttachment
        restate(locked, before, source=keep(source))
        locked.save()
        follow(locked)
        record(
            "registry.attachment_changed",
            subject=locked,
            actor=actor,
            reason=reason,
            data={"on": on.isoformat(), "zone": zone.code, "source": source.kind},
        )
        if left != locked.zone_path:
            record(
                "registry.household_left_zone",
                subject=locked,
                zone_path=left,
                actor=actor,
                reason=reason,
                data={"on": on.isoformat(), "zone": zone.code},
            )
    return locked


@action
def set_place_now(
    *,
    household: Household,
    zone: Zone,
    kind: str,
    since: dt.date,
    actor: Actor,
    reason: str = "",
) -> Household:
    """Say where the household is when it is not where it is attached."""
    locked = lock_active(household)
    check_settlement(zone)
    check_day(since)
    if kind not in Household.PlaceKind.values:
        raise errors.ValueRefused(field="place_now_kind", why="")
    if zone.pk == locked.zone_id:
        raise errors.PlaceNowIsAttachment
    locked.place_now, locked.place_now_kind, locked.place_now_since = zone, kind, since
    locked.save(update_fields=["place_now", "place_now_kind", "place_now_since"])
    record(
        "registry.place_now_set",
        subject=locked,
        actor=actor,
        reason=reason,
        data={"zone": zone.code, "kind": kind, "since": since.isoformat()},
    )
    return locked


@action
def clear_place_now(*, household: Household, actor: Actor, reason: str = "") -> Household:
    """Say that the household is back where it is attached."""
    locked = lock_active(household)
    if locked.place_now_id is None:
        raise errors.NoPlaceNow
    locked.place_now, locked.place_now_kind, locked.place_now_since = None, "", None
    locked.save(update_fields=["place_now", "place_now_kind", "place_now_since"])
    record("registry.place_now_cleared", subject=locked, actor=actor, reason=reason)
    return locked


@action
def set_origin(
    *,
    household: Household,
    zone: Zone,
    actor: Actor,
    arrived_on: dt.date | None = None,
    reason: str = "",
) -> HouseholdOrigin:
    """Say where a displaced household comes from. The journal does not repeat it."""
    locked = lock_active(household)
    if arrived_on is not None:
        check_day(arrived_on)
    origin, _ = HouseholdOrigin.objects.update_or_create(
        household=locked,
        defaults={"zone": zone, "arrived_on": arrived_on, "zone_path": locked.zone_path},
    )
    record("registry.origin_set", subject=locked, actor=actor, reason=reason)
    return origin
