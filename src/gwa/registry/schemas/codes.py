"""The codes of the registry under the names that the document gives them.

Several models call theirs `Status` or `Kind`; in one document each needs a name of its own.
"""

from typing import TYPE_CHECKING

from gwa.common.api.values import enum_of
from gwa.registry.models import Household, Identifier, Membership, Person, Relationship

if TYPE_CHECKING:
    Sex = Person.Sex
    BirthKnownBy = Person.BirthKnownBy
    BirthPrecision = Person.BirthPrecision
    PersonStatus = Person.Status
    IdentifierKind = Identifier.Kind
    MemberRelationship = Relationship
    EndReason = Membership.EndReason
    HouseholdStatus = Household.Status
    PlaceKind = Household.PlaceKind
else:
    Sex = enum_of(Person.Sex, "Sex")
    BirthKnownBy = enum_of(Person.BirthKnownBy, "BirthKnownBy")
    BirthPrecision = enum_of(Person.BirthPrecision, "BirthPrecision")
    PersonStatus = enum_of(Person.Status, "PersonStatus")
    IdentifierKind = enum_of(Identifier.Kind, "IdentifierKind")
    MemberRelationship = enum_of(Relationship, "MemberRelationship")
    EndReason = enum_of(Membership.EndReason, "EndReason")
    HouseholdStatus = enum_of(Household.Status, "HouseholdStatus")
    PlaceKind = enum_of(Household.PlaceKind, "PlaceKind")
