"""The named persons of the tests, entered by the registry's own actions."""

import datetime as dt
from dataclasses import dataclass

from django.db import models

from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.registry.actions import add_known_person, new_source, register_household
from gwa.registry.models import Household, Membership, Person, Source
from gwa.registry.rules.births import born_in_year, born_on
from gwa.registry.rules.facts import HouseholdFacts, MemberFacts, PersonFacts, Position
from gwa.testing.places import TestPlaces
from gwa.variables.models import DictionaryVersion
from gwa.zones.models import Zone

REGISTERED_ON = dt.date(2025, 3, 14)
# The days on which tests let things happen, all past and in order.
LATER = dt.date(2025, 9, 1)
LATER_STILL = dt.date(2026, 2, 1)

MOUSSA = Actor(label="moussa", right="registry.register_household")  # enumerator in Socoura
FATOU = Actor(label="fatou", right="registry.correct_household")  # supervisor of another cercle


@dataclass(slots=True)
class Cast:
    """Two households of Sévaré and one of Gao.

    Awa leads hers, with her children Binta and Seydou and her mother Kadia. Bakary leads the
    neighbours', with his wife Oumou. Aïcha leads the one of Gao.
    """

    places: TestPlaces
    household: Household
    neighbours: Household
    far: Household

    def person(self, given_name: str) -> Person:
        """Return somebody of the cast by given name."""
        found: Person = Person.objects.get(given_name=given_name)
        return found

    def membership(self, given_name: str) -> Membership:
        """Return somebody's current principal membership."""
        found: Membership = Membership.objects.current().get(
            person__given_name=given_name, is_principal=True
        )
        return found

    def second_hearth(self, given_name: str, household: Household | None = None) -> Membership:
        """Give somebody a secondary membership, in Awa's household unless another is named."""
        return add_known_person(
            household=household or self.household,
            person=self.person(given_name),
            relationship="other_relative",
            is_principal=False,
            on=REGISTERED_ON,
            source=interview(),
            actor=MOUSSA,
        )

    def with_dictionary(self, version: DictionaryVersion) -> Household:
        """Let Awa's household have been asked with a version of the dictionary."""
        self.household.dictionary_version = version
        save_row(row=self.household)
        return self.household

    def interviewed(self, household: Household, on: dt.date) -> None:
        """Let a household have been interviewed on that day."""
        household.last_interview_on = on
        save_row(row=household)

    def bulk_household(self, source: Source) -> Household:
        """Add a household of one person as bulk loads do; `gwa.bulk` must be on."""
        return register_household(
            household=place(self.places.konna),
            members=[MemberFacts(person=facts("Ali", "Tall", "M"), relationship="head")],
            source=source,
            actor=MOUSSA,
        )


@action
def save_row(*, row: models.Model) -> None:
    """Save a row that no verb makes yet, as one change."""
    row.save()
    record("test.row_saved", subject=row, actor=FATOU)


def interview(on: dt.date = REGISTERED_ON) -> Source:
    """An interview of that day."""
    return new_source(Source.Kind.INTERVIEW, "entretien", on)


def correction(on: dt.date = LATER) -> Source:
    """A correction at the desk, of that day."""
    return new_source(Source.Kind.OPERATOR, FATOU.label, on)


def facts(given: str, family: str, sex: str, year: int = 1980) -> PersonFacts:
    """A person of whom little is known."""
    return PersonFacts(given_name=given, family_name=family, sex=sex, birth=born_in_year(year))


def place(zone: Zone, **more: object) -> HouseholdFacts:
    """A household of that zone of which little is known."""
    return HouseholdFacts(zone_id=zone.pk, registered_on=REGISTERED_ON, **more)  # type: ignore[arg-type]


def make_cast(places: TestPlaces) -> Cast:
    """Register the three households."""
    awa = PersonFacts(
        given_name="Awa",
        family_name="Traoré",
        sex="F",
        birth=born_on(dt.date(1984, 5, 2), known_by="paper"),
        everyday_name="Awa Ba",
        phone="76 12 34 56",
    )
    household = register_household(
        household=place(
            places.sevare, address="derrière la mosquée", position=Position(-4.1, 14.53, 8.0)
        ),
        members=[
            MemberFacts(person=awa, relationship="head"),
            MemberFacts(person=facts("Binta", "Diarra", "F", 2008), relationship="child"),
            MemberFacts(person=facts("Seydou", "Diarra", "M", 2012), relationship="child"),
            MemberFacts(person=facts("Kadia", "Coulibaly", "F", 1955), relationship="parent"),
        ],
        source=interview(),
        actor=MOUSSA,
    )
    neighbours = register_household(
        household=place(places.sevare),
        members=[
            MemberFacts(person=facts("Bakary", "Cissé", "M", 1970), relationship="head"),
            MemberFacts(person=facts("Oumou", "Sangaré", "F", 1978), relationship="spouse"),
        ],
        source=interview(),
        actor=MOUSSA,
    )
    far = register_household(
        household=place(places.berrah),
        members=[MemberFacts(person=facts("Aïcha", "Walet", "F", 1990), relationship="head")],
        source=interview(),
        actor=MOUSSA,
    )
    return Cast(places=places, household=household, neighbours=neighbours, far=far)
