"""What a new statement of a geography changes in the one we keep."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gwa.zones.rules.facts import ZoneFacts

# What an import may change. The parent is not among them: a zone's path is written on every
# household under it, so a zone that changes parent is a matter for a new geography.
COMPARED = ("name", "level", "lon", "lat", "population", "geometry")


@dataclass(frozen=True, slots=True)
class ChangedZone:
    """A zone that is known, with what differs. A closed zone that comes back is `reopened`."""

    facts: ZoneFacts
    fields: tuple[str, ...]
    reopened: bool


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything an import would do, zone by zone."""

    new: tuple[ZoneFacts, ...]
    changed: tuple[ChangedZone, ...]
    gone: tuple[ZoneFacts, ...]
    moved: tuple[ZoneFacts, ...]
    unchanged: int


def compare(known: Mapping[str, ZoneFacts], stated: Iterable[ZoneFacts]) -> Differences:
    """Compare what files state with what is known, by code.

    What the files do not say (an empty population) erases nothing. Zones are gone only at the
    levels the files speak of.
    """
    stated = sorted(stated, key=lambda facts: (facts.level, facts.code))
    new, changed, moved = [], [], []
    unchanged = 0
    for facts in stated:
        before = known.get(facts.code)
        if before is None:
            new.append(facts)
            continue
        if before.parent_code != facts.parent_code:
            moved.append(facts)
        fields = _differing(before, facts)
        if fields or not before.is_open:
            changed.append(ChangedZone(facts, fields, reopened=not before.is_open))
        else:
            unchanged += 1
    return Differences(
        tuple(new), tuple(changed), tuple(_gone(known, stated)), tuple(moved), unchanged
    )


def _differing(before: ZoneFacts, after: ZoneFacts) -> tuple[str, ...]:
    return tuple(
        field
        for field in COMPARED
        if getattr(after, field) is not None and getattr(after, field) != getattr(before, field)
    )


def _gone(known: Mapping[str, ZoneFacts], stated: list[ZoneFacts]) -> list[ZoneFacts]:
    """Open zones the files no longer name; the deepest first, so that a parent closes last."""
    codes = {facts.code for facts in stated}
    levels = {facts.level for facts in stated}
    gone = [
        zone
        for zone in known.values()
        if zone.is_open and zone.level in levels and zone.code not in codes
    ]
    return sorted(gone, key=lambda zone: (-zone.level, zone.code))
