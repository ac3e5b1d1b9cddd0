"""Everything the page of a person shows."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from gwa.common.access import Person as Reader
from gwa.registry.models import Document, Identifier, Membership, Person, Source
from gwa.registry.queries.answers import AnswerSection, sections_of
from gwa.registry.queries.differences import Difference, sight_of, tell_losers
from gwa.registry.queries.places import Place, names_of_paths
from gwa.registry.words import birth_of, say_age, say_birth


@dataclass(frozen=True, slots=True)
class PersonPage:
    """The page of a person: who, where counted, numbers, answers."""

    person: Person
    age: str
    birth: str
    place: Place
    memberships: tuple[tuple[Membership, Place], ...]
    identifiers: tuple[Identifier, ...]
    documents: tuple[Document, ...]
    sections: tuple[AnswerSection, ...]
    losers: list[tuple[Difference, Source]]

    @property
    def principal(self) -> Membership | None:
        """Where the person is counted now."""
        for membership, _place in self.memberships:
            if membership.is_principal and membership.ended_on is None:
                return membership
        return None

    @property
    def last_household_id(self) -> UUID | None:
        """The household to go back to."""
        return self.memberships[0][0].household_id if self.memberships else None


def find_person(person_id: UUID, reader: Reader) -> Person | None:
    """Return the person where the reader may see them."""
    visible = Person.objects.visible_to(reader)  # type: ignore[arg-type]
    found: Person | None = (
        visible.select_related("dictionary_version", "source").filter(pk=person_id).first()
    )
    return found


def read_person_page(person: Person, reader: Reader, on: dt.date) -> PersonPage:
    """Gather what the page shows to this reader."""
    memberships = list(
        Membership.objects.filter(person=person)
        .select_related("household")
        .order_by("-ended_on", "-is_principal", "-started_on")
    )
    memberships.sort(key=lambda one: one.ended_on is not None)
    places = names_of_paths([person.zone_path, *(one.household.zone_path for one in memberships)])
    return PersonPage(
        person=person,
        age=say_age(person, person.deceased_on or on),
        birth=say_birth(birth_of(person)),
        place=places[person.zone_path],
        memberships=tuple((one, places[one.household.zone_path]) for one in memberships),
        identifiers=tuple(
            Identifier.objects.filter(person=person)
            .select_related("source")
            .order_by("ended_on", "kind", "id")
        ),
        documents=tuple(
            Document.objects.filter(person=person, removed_at__isnull=True).order_by("-added_at")
        ),
        sections=tuple(
            sections_of(person, with_sensitive=reader.has_right("registry.read_sensitive"))
        ),
        losers=tell_losers(person, sight=sight_of(reader)),
    )
