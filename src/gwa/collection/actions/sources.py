"""Verbs on the register of sources and on saved mappings."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from gwa.collection import errors
from gwa.collection.models import DataSource, SavedMapping
from gwa.collection.rules.mappings import parse_mapping
from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.registry.actions.checks import check_columns
from gwa.zones.models import Zone


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSourceFacts:
    """What is told of a source."""

    name: str
    kind: str
    organisation: str
    collected_from: dt.date
    collected_to: dt.date
    zones: Sequence[Zone] = ()
    households_told: int | None = None
    persons_told: int | None = None
    description: str = ""
    quality: str = ""


_COLUMNS = (
    "name",
    "kind",
    "organisation",
    "collected_from",
    "collected_to",
    "households_told",
    "persons_told",
    "description",
    "quality",
)


@action
def add_data_source(*, facts: DataSourceFacts, actor: Actor, reason: str = "") -> DataSource:
    """Enter a database or a collection into the register of sources."""
    source = DataSource(added_at=timezone.now(), added_by=actor.label)
    _write(source, facts)
    record("collection.data_source_added", subject=source, actor=actor, reason=reason)
    return source


@action
def correct_data_source(
    *, data_source: DataSource, facts: DataSourceFacts, actor: Actor, reason: str = ""
) -> DataSource:
    """Correct what is told of a source, or note the quality seen."""
    locked = DataSource.objects.select_for_update().get(pk=data_source.pk)
    before = {name: getattr(locked, name) for name in _COLUMNS}
    _write(locked, facts)
    changed = [name for name in _COLUMNS if getattr(locked, name) != before[name]]
    record(
        "collection.data_source_corrected",
        subject=locked,
        actor=actor,
        reason=reason,
        data={"changed": changed},
    )
    return locked


def _write(source: DataSource, facts: DataSourceFacts) -> None:
    for name in _COLUMNS:
        value = getattr(facts, name)
        setattr(source, name, value.strip() if isinstance(value, str) else value)
    if facts.collected_to < facts.collected_from:
        raise errors.DatesReversed
    check_columns(source, _COLUMNS)
    source.save()
    source.zones.set(facts.zones)


@action
def save_mapping(
    *,
    name: str,
    mapping: Mapping[str, Any],
    actor: Actor,
    data_source: DataSource | None = None,
    reason: str = "",
) -> SavedMapping:
    """Keep a mapping for the next file of the same shape; the name's former one is replaced."""
    parsed = parse_mapping(mapping)
    kept, _ = SavedMapping.objects.update_or_create(
        name=" ".join(name.split()),
        defaults={
            "mapping": parsed.as_json(),
            "data_source": data_source,
            "saved_at": timezone.now(),
            "saved_by": actor.label,
        },
    )
    record("collection.mapping_saved", subject=kept, actor=actor, reason=reason)
    return kept


@action
def remove_mapping(*, saved: SavedMapping, actor: Actor, reason: str = "") -> None:
    """Forget a saved mapping."""
    record("collection.mapping_removed", subject=saved, actor=actor, reason=reason)
    saved.delete()
