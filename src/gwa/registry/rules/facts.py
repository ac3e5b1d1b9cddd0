"""What is told to the registry: plain frozen values, whoever brings them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

HEAD = "head"


@dataclass(frozen=True, slots=True)
class BirthFacts:
    """What is known of a birth: it lies between two days, both included.

    `precision`: day, month, year or range. `known_by`: paper, declared, event or relative.
    """

    first: dt.date
    last: dt.date
    precision: str
    known_by: str = "declared"


@dataclass(frozen=True, slots=True)
class Position:
    """A point on earth (WGS 84) and how sure the device was, in metres."""

    lon: float
    lat: float
    accuracy_m: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """What is known of one human being. `phone` is written as people write it.

    `id` is given by those who must find the row again once it is there.
    """

    given_name: str
    family_name: str
    sex: str
    birth: BirthFacts | None = None
    everyday_name: str = ""
    father_name: str = ""
    mother_name: str = ""
    phone: str = ""
    answers: Mapping[str, object] = field(default_factory=dict)
    dictionary_version_id: int | None = None
    id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFacts:
    """A person in a household: someone new (`PersonFacts`) or someone known (the row's id).

    `started_on` is the day of arrival; None means the day of the action.
    """

    person: PersonFacts | UUID
    relationship: str
    is_principal: bool = True
    is_absent: bool = False
    started_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdFacts:
    """What is known of a household apart from its members.

    `registry_number` is given only when a pre-allocated one was handed out on a receipt. `id` is
    given by those who may send the same household twice: the second time it is known.
    """

    zone_id: int
    registered_on: dt.date
    address: str = ""
    compound_id: UUID | None = None
    position: Position | None = None
    is_position_hidden: bool = False
    answers: Mapping[str, object] = field(default_factory=dict)
    dictionary_version_id: int | None = None
    last_interview_on: dt.date | None = None
    freshness: Mapping[str, str] = field(default_factory=dict)
    registry_number: str | None = None
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class IdentifierFacts:
    """A number that another body gave, as people write it."""

    kind: str
    value: str
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class PlaceNowFacts:
    """Where a household is when it is not where it is attached."""

    zone_id: int
    kind: str
    since: dt.date


@dataclass(frozen=True, slots=True)
class OriginFacts:
    """Where a displaced household comes from."""

    zone_id: int
    arrived_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberEntry:
    """Somebody who enters with a whole household, and the numbers that come along."""

    facts: MemberFacts
    identifiers: tuple[IdentifierFacts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdEntry:
    """A household and everybody in it: enters whole, or not at all."""

    household: HouseholdFacts
    members: tuple[MemberEntry, ...]
    place_now: PlaceNowFacts | None = None
    origin: OriginFacts | None = None
