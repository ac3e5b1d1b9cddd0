"""Everything the page of a household shows, in as many queries for fifty members as for one."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from gwa.common.access import Person as Reader
from gwa.registry.models import (
    Document,
    Household,
    HouseholdOrigin,
    Identifier,
    Membership,
    Person,
    Source,
)
from gwa.registry.queries.answers import AnswerSection, sections_of
from gwa.registry.queries.belongings import identifiers_of
from gwa.registry.queries.differences import Difference, sight_of, tell_losers
from gwa.registry.queries.places import Place, names_of_paths
from gwa.registry.rules.positions import ShownPosition, shown_position
from gwa.registry.words import birth_of, say_age, say_birth


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member as the table shows one."""

    membership: Membership
    person: Person
    age: str
    birth: str
    identifiers: tuple[Identifier, ...] = ()
    elsewhere: tuple[Membership, ...] = ()

    @property
    def has_claim(self) -> bool:
        """Tell whether a number of this person waits for review."""
        return any(identifier.is_claim for identifier in self.identifiers)


@dataclass(frozen=True, slots=True)
class HouseholdPage:
    """The page: what is in force first, what waits, what was."""

    household: Household
    place: Place
    place_now: Place | None
    members: tuple[MemberLine, ...]
    former: tuple[MemberLine, ...]
    sections: tuple[AnswerSection, ...]
    documents: tuple[Document, ...]
    losers: list[tuple[Difference, Source]]
    origin: HouseholdOrigin | None
    origin_place: Place | None
    position: ShownPosition | None
    may: dict[str, bool] = field(default_factory=dict)

    @property
    def head(self) -> MemberLine | None:
        """The member who leads."""
        return next((line for line in self.members if line.membership.is_head), None)

    @property
    def counted(self) -> int:
        """How many persons are counted here."""
        return sum(line.membership.is_principal for line in self.members)

    @property
    def claims(self) -> list[MemberLine]:
        """Members one of whose numbers somebody else holds."""
        return [line for line in self.members if line.has_claim]


def find_household(household_id: UUID, reader: Reader) -> Household | None:
    """Return the household where the reader may see it."""
    visible = Household.objects.visible_to(reader)  # type: ignore[arg-type]
    found: Household | None = (
        visible.select_related(
            "zone",
            "place_now",
            "compound",
            "source",
            "respondent",
            "recipient",
            "dictionary_version",
        )
        .filter(pk=household_id)
        .first()
    )
    return found


def read_household_page(household: Household, reader: Reader, on: dt.date) -> HouseholdPage:
    """Gather what the page shows to this reader."""
    memberships = list(
        Membership.objects.filter(household=household)
        .select_related("person")
        .order_by("-is_head", "-is_principal", "person__birth_from", "started_on", "id")
    )
    persons = [membership.person_id for membership in memberships]
    identifiers, elsewhere = identifiers_of(persons), _elsewhere(household, persons)
    lines = [
        MemberLine(
            membership=membership,
            person=membership.person,
            age=say_age(membership.person, on),
            birth=say_birth(birth_of(membership.person)),
            identifiers=tuple(identifiers[membership.person_id]),
            elsewhere=tuple(elsewhere[membership.person_id]),
        )
        for membership in memberships
    ]
    origin = _origin(household) if reader.has_right("registry.read_origin") else None
    places = names_of_paths(
        [
            household.zone_path,
            *([household.place_now.path] if household.place_now else []),
            *([origin.zone.path] if origin else []),
            *(other.zone_path for others in elsewhere.values() for other in others),
        ]
    )
    return HouseholdPage(
        household=household,
        place=places[household.zone_path],
        place_now=places[household.place_now.path] if household.place_now else None,
        members=tuple(line for line in lines if line.membership.ended_on is None),
        former=tuple(line for line in lines if line.membership.ended_on is not None),
        sections=tuple(
            sections_of(household, with_sensitive=reader.has_right("registry.read_sensitive"))
        ),
        documents=_documents(household),
        losers=tell_losers(household, sight=sight_of(reader)),
        origin=origin,
        origin_place=places[origin.zone.path] if origin else None,
        position=position_of(household),
    )


def position_of(household: Household) -> ShownPosition | None:
    """Return what may be shown of where the household lives."""
    return shown_position(
        household.lon,
        household.lat,
        is_hidden=household.is_position_hidden,
        is_displaced=household.place_now_kind in Household.DISPLACED,
    )


def _elsewhere(
    household: Household, persons: Iterable[UUID]
) -> defaultdict[UUID, list[Membership]]:
    """Find the other hearths of the members, as far as the scope sees."""
    found: defaultdict[UUID, list[Membership]] = defaultdict(list)
    rows = Membership.objects.current().filter(person_id__in=list(persons))
    for membership in rows.exclude(household=household).select_related("household"):
        found[membership.person_id].append(membership)
    return found


def _documents(household: Household) -> tuple[Document, ...]:
    rows = Document.objects.filter(household=household, removed_at__isnull=True)
    return tuple(rows.select_related("person").order_by("-added_at"))


def _origin(household: Household) -> HouseholdOrigin | None:
    found: HouseholdOrigin | None = (
        HouseholdOrigin.objects.select_related("zone").filter(household=household).first()
    )
    return found
