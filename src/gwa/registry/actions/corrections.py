"""One correction, field by field: who is believed, what is written, what stays beside it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gwa.common.ids import new_id
from gwa.registry import errors
from gwa.registry.actions.fields import FieldOf, field_of, kind_of
from gwa.registry.models import Household, Person, Source, Statement
from gwa.registry.models.sources import Json
from gwa.registry.rules.entries import days_asked
from gwa.registry.rules.precedence import Word, prevails, rule_in_force
from gwa.registry.sources import precedence_rules


@dataclass(slots=True)
class Outcome:
    """What became of a correction: fields that changed, fields whose new word was set aside."""

    changed: list[str] = field(default_factory=list)
    set_aside: list[str] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """Names of fields only: the journal holds no personal data."""
        return {"changed": self.changed, "set_aside": self.set_aside}


def correct_row(
    row: Household | Person,
    changes: Mapping[str, object],
    *,
    source: Source,
    interviewed_on: dt.date | None = None,
) -> Outcome:
    """Apply the words of one source to a locked row, and save it once.

    Answers were given on the source's day, or from that of an interview on.
    """
    outcome, asked = Outcome(), days_asked(interviewed_on, source.collected_on)
    for name, given in changes.items():
        place = field_of(row, name, asked=asked)
        value = place.parse(row, given)
        if value == place.read(row):
            continue
        (outcome.changed if _hear(row, name, place, value, source) else outcome.set_aside).append(
            name
        )
    if not outcome.changed and not outcome.set_aside:
        raise errors.NothingToCorrect
    if outcome.changed:
        row.save()
    return outcome


def _hear(row: Household | Person, name: str, place: FieldOf, value: Json, source: Source) -> bool:
    """Keep a word; write it into the row and return True when it is believed."""
    in_force = _in_force(row, name)
    told_by = in_force.source if in_force else row.source
    is_believed = prevails(
        Word(source.kind, source.collected_on),
        Word(told_by.kind, told_by.collected_on),
        field=f"{kind_of(row)}.{name}",
        rule=rule_in_force(precedence_rules(), source.collected_on),
    )
    if is_believed:
        _set_aside(row, name, place.read(row), in_force)
        place.write(row, value)
    _state(row, name, value, source, is_in_force=is_believed)
    return is_believed


def restate(row: Household | Person, before: Mapping[str, Json], *, source: Source) -> None:
    """Keep the words behind fields that another verb changed; `before` is what they were."""
    for name, was in before.items():
        value = field_of(row, name).read(row)
        if value != was:
            _set_aside(row, name, was, _in_force(row, name))
            _state(row, name, value, source, is_in_force=True)


def _in_force(row: Household | Person, name: str) -> Statement | None:
    found: Statement | None = (
        Statement.objects.select_related("source")
        .filter(subject_id=row.pk, field=name, is_in_force=True)
        .first()
    )
    return found


def _set_aside(row: Household | Person, name: str, value: Json, in_force: Statement | None) -> None:
    """Leave the word that was in force beside the new one; the row's own source said it if none."""
    if in_force is None:
        _state(row, name, value, row.source, is_in_force=False)
    else:
        in_force.is_in_force = False
        in_force.save(update_fields=["is_in_force"])


def _state(
    row: Household | Person, name: str, value: Json, source: Source, *, is_in_force: bool
) -> None:
    statement = Statement(
        id=new_id(),
        zone_path=row.zone_path,
        subject_kind=kind_of(row),
        subject_id=row.pk,
        field=name,
        source=source,
        stated_on=source.collected_on,
        is_in_force=is_in_force,
    )
    statement.set_value(value)
    statement.save(force_insert=True)
