"""What a source has said already needs not be heard twice: a list sent again changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from gwa.registry.actions.bulk import HouseholdUpdate
from gwa.registry.actions.fields import field_of
from gwa.registry.models import Household, Person, Source, Statement
from gwa.registry.models.sources import Json

Heard = Mapping[tuple[UUID, str], Sequence[Json]]


def drop_heard(updates: Sequence[HouseholdUpdate], source: Source) -> list[HouseholdUpdate | None]:
    """Leave out the words that a source of this kind said on this day and that were set aside."""
    subjects = {update.household_id for update in updates}
    subjects |= {person.person_id for update in updates for person in update.persons}
    if not subjects:
        return []
    heard: dict[tuple[UUID, str], list[Json]] = {}
    said = Statement.objects.filter(
        subject_id__in=subjects,
        is_in_force=False,
        source__kind=source.kind,
        stated_on=source.collected_on,
    )
    for statement in said:
        key = (statement.subject_id, statement.field)
        heard.setdefault(key, []).append(statement.stated_value)
    return [_without(update, heard) for update in updates] if heard else list(updates)


def _without(update: HouseholdUpdate, heard: Heard) -> HouseholdUpdate | None:
    changes = _new_words(Household(), update.household_id, update.changes, heard)
    persons = []
    for person in update.persons:
        told = _new_words(Person(), person.person_id, person.changes, heard)
        if told or person.identifiers:
            persons.append(replace(person, changes=told))
    if not changes and not persons and not update.newcomers:
        return None
    return replace(update, changes=changes, persons=persons)


def _new_words(
    row: Household | Person, key: UUID, changes: Mapping[str, object], heard: Heard
) -> dict[str, object]:
    return {
        name: value
        for name, value in changes.items()
        if (key, name) not in heard or _parsed(row, name, value) not in heard[key, name]
    }


def _parsed(row: Household | Person, name: str, value: object) -> Json:
    """The value as statements keep it; answers are kept as they are told."""
    return value if name.startswith("answers.") else field_of(row, name).parse(row, value)
