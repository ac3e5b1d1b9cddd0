"""Households that leave, dissolve, and are reopened."""

import datetime as dt

import pytest

from gwa.registry import errors
from gwa.registry.actions import (
    add_known_person,
    dissolve_household,
    mark_deceased,
    mark_moved,
    reopen_household,
)
from gwa.registry.models import Household, Membership
from gwa.testing.cast import FATOU, LATER, LATER_STILL, REGISTERED_ON, Cast, correction, save_row


def dissolve(household, on=LATER) -> Household:
    return dissolve_household(household=household, on=on, actor=FATOU, reason="séparation")


def reopen(household, **more) -> Household:
    return reopen_household(household=household, actor=FATOU, reason="erreur", **more)


def test_a_household_that_left_keeps_its_members(cast: Cast):
    moved = mark_moved(household=cast.household, on=LATER, actor=FATOU, reason="partis")
    assert (moved.status, moved.ended_on) == ("moved", LATER)
    assert Membership.objects.current().filter(household=moved).count() == 4


def test_a_dissolved_household_has_nobody(cast: Cast):
    closed = dissolve(cast.household)
    assert (closed.status, closed.ended_on) == ("dissolved", LATER)
    ended = Membership.objects.filter(household=closed)
    assert {(one.ended_on, one.end_reason) for one in ended} == {(LATER, "dissolved")}


def test_a_household_that_left_may_be_dissolved(cast: Cast):
    mark_moved(household=cast.household, on=LATER, actor=FATOU, reason="partis")
    assert dissolve(cast.household, on=LATER_STILL).status == "dissolved"


def test_reopening_restores_what_closing_ended(cast: Cast):
    before = list(Membership.objects.filter(household=cast.household).order_by("pk").values())
    dissolve(cast.household)
    opened = reopen(cast.household)
    assert (opened.status, opened.ended_on) == ("active", None)
    assert before == list(Membership.objects.filter(household=opened).order_by("pk").values())
    mark_moved(household=cast.household, on=LATER, actor=FATOU, reason="partis")
    assert reopen(cast.household).status == "active"


def test_who_is_counted_elsewhere_since_does_not_come_back(cast: Cast):
    dissolve(cast.household)
    add_known_person(
        household=cast.neighbours,
        person=cast.person("Seydou"),
        relationship="nephew_niece",
        is_principal=True,
        on=LATER,
        source=correction(),
        actor=FATOU,
    )
    opened = reopen(cast.household)
    assert Membership.objects.current().filter(household=opened).count() == 3
    assert cast.membership("Seydou").household == cast.neighbours


def test_when_the_head_cannot_come_back_another_is_named(cast: Cast):
    binta = cast.membership("Binta")
    dissolve(cast.household)
    mark_deceased(person=cast.person("Awa"), on=LATER, actor=FATOU)
    with pytest.raises(errors.NobodyToReturn):
        reopen(cast.household)
    reopen(cast.household, new_head=binta)
    assert cast.membership("Binta").is_head
    assert cast.membership("Seydou").relationship == "sibling"


def test_closing_and_reopening_out_of_turn_are_refused(cast: Cast):
    with pytest.raises(errors.HouseholdActive):
        reopen(cast.household)
    with pytest.raises(errors.DayOutOfOrder):
        dissolve(cast.household, on=REGISTERED_ON - dt.timedelta(days=1))
    with pytest.raises(errors.DayInFuture):
        dissolve(cast.household, on=dt.date(2999, 1, 1))
    dissolve(cast.household)
    with pytest.raises(errors.HouseholdNotActive):
        dissolve(cast.household)
    with pytest.raises(errors.HouseholdNotActive):
        mark_moved(household=cast.household, on=LATER, actor=FATOU, reason="partis")


def test_a_merged_household_is_neither_closed_nor_reopened(cast: Cast):
    dissolve(cast.far)
    cast.far.refresh_from_db()
    cast.far.status, cast.far.merged_into = "merged", cast.household
    save_row(row=cast.far)
    with pytest.raises(errors.HouseholdMerged):
        reopen(cast.far)
    with pytest.raises(errors.HouseholdMerged):
        dissolve(cast.far)


@pytest.mark.parametrize("close", [mark_moved, dissolve_household])
def test_a_closing_says_why(cast: Cast, close):
    with pytest.raises(errors.ReasonMissing):
        close(household=cast.household, on=LATER, actor=FATOU, reason=" ")
