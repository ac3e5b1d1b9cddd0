"""Who is known already: by registry number, by an identifier, by the list's own key."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from gwa.collection.intake.groups import Understood
from gwa.common.scope import everywhere

_BY_NUMBER = """
SELECT registry_number, id FROM registry_household
WHERE registry_number = ANY(string_to_array(%s, ','))
"""
_BY_ID = "SELECT id FROM registry_household WHERE id = ANY(string_to_array(%s, ',')::uuid[])"
_BY_IDENTIFIER = """
SELECT i.kind, i.value_index, m.household_id FROM registry_identifier i
JOIN registry_membership m
    ON m.person_id = i.person_id AND m.is_principal AND m.ended_on IS NULL
WHERE i.value_index = ANY(
    ARRAY(SELECT decode(index, 'hex') FROM unnest(string_to_array(%s, ',')) AS index)
) AND NOT i.is_claim AND i.ended_on IS NULL
"""
_BY_KEY = """
SELECT key_index, household_id, members::text FROM collection_importedhousehold
WHERE key_index = ANY(
    ARRAY(SELECT decode(index, 'hex') FROM unnest(string_to_array(%s, ',')) AS index)
) AND data_source_id = %s
ORDER BY id DESC
"""


@dataclass(slots=True)
class Match:
    """The households that a group may be, and by what they were found; none: a new one."""

    # By our number: no other one then.
    numbered: UUID | None = None
    # Where somebody is counted who holds one of the group's numbers.
    holding: tuple[UUID, ...] = ()
    # Those that the same source brought under the same key, the latest first.
    listed: tuple[UUID, ...] = ()
    # Persons by the fingerprints of the lines that brought them.
    fingerprints: dict[str, UUID] = field(default_factory=dict)

    @property
    def households(self) -> tuple[UUID, ...]:
        """All of them."""
        if self.numbered is not None:
            return (self.numbered,)
        return (*self.holding, *self.listed)


def match_all(groups: Sequence[Understood], data_source_id: int) -> list[Match]:
    """Say of each group who it may be. Looks everywhere: a number is unique in the country."""
    with everywhere():
        by_number = _households_by_number(groups)
        by_id = _households_by_id(groups)
        by_identifier = _households_by_identifier(groups)
        by_key = _households_by_key(groups, data_source_id)
    return [_match(group, by_number, by_id, by_identifier, by_key) for group in groups]


def _match(
    group: Understood,
    by_number: Mapping[str, UUID],
    by_id: frozenset[UUID],
    by_identifier: Mapping[tuple[str, bytes], UUID],
    by_key: Mapping[bytes, list[tuple[UUID, dict[str, str]]]],
) -> Match:
    lists = by_key.get(group.key_index, [])
    prints = {mark: UUID(person) for _, members in lists for mark, person in members.items()}
    numbered = by_number.get(group.registry_number or "")
    if numbered is None and group.household_id in by_id:
        numbered = group.household_id
    if numbered is not None:
        return Match(numbered, fingerprints=prints)
    holding = dict.fromkeys(
        by_identifier[number] for number in group.identifiers if number in by_identifier
    )
    listed = dict.fromkeys(key for key, _ in lists)
    return Match(None, tuple(holding), tuple(listed), prints)


def _households_by_number(groups: Iterable[Understood]) -> dict[str, UUID]:
    numbers = [group.registry_number for group in groups if group.registry_number]
    return dict(_look_up(_BY_NUMBER, numbers))


def _households_by_id(groups: Iterable[Understood]) -> frozenset[UUID]:
    ids = [group.household_id.hex for group in groups if group.household_id]
    return frozenset(key for (key,) in _look_up(_BY_ID, ids))


def _households_by_identifier(groups: Iterable[Understood]) -> dict[tuple[str, bytes], UUID]:
    """The household where the holder of each number is counted."""
    wanted = {number for group in groups for number in group.identifiers}
    found = _look_up(_BY_IDENTIFIER, [index.hex() for _, index in wanted])
    held = {(kind, bytes(index)): household for kind, index, household in found}
    return {number: held[number] for number in wanted if number in held}


def _households_by_key(
    groups: Iterable[Understood], data_source_id: int
) -> dict[bytes, list[tuple[UUID, dict[str, str]]]]:
    """The households that the same source brought under the same key, the latest first."""
    keys = [group.key_index.hex() for group in groups]
    found: dict[bytes, list[tuple[UUID, dict[str, str]]]] = {}
    for key, household, members in _look_up(_BY_KEY, keys, data_source_id):
        found.setdefault(bytes(key), []).append((household, json.loads(members)))
    return found


def _look_up(query: str, values: Sequence[str], *more: int) -> list[tuple[Any, ...]]:
    """Look many values up by index; they go as one text, which costs a driver least."""
    if not values:
        return []
    with connection.cursor() as cursor:
        cursor.execute(query, [",".join(values), *more])
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
