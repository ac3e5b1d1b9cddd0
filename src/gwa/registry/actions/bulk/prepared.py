"""One household checked and written as rows, away from the database."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

from pydantic_core import to_json

from gwa.common.crypto import blind_index, seal
from gwa.common.ids import new_hexes, new_id
from gwa.registry.actions.numbers import draw_number
from gwa.registry.rules.entries import Numbers, check_household
from gwa.registry.rules.facts import (
    HEAD,
    HouseholdEntry,
    MemberEntry,
    MemberFacts,
    PersonFacts,
    Position,
)
from gwa.registry.rules.identifiers import parse_identifier
from gwa.registry.rules.phones import parse_phone
from gwa.registry.rules.problems import Problem
from gwa.registry.rules.spelling import searchable_names
from gwa.variables.rules.definitions import Dictionary

HOUSEHOLD, MEMBER, IDENTIFIER, ORIGIN = "household", "member", "identifier", "origin"

# What is staged, in the order in which rows are written below: columns of the registry's tables.
# A person and the membership come as one row, with the names to be found by.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    HOUSEHOLD: (
        "id", "zone_path", "registry_number", "compound_id", "zone_id", "attached_on",
        "place_now_id", "place_now_kind", "place_now_since", "address", "lon", "lat", "accuracy_m",
        "is_position_hidden", "status", "answers", "dictionary_version_id", "freshness",
        "registered_on", "last_interview_on", "source_id",
    ),
    MEMBER: (
        "id", "zone_path", "family_name", "given_name", "everyday_name", "father_name",
        "mother_name", "sex", "birth_from", "birth_to", "birth_precision", "birth_known_by",
        "phone_sealed", "phone_index", "status", "answers", "dictionary_version_id", "source_id",
        "membership_id", "household_id", "relationship", "is_head", "is_principal", "is_absent",
        "started_on", "end_reason", "names",
    ),
    IDENTIFIER: (
        "id", "zone_path", "person_id", "kind", "value_sealed", "value_index", "issuer",
        "verified_by", "source_id",
    ),
    ORIGIN: ("id", "zone_path", "household_id", "zone_id", "arrived_on"),
}  # fmt: skip
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r", "\0": ""})
_TO_ESCAPE = re.compile(r"[\\\t\n\r\0]")


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for all households of a list. `zones`: id → path of those that may be written."""

    dictionary: Dictionary
    dictionary_version_id: int
    source_id: UUID
    today: dt.date
    collected_on: dt.date
    zones: Mapping[int, str]


@dataclass(slots=True)
class PreparedHousehold:
    """A household that may enter: ids given, values sealed, rows as COPY takes them."""

    id: UUID
    registry_number: str
    has_given_number: bool
    # As rows write ids.
    persons: tuple[str, ...]
    rows: dict[str, list[str]] = field(default_factory=dict)


def prepare_household(
    entry: HouseholdEntry, terms: Terms
) -> tuple[PreparedHousehold | None, list[Problem]]:
    """Check a household with all its members and write its rows; say everything that is wrong.

    Every member is new to the registry.
    """
    members = [member.facts for member in entry.members]
    numbers: Numbers = [member.identifiers for member in entry.members]
    facts = entry.household
    problems = check_household(
        facts,
        members,
        dictionary=terms.dictionary,
        today=terms.today,
        collected_on=terms.collected_on,
        identifiers=numbers,
    )
    if facts.zone_id not in terms.zones:
        problems.append(Problem("registry.zone_not_yours", "zone_code", None, {"zone": ""}))
    if problems:
        return None, problems
    return _write(entry, terms), []


def _write(entry: HouseholdEntry, terms: Terms) -> PreparedHousehold:
    facts = entry.household
    given = facts.registry_number
    persons = [_id_of(member) for member in entry.members]
    prepared = PreparedHousehold(
        id=facts.id or new_id(),
        registry_number=given or draw_number(),
        has_given_number=given is not None,
        persons=tuple([person_id.hex for person_id in persons]),
    )
    path, source = terms.zones[facts.zone_id], terms.source_id.hex
    prepared.rows[HOUSEHOLD] = [_household(prepared, entry, path, terms)]
    # In order, so that members stand on the page as they stand in the list.
    links = new_hexes(len(entry.members))
    household_id, day = prepared.id.hex, facts.registered_on.isoformat()
    read_with = (str(terms.dictionary_version_id), source)
    written: list[str] = []
    numbers: list[str] = []
    for person_id, link, member in zip(persons, links, entry.members, strict=True):
        person = member.facts.person
        assert isinstance(person, PersonFacts)  # noqa: S101 (every member is new)
        written.append(
            _line((
                person_id.hex,
                path,
                *_person(person_id, person),
                *read_with,
                link,
                household_id,
                *_membership(member.facts, day),
                _names(person.given_name, person.family_name, person.everyday_name),
            ))
        )  # fmt: skip
        if member.identifiers:
            numbers.extend(_identifiers(person_id, member, path, source))
    prepared.rows[MEMBER] = written
    if numbers:
        prepared.rows[IDENTIFIER] = numbers
    if entry.origin is not None:
        arrived = _day(entry.origin.arrived_on)
        origin = (new_id().hex, path, household_id, str(entry.origin.zone_id), arrived)
        prepared.rows[ORIGIN] = [_line(origin)]
    return prepared


def _id_of(member: MemberEntry) -> UUID:
    person = member.facts.person
    return (person.id if isinstance(person, PersonFacts) else person) or new_id()


def _household(prepared: PreparedHousehold, entry: HouseholdEntry, path: str, terms: Terms) -> str:
    facts, now = entry.household, entry.place_now
    position = facts.position or Position(0, 0)
    registered_on = facts.registered_on.isoformat()
    return _line(
        (
            prepared.id.hex,
            path,
            prepared.registry_number,
            facts.compound_id.hex if facts.compound_id else r"\N",
            str(facts.zone_id),
            registered_on,
            str(now.zone_id) if now else r"\N",
            now.kind if now else "",
            _day(now.since if now else None),
            _tidy(facts.address),
            repr(position.lon) if facts.position else r"\N",
            repr(position.lat) if facts.position else r"\N",
            repr(position.accuracy_m) if position.accuracy_m is not None else r"\N",
            "t" if facts.is_position_hidden else "f",
            "active",
            _json(facts.answers),
            str(terms.dictionary_version_id),
            _json(facts.freshness),
            registered_on,
            _day(facts.last_interview_on),
            terms.source_id.hex,
        )
    )


def _person(person_id: UUID, facts: PersonFacts) -> tuple[str, ...]:
    """Who somebody is, from the names to the answers."""
    birth = facts.birth
    phone = parse_phone(facts.phone) if facts.phone else None
    sealed = index = r"\N"
    if phone:
        sealed = _bytes(seal(phone, table="registry_person", column="phone", row=person_id))
        index = _bytes(blind_index(phone, kind="phone"))
    return (
        _tidy(facts.family_name),
        _tidy(facts.given_name),
        _tidy(facts.everyday_name),
        _tidy(facts.father_name),
        _tidy(facts.mother_name),
        facts.sex,
        birth.first.isoformat() if birth else r"\N",
        birth.last.isoformat() if birth else r"\N",
        birth.precision if birth else "",
        birth.known_by if birth else "",
        sealed,
        index,
        "alive",
        _json(facts.answers),
    )


def _membership(facts: MemberFacts, day: str) -> tuple[str, ...]:
    """How somebody belongs to the household, from the relationship on."""
    return (
        facts.relationship,
        "t" if facts.relationship == HEAD else "f",
        "t" if facts.is_principal else "f",
        "t" if facts.is_absent else "f",
        facts.started_on.isoformat() if facts.started_on else day,
        "",
    )


def _identifiers(person_id: UUID, member: MemberEntry, path: str, source: str) -> Iterable[str]:
    for number in member.identifiers:
        value, row = parse_identifier(number.kind, number.value) or "", new_id()
        yield _line(
            (
                row.hex,
                path,
                person_id.hex,
                number.kind,
                _bytes(seal(value, table="registry_identifier", column="value", row=row)),
                _bytes(blind_index(value, kind=number.kind)),
                _text(number.issuer),
                "",
                source,
            )
        )


@lru_cache(maxsize=50_000)
def _names(given: str, family: str, everyday: str) -> str:
    """The names to be found by, as an array; folded, so nothing in them needs an escape."""
    found = searchable_names(_plain(given), _plain(family), _plain(everyday))
    return "{" + ",".join(f'"{name}"' for name in found) + "}"


def _plain(text: str) -> str:
    return " ".join(text.split())


@lru_cache(maxsize=50_000)
def _tidy(text: str) -> str:
    """Keep the spelling, without stray spaces; what COPY reads as marks is escaped."""
    return _text(_plain(text))


def _text(text: str) -> str:
    return text.translate(_ESCAPES) if _TO_ESCAPE.search(text) else text


def _json(values: Mapping[str, object]) -> str:
    """Answers as COPY takes them: JSON holds no mark of its own but the backslash."""
    return to_json(values).decode().replace("\\", r"\\") if values else "{}"


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else r"\N"


def _bytes(value: bytes) -> str:
    return r"\\x" + value.hex()


def _line(values: Iterable[str]) -> str:
    return "\t".join(values) + "\n"
