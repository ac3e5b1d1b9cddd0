"""Verbs on compounds: open one."""

import datetime as dt

from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.registry.actions.checks import check_columns, check_day, check_settlement, check_writable
from gwa.registry.actions.rows import tidy
from gwa.registry.models import Compound
from gwa.registry.rules.facts import Position
from gwa.zones.models import Zone


@action
def open_compound(
    *,
    zone: Zone,
    name: str,
    on: dt.date,
    actor: Actor,
    position: Position | None = None,
    reason: str = "",
) -> Compound:
    """Add a compound that the registry did not know, in a village, quartier or fraction."""
    check_settlement(zone)
    check_writable(zone)
    check_day(on)
    compound = Compound(
        zone=zone,
        zone_path=zone.path,
        name=tidy(name),
        started_on=on,
        lon=position.lon if position else None,
        lat=position.lat if position else None,
    )
    check_columns(compound, ["name"])
    compound.save(force_insert=True)
    record("registry.compound_opened", subject=compound, actor=actor, reason=reason)
    return compound
