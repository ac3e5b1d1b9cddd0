"""Declaring a death, and taking the declaration back."""

import datetime as dt

import pytest

from gwa.registry import errors
from gwa.registry.actions import mark_deceased, set_identifier, withdraw_death
from gwa.registry.models import Identifier, Membership
from gwa.testing.cast import FATOU, LATER, REGISTERED_ON, Cast, correction

NINA = "12345678901234A"


def die(cast: Cast, name: str, on=LATER, **more):
    return mark_deceased(person=cast.person(name), on=on, actor=FATOU, **more)


def number(cast: Cast, name: str) -> Identifier:
    return set_identifier(
        person=cast.person(name), kind="nina", value=NINA, source=correction(), actor=FATOU
    )


def test_memberships_and_identifiers_end_that_day(cast: Cast):
    number(cast, "Kadia")
    cast.second_hearth("Kadia", cast.neighbours)
    died = die(cast, "Kadia")
    assert (died.status, died.deceased_on) == ("deceased", LATER)
    ended = Membership.objects.filter(person=died)
    assert {(one.ended_on, one.end_reason) for one in ended} == {(LATER, "deceased")}
    assert Identifier.objects.get(person=died).ended_on == LATER


def test_a_head_needs_a_successor_in_each_hearth(cast: Cast):
    with pytest.raises(errors.HeadLeaves):
        die(cast, "Awa")
    with pytest.raises(errors.HeadLeaves):
        die(cast, "Awa", new_heads=[cast.membership("Bakary")])
    die(cast, "Awa", new_heads=[cast.membership("Binta")])
    assert cast.membership("Binta").is_head


def test_the_household_of_somebody_alone_is_dissolved(cast: Cast):
    die(cast, "Aïcha")
    cast.far.refresh_from_db()
    assert (cast.far.status, cast.far.ended_on) == ("dissolved", LATER)


@pytest.mark.parametrize(
    ("on", "refusal"),
    [
        (dt.date(1940, 1, 1), errors.DeathImpossible),
        (dt.date(2999, 1, 1), errors.DayInFuture),
        (REGISTERED_ON - dt.timedelta(days=1), errors.DayOutOfOrder),
    ],
)
def test_a_day_that_cannot_be_is_refused(cast: Cast, on, refusal):
    with pytest.raises(refusal):
        die(cast, "Kadia", on=on)


def test_nobody_dies_twice(cast: Cast):
    die(cast, "Kadia")
    with pytest.raises(errors.PersonDeceased):
        die(cast, "Kadia")


def test_a_declaration_by_mistake_is_taken_back(cast: Cast):
    number(cast, "Kadia")
    before = list(Membership.objects.filter(household=cast.household).order_by("pk").values())
    die(cast, "Kadia")
    alive = withdraw_death(person=cast.person("Kadia"), actor=FATOU, reason="erreur de nom")
    assert (alive.status, alive.deceased_on) == ("alive", None)
    assert before == list(
        Membership.objects.filter(household=cast.household).order_by("pk").values()
    )
    assert Identifier.objects.get(person=alive).ended_on is None
    with pytest.raises(errors.PersonAlive):
        withdraw_death(person=alive, actor=FATOU, reason="encore")


def test_the_successor_keeps_the_headship(cast: Cast):
    die(cast, "Awa", new_heads=[cast.membership("Binta")])
    withdraw_death(person=cast.person("Awa"), actor=FATOU, reason="erreur de nom")
    assert cast.membership("Binta").is_head
    assert cast.membership("Awa").relationship == "other_relative"


def test_a_number_taken_meanwhile_comes_back_as_a_claim(cast: Cast):
    number(cast, "Kadia")
    die(cast, "Kadia")
    assert not number(cast, "Bakary").is_claim
    withdraw_death(person=cast.person("Kadia"), actor=FATOU, reason="erreur de nom")
    assert Identifier.objects.get(person__given_name="Kadia").is_claim
