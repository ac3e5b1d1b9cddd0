"""Persons and their identifiers."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from gwa.common.access import Person as Reader
from gwa.common.api.pages import NextCursor
from gwa.common.api.values import Answers, Body, Reason, enum_of, text
from gwa.registry.models import Identifier, Membership, Person
from gwa.registry.rules.births import born_between, born_in_year, born_on
from gwa.registry.rules.facts import BirthFacts, PersonFacts
from gwa.registry.schemas.memberships import MembershipOut
from gwa.registry.schemas.reading import read_answers
from gwa.registry.schemas.sources import SourceIn

READ_IDENTIFIER = "registry.read_identifier"
Sex = enum_of(Person.Sex, "Sex")
KnownBy = enum_of(Person.BirthKnownBy, "BirthKnownBy")
Precision = enum_of(Person.BirthPrecision, "BirthPrecision")
PersonStatus = enum_of(Person.Status, "PersonStatus")
IdentifierKind = enum_of(Identifier.Kind, "IdentifierKind")
NAMES = ("given_name", "family_name", "everyday_name", "father_name", "mother_name")
_BIRTH = ("birth_date", "birth_year", "birth_from", "birth_to", "birth_known_by")


class IdentifierOut(BaseModel):
    """A number that another body gave to the person."""

    identifier_id: UUID
    kind: IdentifierKind  # type: ignore[valid-type]
    value: str | None = Field(description="Null without the right `registry.read_identifier`.")
    issuer: str
    is_claim: bool = Field(description="Another living person holds it: to be reviewed.")
    verified_on: dt.date | None

    @classmethod
    def of(cls, identifier: Identifier, *, with_value: bool) -> "IdentifierOut":
        """Tell of an identifier."""
        return cls(
            identifier_id=identifier.pk,
            kind=identifier.kind,
            value=identifier.value if with_value else None,
            issuer=identifier.issuer,
            is_claim=identifier.is_claim,
            verified_on=identifier.verified_on,
        )


class PersonOut(BaseModel):
    """One human being, with where the person belongs now."""

    person_id: UUID
    person_status: PersonStatus  # type: ignore[valid-type]
    merged_into_id: UUID | None = Field(description="The person who stands for a merged one.")
    given_name: str
    family_name: str
    everyday_name: str
    father_name: str
    mother_name: str
    sex: Sex  # type: ignore[valid-type]
    birth_from: dt.date | None = Field(description="The person was born on this day or later.")
    birth_to: dt.date | None = Field(description="The person was born on this day or before.")
    birth_precision: Precision | None  # type: ignore[valid-type]
    birth_known_by: KnownBy | None  # type: ignore[valid-type]
    phone: str | None = Field(description="Null where unknown, or withheld.")
    deceased_on: dt.date | None
    identifiers: list[IdentifierOut]
    memberships: list[MembershipOut] = Field(description="Those that have not ended.")
    dictionary_version: int | None
    answers: Answers
    withheld: list[str] = Field(description="What this machine has not the right to read.")

    @classmethod
    def of(
        cls,
        person: Person,
        reader: Reader,
        *,
        identifiers: Iterable[Identifier],
        memberships: Iterable[Membership],
    ) -> "PersonOut":
        """Tell of a person what the reader may know."""
        may_identify = reader.has_right(READ_IDENTIFIER)
        answers, withheld = read_answers(person, reader)
        if not may_identify:
            withheld += ["phone", "identifiers.value"]
        return cls(
            person_id=person.pk,
            person_status=person.status,
            merged_into_id=person.merged_into_id,
            **{name: getattr(person, name) for name in NAMES},
            sex=person.sex,
            birth_from=person.birth_from,
            birth_to=person.birth_to,
            birth_precision=person.birth_precision or None,
            birth_known_by=person.birth_known_by or None,
            phone=(person.phone or None) if may_identify else None,
            deceased_on=person.deceased_on,
            identifiers=[IdentifierOut.of(one, with_value=may_identify) for one in identifiers],
            memberships=[MembershipOut.of(one) for one in memberships],
            dictionary_version=person.dictionary_version.number
            if person.dictionary_version
            else None,
            answers=answers,
            withheld=sorted(withheld),
        )


class PersonPage(BaseModel):
    """Some persons, in the order in which they were entered."""

    items: list[PersonOut]
    next_cursor: NextCursor


class BirthIn(Body):
    """A birth as it is known: a day, a year, or the days between which it lies."""

    birth_date: dt.date | None = None
    birth_year: int | None = Field(default=None, ge=1850, le=2200)
    birth_from: dt.date | None = None
    birth_to: dt.date | None = None
    birth_known_by: KnownBy | None = None  # type: ignore[valid-type]

    @model_validator(mode="after")
    def _say_it_once(self) -> Self:
        ways = [self.birth_date, self.birth_year, self.birth_from]
        if sum(way is not None for way in ways) > 1 or (
            (self.birth_from is None) != (self.birth_to is None)
        ):
            raise PydanticCustomError("birth_one_way", "say the birth in one way")
        return self

    def birth(self) -> BirthFacts | None:
        """Return what is known as facts."""
        known_by = self.birth_known_by.value if self.birth_known_by else "declared"  # type: ignore[attr-defined]
        if self.birth_date is not None:
            return born_on(self.birth_date, known_by=known_by)
        if self.birth_year is not None:
            return born_in_year(self.birth_year, known_by=known_by)
        if self.birth_from is not None and self.birth_to is not None:
            return BirthFacts(self.birth_from, self.birth_to, "range", known_by)
        return None


class PersonIn(BirthIn):
    """A person whom the registry does not know."""

    given_name: text(least=1, most=120)  # type: ignore[valid-type]
    family_name: text(least=1, most=120)  # type: ignore[valid-type]
    everyday_name: text(most=120) = ""  # type: ignore[valid-type]
    father_name: text(most=120) = ""  # type: ignore[valid-type]
    mother_name: text(most=120) = ""  # type: ignore[valid-type]
    sex: Sex  # type: ignore[valid-type]
    phone: text(most=40) = ""  # type: ignore[valid-type]
    answers: Answers = {}

    def as_facts(self, dictionary_version_id: int | None) -> PersonFacts:
        """Return what is told as facts."""
        return PersonFacts(
            **{name: getattr(self, name) for name in NAMES},
            sex=self.sex.value,
            birth=self.birth(),
            phone=self.phone,
            answers=self.answers,
            dictionary_version_id=dictionary_version_id if self.answers else None,
        )


class PersonChanges(BirthIn):
    """The values to correct; a name that is not given stays as it is, null erases."""

    given_name: text(least=1, most=120) | None = None  # type: ignore[valid-type]
    family_name: text(least=1, most=120) | None = None  # type: ignore[valid-type]
    everyday_name: text(most=120) | None = None  # type: ignore[valid-type]
    father_name: text(most=120) | None = None  # type: ignore[valid-type]
    mother_name: text(most=120) | None = None  # type: ignore[valid-type]
    sex: Sex | None = None  # type: ignore[valid-type]
    phone: text(most=40) | None = None  # type: ignore[valid-type]
    deceased_on: dt.date | None = None
    answers: Answers = {}

    def as_changes(self) -> Mapping[str, object]:
        """Return what `correct_person` takes."""
        given = self.model_fields_set
        changes: dict[str, Any] = {
            name: getattr(self, name) for name in (*NAMES, "phone", "deceased_on") if name in given
        }
        if "sex" in given:
            changes["sex"] = self.sex.value if self.sex else ""
        if given & set(_BIRTH):
            changes["birth"] = self.birth()
        return changes | {f"answers.{name}": value for name, value in self.answers.items()}


class PersonCorrection(Body):
    """A correction of a person, with why and where it comes from."""

    changes: PersonChanges
    reason: Reason
    source: SourceIn = SourceIn()


class IdentifierIn(Body):
    """A number that the person shows."""

    kind: IdentifierKind  # type: ignore[valid-type]
    value: text(least=1, most=60)  # type: ignore[valid-type]
    issuer: text(most=120) = ""  # type: ignore[valid-type]
    reason: text(most=500) = ""  # type: ignore[valid-type]
    source: SourceIn = SourceIn()
