"""Registering a household."""

import dataclasses
import datetime as dt

import pytest

from gwa.common.scope import scoped
from gwa.journal.models import Entry
from gwa.registry import errors
from gwa.registry.actions import register_household
from gwa.registry.models import Household, Membership, Person, PersonName, Version
from gwa.registry.rules.facts import MemberFacts, Position
from gwa.registry.rules.numbers import complete_number, is_registry_number
from gwa.testing.cast import LATER, MOUSSA, REGISTERED_ON, Cast, facts, interview, place
from gwa.testing.places import TestPlaces

HEAD = MemberFacts(person=facts("Salif", "Keïta", "M"), relationship="head")


def register(places: TestPlaces, *, members=(HEAD,), **more) -> Household:
    return register_household(
        household=place(places.sevare, **more), members=members, source=interview(), actor=MOUSSA
    )


def test_a_household_is_entered_with_its_members(cast: Cast):
    household = cast.household
    assert is_registry_number(household.registry_number)
    assert (household.status, household.registered_on) == ("active", REGISTERED_ON)
    members = Membership.objects.current().filter(household=household)
    assert members.count() == 4
    assert members.get(is_head=True).person.given_name == "Awa"
    assert {member.zone_path for member in members} == {cast.places.sevare.path}
    assert cast.person("Awa").phone == "22376123456"
    assert PersonName.objects.filter(person=cast.person("Awa")).count() == 2


def test_it_leaves_one_line_and_a_version_for_each_row(cast: Cast):
    line = Entry.objects.get(subject_id=str(cast.household.pk))
    assert (line.action, line.data["members"]) == ("registry.household_registered", 4)
    versions = Version.objects.filter(change_id=line.change_id)
    assert versions.count() == 1 + 4 + 4
    assert set(versions.values_list("operation", flat=True)) == {"I"}


def test_a_known_person_may_be_the_head_of_a_second_hearth(cast: Cast):
    bakary = cast.person("Bakary")
    second = register(
        cast.places,
        members=[
            MemberFacts(person=bakary.pk, relationship="head", is_principal=False),
            MemberFacts(person=facts("Rokia", "Koné", "F"), relationship="spouse"),
        ],
    )
    assert Membership.objects.current().filter(person=bakary).count() == 2
    assert Person.objects.filter(given_name="Bakary").count() == 1
    assert Membership.objects.current().filter(household=second).count() == 2


def test_a_number_from_a_receipt_is_kept(cast: Cast):
    number = complete_number(1234567890)
    assert register(cast.places, registry_number=number).registry_number == number


@pytest.mark.parametrize("members", [[], [HEAD, HEAD]], ids=["no head", "two heads"])
def test_exactly_one_head_is_needed(cast: Cast, members):
    with pytest.raises(errors.HeadNotOne):
        register(cast.places, members=members)


def test_a_wrong_or_taken_number_is_refused(cast: Cast):
    for number in ("123456789000", cast.household.registry_number):
        with pytest.raises(errors.RegistryNumberRefused):
            register(cast.places, registry_number=number)


def test_a_commune_is_no_place_to_be_attached_to(cast: Cast):
    with pytest.raises(errors.ZoneNotSettlement):
        register_household(
            household=place(cast.places.socoura), members=[HEAD], source=interview(), actor=MOUSSA
        )


def test_a_zone_of_the_past_is_refused(cast: Cast):
    cast.places.sevare.valid_to = LATER
    cast.places.sevare.save()
    with pytest.raises(errors.ZoneClosed):
        register(cast.places)


def test_a_zone_that_is_not_mine_is_refused(cast: Cast):
    with scoped([cast.places.gao.path]), pytest.raises(errors.ZoneNotYours):
        register(cast.places)


def test_nothing_happens_tomorrow(cast: Cast):
    tomorrow = dt.date.today() + dt.timedelta(days=1)  # noqa: DTZ011 (any day to come)
    asked = dataclasses.replace(place(cast.places.sevare), registered_on=tomorrow)
    with pytest.raises(errors.DayInFuture):
        register_household(household=asked, members=[HEAD], source=interview(), actor=MOUSSA)


def test_a_position_off_the_earth_is_refused(cast: Cast):
    with pytest.raises(errors.PositionOffEarth):
        register(cast.places, position=Position(14.5, -194.0))


def test_a_person_counted_elsewhere_is_refused(cast: Cast):
    oumou = MemberFacts(person=cast.person("Oumou").pk, relationship="spouse")
    with pytest.raises(errors.CountedElsewhere):
        register(cast.places, members=[HEAD, oumou])


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"given_name": "  "}, errors.ValueRefused),
        ({"sex": "X"}, errors.ValueRefused),
        ({"phone": "12"}, errors.PhoneMalformed),
        ({"answers": {"rooms": 3}}, errors.AnswersWithoutDictionary),
    ],
)
def test_what_cannot_be_said_of_a_person_is_refused(cast: Cast, change, refusal):
    odd = dataclasses.replace(facts("Salif", "Keïta", "M"), **change)
    before = Household.objects.count()
    with pytest.raises(refusal):
        register(cast.places, members=[MemberFacts(person=odd, relationship="head")])
    assert Household.objects.count() == before
