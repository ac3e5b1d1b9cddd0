"""One household becomes two."""

import dataclasses
import datetime as dt

import pytest

from gwa.common.scope import scoped
from gwa.journal.models import Entry
from gwa.registry import errors
from gwa.registry.actions import split_household
from gwa.registry.models import Household, Membership
from gwa.testing.cast import FATOU, LATER, REGISTERED_ON, Cast, correction, place


def split(cast: Cast, names, head: str, zone=None, on=LATER, **more) -> Household:
    founded = dataclasses.replace(place(zone or cast.places.sevare), registered_on=LATER)
    return split_household(
        household=cast.household,
        leaving=[cast.membership(name) for name in names],
        new_head=cast.membership(head),
        household_facts=founded,
        on=on,
        source=correction(),
        actor=FATOU,
        reason="mariage",
        **more,
    )


def test_those_who_leave_found_a_household_with_its_own_number(cast: Cast):
    founded = split(cast, ["Binta", "Seydou"], "Binta")
    assert founded.registry_number != cast.household.registry_number
    members = Membership.objects.current().filter(household=founded)
    assert dict(members.values_list("person__given_name", "relationship")) == {
        "Binta": "head",
        "Seydou": "sibling",
    }
    assert Membership.objects.current().filter(household=cast.household).count() == 2
    left = Membership.objects.filter(household=cast.household, ended_on=LATER)
    assert set(left.values_list("end_reason", flat=True)) == {"moved"}
    assert Entry.objects.filter(action="registry.household_split").count() == 2


def test_it_may_settle_outside_my_zones(cast: Cast):
    with scoped([cast.places.socoura.path]):
        split(cast, ["Binta"], "Binta", zone=cast.places.berrah)
    assert cast.person("Binta").zone_path == cast.places.berrah.path


def test_links_may_be_said(cast: Cast):
    seydou = cast.membership("Seydou").pk
    founded = split(cast, ["Binta", "Seydou"], "Binta", links={seydou: "fostered_child"})
    link = Membership.objects.get(household=founded, person__given_name="Seydou").relationship
    assert link == "fostered_child"


@pytest.mark.parametrize(
    ("names", "head", "refusal"),
    [
        (["Awa", "Binta"], "Binta", errors.SplitTakesHead),
        (["Awa", "Binta", "Seydou", "Kadia"], "Binta", errors.SplitEmptiesHousehold),
        (["Bakary"], "Bakary", errors.NotAMember),
        (["Binta"], "Seydou", errors.NotAMember),
        ([], "Binta", errors.NotAMember),
    ],
)
def test_a_split_that_cannot_be_is_refused(cast: Cast, names, head, refusal):
    with pytest.raises(refusal):
        split(cast, names, head)
    assert Household.objects.count() == 3


def test_nobody_leaves_on_the_day_of_arrival(cast: Cast):
    with pytest.raises(errors.DayOutOfOrder):
        split(cast, ["Binta"], "Binta", on=REGISTERED_ON)
    with pytest.raises(errors.DayInFuture):
        split(cast, ["Binta"], "Binta", on=dt.date(2999, 1, 1))
