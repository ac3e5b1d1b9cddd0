"""A known household beside what a list tells of it: who is who, what differs, what cannot be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from gwa.collection.intake.groups import (
    NEEDED_BY_NEW,
    NEEDED_BY_NEWCOMER,
    Detail,
    ReadMember,
)
from gwa.collection.intake.matching import Match
from gwa.common.crypto import blind_index
from gwa.common.text import fold
from gwa.registry.actions.bulk import HouseholdUpdate, PersonUpdate
from gwa.registry.models import Household, Identifier, Membership, Person
from gwa.registry.rules.births import may_be_same
from gwa.registry.rules.facts import HEAD, BirthFacts, PersonFacts
from gwa.registry.rules.identifiers import parse_identifier
from gwa.registry.rules.phones import parse_phone
from gwa.registry.rules.problems import Problem
from gwa.registry.rules.spelling import sound_of
from gwa.registry.words import birth_of

_NAMES = ("given_name", "family_name", "everyday_name", "father_name", "mother_name")
# What the marked word may take away, and what stands there afterwards.
_ERASED_HOUSEHOLD = {
    "address": ("address", ""),
    "lat": ("position", None),
    "lon": ("position", None),
    "last_interview_on": ("last_interview_on", None),
}
_ERASED_PERSON = {
    "everyday_name": ("everyday_name", ""),
    "father_name": ("father_name", ""),
    "mother_name": ("mother_name", ""),
    "phone": ("phone", ""),
    "birth_date": ("birth", None),
    "birth_year": ("birth", None),
    "age": ("birth", None),
}


@dataclass(slots=True)
class Known:
    """A household as it is now, with its current members and their numbers."""

    household: Household
    members: list[Membership] = field(default_factory=list)
    numbers: dict[UUID, set[tuple[str, bytes]]] = field(default_factory=dict)

    def bears(self, numbers: frozenset[tuple[str, bytes]]) -> bool:
        """Tell whether one of its people bears one of these, be it as a claim."""
        return any(not numbers.isdisjoint(held) for held in self.numbers.values())


def load_known(keys: Iterable[UUID]) -> dict[UUID, Known]:
    """Read the households that the present scope may see."""
    wanted = list(keys)
    if not wanted:
        return {}
    found = {row.pk: Known(row) for row in Household.objects.filter(pk__in=wanted)}
    members = (
        Membership.objects.current()
        .filter(household__in=found)
        .select_related("person")
        .order_by("household_id", "-is_head", "started_on", "pk")
    )
    place_of = {}
    for member in members:
        found[member.household_id].members.append(member)
        place_of[member.person_id] = member.household_id
    numbers = Identifier.objects.filter(person__in=place_of, ended_on__isnull=True)
    for person, kind, index in numbers.values_list("person_id", "kind", "value_index"):
        held = found[place_of[person]].numbers.setdefault(person, set())
        held.add((kind, bytes(index)))
    return found


@dataclass(slots=True)
class Pairing:
    """Which lines are which members."""

    members: dict[int, Membership] = field(default_factory=dict)
    repeated: set[int] = field(default_factory=set)

    def has_head(self, told: Sequence[ReadMember]) -> bool:
        """Tell whether the head of the list is the head of the registry."""
        return any(
            member.is_head and told[place].entry.facts.relationship == HEAD
            for place, member in self.members.items()
        )


def pair(told: Sequence[ReadMember], known: Known, match: Match) -> Pairing:
    """Find each line's person: by our id, by a number, by an earlier line, by name and birth."""
    pairing = Pairing()
    free = {member.person_id: member for member in known.members}
    by_number = {number: key for key, held in known.numbers.items() for number in held}
    for place, one in enumerate(told):
        key = _certain(one, by_number)
        if key is not None and key in free:
            pairing.members[place] = free.pop(key)
        elif key is not None and any(key == m.person_id for m in pairing.members.values()):
            pairing.repeated.add(place)
    for is_same in (_same_line, _same_names, _alike):
        for place, one in enumerate(told):
            if place in pairing.members or place in pairing.repeated:
                continue
            for key, member in free.items():
                if is_same(one, member, match):
                    pairing.members[place] = free.pop(key)
                    break
    return pairing


def _certain(one: ReadMember, by_number: Mapping[tuple[str, bytes], UUID]) -> UUID | None:
    told = one.read.values.get("person_id")
    if told:
        try:
            return UUID(told)
        except ValueError:
            return None
    for number in one.entry.identifiers:
        value = parse_identifier(number.kind, number.value)
        if value is not None:
            found = by_number.get((number.kind, blind_index(value, kind=number.kind)))
            if found is not None:
                return found
    return None


def _same_line(one: ReadMember, member: Membership, match: Match) -> bool:
    return match.fingerprints.get(one.fingerprint) == member.person_id


def _same_names(one: ReadMember, member: Membership, match: Match) -> bool:
    facts, person = _facts(one), member.person
    return (
        fold(facts.given_name) == fold(person.given_name)
        and fold(facts.family_name) == fold(person.family_name)
        and facts.sex in ("", person.sex)
        and _births_agree(facts.birth, person)
    )


def _alike(one: ReadMember, member: Membership, match: Match) -> bool:
    """A name mended in the list: it sounds the same, and sex and birth agree."""
    facts, person = _facts(one), member.person
    if facts.sex != person.sex or not facts.given_name:
        return False
    if facts.birth is None or person.birth_from is None or not _births_agree(facts.birth, person):
        return False
    return _sound(facts.given_name) == _sound(person.given_name)


def _sound(name: str) -> str:
    return " ".join(sound_of(word) for word in fold(name).split())


def _births_agree(told: BirthFacts | None, person: Person) -> bool:
    known = birth_of(person)
    return told is None or known is None or may_be_same(told, known)


def _facts(one: ReadMember) -> PersonFacts:
    person = one.entry.facts.person
    assert isinstance(person, PersonFacts)  # noqa: S101 (lines tell of persons, not of rows)
    return person


@dataclass(slots=True)
class Comparison:
    """What a list changes in a known household, or why its lines are refused."""

    update: HouseholdUpdate | None
    problems: list[Problem]
    pairing: Pairing


def compare(detail: Detail, known: Known, pairing: Pairing) -> Comparison:
    """Compare a group with its household; no update where nothing differs."""
    problems = [problem for problem in detail.problems if _counts(problem, pairing)]
    problems += _contradictions(detail, known, pairing)
    changes, erased = _household_changes(detail, known.household)
    problems += erased
    persons, newcomers = [], []
    for place, one in enumerate(detail.members):
        member = pairing.members.get(place)
        if member is None:
            newcomers.append(one.entry)
            continue
        told, wrong = _person_changes(one, member.person)
        problems += [Problem(p.code, p.field, place, p.facts) for p in wrong]
        numbers = _new_numbers(one, known.numbers.get(member.person_id, set()))
        if told or numbers:
            persons.append(PersonUpdate(member.person_id, told, numbers))
    update = None
    if changes or persons or newcomers:
        interview = detail.entry.household.last_interview_on
        update = HouseholdUpdate(known.household.pk, changes, persons, newcomers, interview)
    return Comparison(update, problems, pairing)


def _counts(problem: Problem, pairing: Pairing) -> bool:
    """Tell whether what a new household needs is needed here."""
    if problem.code in NEEDED_BY_NEW:
        return False
    return not (problem.code in NEEDED_BY_NEWCOMER and problem.member in pairing.members)


def _contradictions(detail: Detail, known: Known, pairing: Pairing) -> list[Problem]:
    household = known.household
    problems = []
    if household.status != Household.Status.ACTIVE:
        status = Household.Status(household.status).label
        problems.append(
            Problem("collection.household_closed", "registry_number", None, {"status": str(status)})
        )
    zone_id = detail.entry.household.zone_id
    if zone_id and zone_id != household.zone_id:
        problems.append(Problem("collection.household_elsewhere", "zone_code"))
    for place in pairing.repeated:
        problems.append(Problem("collection.member_repeated", "given_name", place))
    has_head = any(member.is_head for member in known.members)
    for place, one in enumerate(detail.members):
        member = pairing.members.get(place)
        is_told_head = one.entry.facts.relationship == HEAD
        if is_told_head and has_head and (member is None or not member.is_head):
            problems.append(Problem("collection.other_head", "relationship", place))
    return problems


def _household_changes(detail: Detail, row: Household) -> tuple[dict[str, object], list[Problem]]:
    values, facts = detail.household.values, detail.entry.household
    changes: dict[str, object] = {}
    if values.get("address") and " ".join(facts.address.split()) != row.address:
        changes["address"] = facts.address
    position = facts.position
    if position and (position.lon, position.lat) != (row.lon, row.lat):
        changes["position"] = position
    for name in ("is_position_hidden", "registered_on", "last_interview_on"):
        if name in values and values[name] != getattr(row, name):
            changes[name] = values[name]
    return _with_answers(changes, detail.household, row.answers, _ERASED_HOUSEHOLD, row)


def _with_answers(
    changes: dict[str, object],
    read: Any,  # noqa: ANN401 (a line of either sheet)
    answers: Mapping[str, object],
    erasable: Mapping[str, tuple[str, object]],
    row: Household | Person,
) -> tuple[dict[str, object], list[Problem]]:
    problems = []
    for name, value in read.answers.items():
        if answers.get(name) != value:
            changes[f"answers.{name}"] = value
    for name in read.erased:
        if name.startswith("answers."):
            if name.removeprefix("answers.") in answers:
                changes[name] = None
        elif name in erasable:
            field_name, nothing = erasable[name]
            if _is_there(row, field_name):
                changes[field_name] = nothing
        else:
            problems.append(Problem("collection.cannot_erase", name))
    return changes, problems


def _is_there(row: Household | Person, name: str) -> bool:
    column = {"position": "lon", "birth": "birth_from", "phone": "phone_index"}.get(name, name)
    return getattr(row, column) not in (None, "")


def _person_changes(one: ReadMember, row: Person) -> tuple[dict[str, object], list[Problem]]:
    facts = _facts(one)
    changes: dict[str, object] = {}
    for name in _NAMES:
        told = " ".join(getattr(facts, name).split())
        if told and told != getattr(row, name):
            changes[name] = told
    if facts.sex and facts.sex != row.sex:
        changes["sex"] = facts.sex
    if facts.birth is not None and not _is_vaguer(facts.birth, birth_of(row)):
        changes["birth"] = facts.birth
    phone = parse_phone(facts.phone) if facts.phone else None
    if phone and blind_index(phone, kind="phone") != bytes(row.phone_index or b""):
        changes["phone"] = facts.phone
    return _with_answers(changes, one.read, row.answers, _ERASED_PERSON, row)


def _is_vaguer(told: BirthFacts, known: BirthFacts | None) -> bool:
    """Tell whether a birth says no more than what is known: an age beside a date of birth."""
    return known is not None and told.first <= known.first and known.last <= told.last


def _new_numbers(one: ReadMember, held: set[tuple[str, bytes]]) -> list[Any]:
    return [
        number
        for number in one.entry.identifiers
        if (value := parse_identifier(number.kind, number.value)) is not None
        and (number.kind, blind_index(value, kind=number.kind)) not in held
    ]
