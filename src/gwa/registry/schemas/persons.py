"""Persons and their identifiers."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Self, TypeVar
from uuid import UUID

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from gwa.common.access import Person as Reader
from gwa.common.api.pages import NextCursor
from gwa.common.api.values import Answers, Body, Name, Note, Number, OtherName, Phone, Reason
from gwa.registry.columns import READ_IDENTIFIER
from gwa.registry.models import Identifier, Membership, Person
from gwa.registry.rules.births import born_in_year, born_on
from gwa.registry.rules.facts import BirthFacts, PersonFacts
from gwa.registry.schemas.codes import (
    BirthKnownBy,
    BirthPrecision,
    IdentifierKind,
    PersonStatus,
    Sex,
)
from gwa.registry.schemas.memberships import MembershipOut
from gwa.registry.schemas.reading import read_answers
from gwa.registry.schemas.sources import SourceIn

NAMES = ("given_name", "family_name", "everyday_name", "father_name", "mother_name")
_BIRTH = ("birth_date", "birth_year", "birth_from", "birth_to", "birth_known_by")


class IdentifierOut(BaseModel):
    """A number that another body gave to the person."""

    identifier_id: UUID
    kind: IdentifierKind
    value: str | None = Field(description="Null without the right `registry.read_identifier`.")
    issuer: str
    is_claim: bool = Field(description="Another living person holds it: to be reviewed.")
    verified_on: dt.date | None

    @classmethod
    def of(cls, identifier: Identifier, *, with_value: bool) -> "IdentifierOut":
        """Tell of an identifier."""
        return cls(
            identifier_id=identifier.pk,
            kind=IdentifierKind(identifier.kind),
            value=identifier.value if with_value else None,
            issuer=identifier.issuer,
            is_claim=identifier.is_claim,
            verified_on=identifier.verified_on,
        )


C = TypeVar("C")


def _known(codes: Callable[[str], C], value: str) -> C | None:
    """Return a code, or nothing where the column is empty."""
    return codes(value) if value else None


class PersonOut(BaseModel):
    """One human being, with where the person belongs now."""

    person_id: UUID
    person_status: PersonStatus
    merged_into_id: UUID | None = Field(description="The person who stands for a merged one.")
    given_name: str
    family_name: str
    everyday_name: str
    father_name: str
    mother_name: str
    sex: Sex
    birth_from: dt.date | None = Field(description="The person was born on this day or later.")
    birth_to: dt.date | None = Field(description="The person was born on this day or before.")
    birth_precision: BirthPrecision | None
    birth_known_by: BirthKnownBy | None
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
            person_status=PersonStatus(person.status),
            merged_into_id=person.merged_into_id,
            **{name: getattr(person, name) for name in NAMES},
            sex=Sex(person.sex),
            birth_from=person.birth_from,
            birth_to=person.birth_to,
            birth_precision=_known(BirthPrecision, person.birth_precision),
            birth_known_by=_known(BirthKnownBy, person.birth_known_by),
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
    birth_known_by: BirthKnownBy | None = None

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
        known_by = self.birth_known_by.value if self.birth_known_by else "declared"
        if self.birth_date is not None:
            return born_on(self.birth_date, known_by=known_by)
        if self.birth_year is not None:
            return born_in_year(self.birth_year, known_by=known_by)
        if self.birth_from is not None and self.birth_to is not None:
            return BirthFacts(self.birth_from, self.birth_to, "range", known_by)
        return None


class PersonIn(BirthIn):
    """A person whom the registry does not know."""

    given_name: Name
    family_name: Name
    everyday_name: OtherName = ""
    father_name: OtherName = ""
    mother_name: OtherName = ""
    sex: Sex
    phone: Phone = ""
    answers: Answers = Field(default={})

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

    given_name: Name | None = None
    family_name: Name | None = None
    everyday_name: OtherName | None = None
    father_name: OtherName | None = None
    mother_name: OtherName | None = None
    sex: Sex | None = None
    phone: Phone | None = None
    deceased_on: dt.date | None = None
    answers: Answers = Field(default={})

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

    kind: IdentifierKind
    value: Number
    issuer: OtherName = ""
    reason: Note = ""
    source: SourceIn = SourceIn()
