"""The names that telephones know members by.

A list names each of its lines once, and somebody of two hearths has a line in both: the hearth
where they are counted names them by the person, the other one by the membership. Interviews come
back with these names, as the ids of entities and in answers that point at a member.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from gwa.common.ids import read_uuid
from gwa.questionnaires.rules.deriving import PERSONS
from gwa.questionnaires.xform.instance import EntityBlock
from gwa.registry.models import Membership


def name_of_member(row: Mapping[str, Any]) -> UUID:
    """Return the name of a line; `row` holds `id`, `person_id` and `is_principal`."""
    name: UUID = row["person_id" if row["is_principal"] else "id"]
    return name


def with_persons(entities: Sequence[EntityBlock]) -> list[EntityBlock]:
    """Put persons in the place of memberships, as ids and in answers."""
    persons = _persons_of(one.id for one in entities if one.dataset == PERSONS)
    if not persons:
        return list(entities)
    return [
        replace(
            one,
            id=persons.get(one.id, one.id),
            properties={name: persons.get(said, said) for name, said in one.properties.items()},
        )
        for one in entities
    ]


def _persons_of(names: Iterable[str]) -> dict[str, str]:
    """Return the persons of those names that are memberships."""
    written = {key: name for name in names if (key := read_uuid(name))}
    members = Membership.objects.filter(pk__in=written).values_list("pk", "person_id")
    return {written[key]: str(person) for key, person in members}
