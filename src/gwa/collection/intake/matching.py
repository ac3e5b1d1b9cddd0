"""Who is known already: by registry number, by an identifier, by the list's own key."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from gwa.collection.intake.groups import Understood
from gwa.collection.models import ImportedHousehold
from gwa.common.scope import everywhere
from gwa.registry.models import Household, Identifier, Membership


@dataclass(slots=True)
class Match:
    """The households that a group may be, and by what they were found; none: a new one."""

    households: tuple[UUID, ...] = ()
    by_number: bool = False
    by_identifier: bool = False
    # Persons by the fingerprints of the lines that brought them.
    fingerprints: dict[str, UUID] = field(default_factory=dict)


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
        return Match((numbered,), by_number=True, fingerprints=prints)
    held = dict.fromkeys(
        by_identifier[number] for number in group.identifiers if number in by_identifier
    )
    if held:
        return Match(tuple(held), by_identifier=True, fingerprints=prints)
    return Match(tuple(dict.fromkeys(key for key, _ in lists)), fingerprints=prints)


def _households_by_number(groups: Iterable[Understood]) -> dict[str, UUID]:
    numbers = [group.registry_number for group in groups if group.registry_number]
    if not numbers:
        return {}
    rows = Household.objects.filter(registry_number__in=numbers)
    return dict(rows.values_list("registry_number", "pk"))


def _households_by_id(groups: Iterable[Understood]) -> frozenset[UUID]:
    ids = [group.household_id for group in groups if group.household_id]
    if not ids:
        return frozenset()
    return frozenset(Household.objects.filter(pk__in=ids).values_list("pk", flat=True))


def _households_by_identifier(groups: Iterable[Understood]) -> dict[tuple[str, bytes], UUID]:
    """The household where the holder of each number is counted."""
    wanted = {number for group in groups for number in group.identifiers}
    if not wanted:
        return {}
    held = Identifier.objects.filter(
        value_index__in=[index for _, index in wanted], is_claim=False, ended_on__isnull=True
    ).values_list("kind", "value_index", "person_id")
    holders = {
        (kind, bytes(index)): person
        for kind, index, person in held
        if (kind, bytes(index)) in wanted
    }
    places = dict(
        Membership.objects.current()
        .filter(person__in=set(holders.values()), is_principal=True)
        .values_list("person_id", "household_id")
    )
    return {number: places[person] for number, person in holders.items() if person in places}


def _households_by_key(
    groups: Iterable[Understood], data_source_id: int
) -> dict[bytes, list[tuple[UUID, dict[str, str]]]]:
    """The households that the same source brought under the same key, the latest first."""
    rows = ImportedHousehold.objects.filter(
        data_source=data_source_id, key_index__in=[group.key_index for group in groups]
    ).order_by("-id")
    found: dict[bytes, list[tuple[UUID, dict[str, str]]]] = {}
    for key, household, members in rows.values_list("key_index", "household_id", "members"):
        found.setdefault(bytes(key), []).append((household, members))
    return found
