"""Households, and the members they are registered with."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from gwa.common.access import Person as Reader
from gwa.common.api.pages import NextCursor
from gwa.common.api.values import Address, Answers, Body, Note, Phone, Reason, ZoneCode
from gwa.registry.columns import READ_ORIGIN
from gwa.registry.models import Household, HouseholdOrigin, Membership
from gwa.registry.rules.facts import HouseholdFacts, MemberFacts, Position
from gwa.registry.rules.positions import shown_position
from gwa.registry.schemas.codes import HouseholdStatus, MemberRelationship, PlaceKind
from gwa.registry.schemas.memberships import MembershipOut
from gwa.registry.schemas.persons import PersonIn
from gwa.registry.schemas.reading import read_answers
from gwa.registry.schemas.sources import SourceIn


class HouseholdLine(BaseModel):
    """A household without its members."""

    household_id: UUID
    registry_number: str
    status: HouseholdStatus
    merged_into_id: UUID | None = Field(description="The household that replaces a merged one.")
    zone_code: str
    name_of_zone: str
    attached_on: dt.date
    place_now: str | None = Field(description="Code of the zone where it is, if elsewhere.")
    place_now_kind: PlaceKind | None
    place_now_since: dt.date | None
    address: str
    lat: float | None = Field(description="Null where unknown or hidden.")
    lon: float | None
    accuracy_m: float | None
    is_position_hidden: bool
    is_position_rounded: bool = Field(description="To a tenth of a degree, for the displaced.")
    origin: str | None = Field(description="Code of the zone it fled; null or withheld.")
    arrived_on: dt.date | None
    respondent_id: UUID | None
    recipient_id: UUID | None
    registered_on: dt.date
    last_interview_on: dt.date | None
    ended_on: dt.date | None
    dictionary_version: int | None
    answers: Answers
    withheld: list[str] = Field(description="What this machine has not the right to read.")

    @classmethod
    def facts(
        cls, household: Household, reader: Reader, origin: HouseholdOrigin | None
    ) -> dict[str, Any]:
        """Gather what the reader may know of a household; its zones are already read."""
        position = shown_position(
            household.lon,
            household.lat,
            is_hidden=household.is_position_hidden,
            is_displaced=household.place_now_kind in Household.DISPLACED,
        )
        is_rounded = position is not None and position.is_rounded
        may_origin = reader.has_right(READ_ORIGIN)
        answers, withheld = read_answers(household, reader)
        if not may_origin:
            withheld += ["origin", "arrived_on"]
        version, place_now = household.dictionary_version, household.place_now
        return {
            "household_id": household.pk,
            **{name: getattr(household, name) for name in _PLAIN},
            "zone_code": household.zone.code,
            "name_of_zone": household.zone.name,
            "place_now": place_now.code if place_now else None,
            "place_now_kind": household.place_now_kind or None,
            "lat": position.lat if position else None,
            "lon": position.lon if position else None,
            "accuracy_m": household.accuracy_m if position and not is_rounded else None,
            "is_position_rounded": is_rounded,
            "origin": origin.zone.code if origin and may_origin else None,
            "arrived_on": origin.arrived_on if origin and may_origin else None,
            "dictionary_version": version.number if version else None,
            "answers": answers,
            "withheld": sorted(withheld),
        }


_PLAIN = (
    "registry_number",
    "status",
    "merged_into_id",
    "attached_on",
    "place_now_since",
    "address",
    "is_position_hidden",
    "respondent_id",
    "recipient_id",
    "registered_on",
    "last_interview_on",
    "ended_on",
)


class MemberOut(MembershipOut):
    """A present member: the membership, and who the person is. The rest is in `/persons`."""

    given_name: str
    family_name: str
    sex: str
    birth_from: dt.date | None
    birth_to: dt.date | None


class HouseholdOut(HouseholdLine):
    """A household with its present members, the head first."""

    size: int = Field(description="How many persons are counted in it.")
    members: list[MemberOut]

    @classmethod
    def of(
        cls,
        household: Household,
        reader: Reader,
        *,
        origin: HouseholdOrigin | None,
        members: Iterable[Membership],
    ) -> "HouseholdOut":
        """Tell of a household and its members."""
        members = list(members)
        return cls(
            **cls.facts(household, reader, origin),
            size=sum(member.is_principal for member in members),
            members=[
                MemberOut(
                    **MembershipOut.of(member).model_dump(),
                    given_name=member.person.given_name,
                    family_name=member.person.family_name,
                    sex=member.person.sex,
                    birth_from=member.person.birth_from,
                    birth_to=member.person.birth_to,
                )
                for member in members
            ],
        )


class HouseholdPage(BaseModel):
    """Some households, in the order in which they were entered."""

    items: list[HouseholdLine]
    next_cursor: NextCursor


class PositionIn(Body):
    """Where the household lives (WGS 84)."""

    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    accuracy_m: float | None = Field(default=None, ge=0, le=100_000)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.lat is None) != (self.lon is None):
            raise PydanticCustomError("position_whole", "lat and lon go together")
        return self

    def position(self) -> Position | None:
        """Return the point."""
        if self.lat is None or self.lon is None:
            return None
        return Position(lon=self.lon, lat=self.lat, accuracy_m=self.accuracy_m)


class MemberIn(PersonIn):
    """A new person as a member. Exactly one member of a new household is its `head`."""

    relationship: MemberRelationship
    is_principal: bool = True
    is_absent: bool = False
    started_on: dt.date | None = Field(default=None, description="Not given: the day of entry.")

    def as_member(self, dictionary_version_id: int | None) -> MemberFacts:
        """Return the member as facts."""
        return MemberFacts(
            person=self.as_facts(dictionary_version_id),
            relationship=self.relationship.value,
            is_principal=self.is_principal,
            is_absent=self.is_absent,
            started_on=self.started_on,
        )


class HouseholdIn(PositionIn):
    """A household to register with all its members, in one go."""

    zone_code: ZoneCode = Field(description="Village, quartier or fraction in force.")
    registered_on: dt.date
    registry_number: Phone | None = Field(
        default=None, description="Only where a receipt already bears it; else one is drawn."
    )
    address: Address = ""
    is_position_hidden: bool = False
    last_interview_on: dt.date | None = None
    dictionary_version: int | None = Field(
        default=None, ge=1, le=32767, description="Version of `answers`; none: the one in service."
    )
    answers: Answers = Field(default={})
    members: list[MemberIn] = Field(min_length=1, max_length=200)
    reason: Note = ""
    source: SourceIn = SourceIn()

    @property
    def has_answers(self) -> bool:
        """Tell whether a version of the dictionary is needed to read the answers."""
        return bool(self.answers) or any(member.answers for member in self.members)

    def as_household(self, zone_id: int, dictionary_version_id: int | None) -> HouseholdFacts:
        """Return the household as facts."""
        return HouseholdFacts(
            zone_id=zone_id,
            registered_on=self.registered_on,
            registry_number=self.registry_number or None,
            address=self.address,
            position=self.position(),
            is_position_hidden=self.is_position_hidden,
            last_interview_on=self.last_interview_on,
            answers=self.answers,
            dictionary_version_id=dictionary_version_id if self.answers else None,
        )


class HouseholdChanges(PositionIn):
    """The values to correct; a name that is not given stays as it is, null erases."""

    address: Address | None = None
    is_position_hidden: bool | None = None
    registered_on: dt.date | None = None
    last_interview_on: dt.date | None = None
    answers: Answers = Field(default={})

    def as_changes(self) -> Mapping[str, object]:
        """Return what `correct_household` takes."""
        given = self.model_fields_set
        names = ("address", "is_position_hidden", "registered_on", "last_interview_on")
        changes: dict[str, object] = {name: getattr(self, name) for name in names if name in given}
        if given & {"lat", "lon", "accuracy_m"}:
            changes["position"] = self.position()
        return changes | {f"answers.{name}": value for name, value in self.answers.items()}


class HouseholdCorrection(Body):
    """A correction of a household, with why and where it comes from."""

    changes: HouseholdChanges
    reason: Reason
    source: SourceIn = SourceIn()


class MemberEntry(Body):
    """Somebody to add to a household: a new person, or one the registry knows."""

    member: MemberIn | None = None
    known: "KnownMember | None" = None
    on: dt.date
    dictionary_version: int | None = Field(default=None, ge=1, le=32767)
    reason: Note = ""
    source: SourceIn = SourceIn()

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.member is None) == (self.known is None):
            raise PydanticCustomError("one_member", "give `member` or `known`")
        return self

    @property
    def has_answers(self) -> bool:
        """Tell whether a version of the dictionary is needed to read the answers."""
        return self.member is not None and bool(self.member.answers)

    def as_member(self, dictionary_version_id: int | None) -> MemberFacts:
        """Return whoever is added as facts."""
        if self.known is not None:
            return self.known.as_member()
        if self.member is None:
            raise ValueError("a member is new or known")  # the validator saw to it
        return self.member.as_member(dictionary_version_id)


class KnownMember(Body):
    """A person of the registry: a second hearth, or a return."""

    person_id: UUID
    relationship: MemberRelationship
    is_principal: bool = False
    is_absent: bool = False

    def as_member(self) -> MemberFacts:
        """Return the member as facts."""
        return MemberFacts(
            person=self.person_id,
            relationship=self.relationship.value,
            is_principal=self.is_principal,
            is_absent=self.is_absent,
        )
