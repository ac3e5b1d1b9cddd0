"""Moving somebody from one household to another."""

import datetime as dt

import pytest

from gwa.journal.models import Entry
from gwa.registry import errors
from gwa.registry.actions import dissolve_household, mark_deceased, move_member
from gwa.registry.models import Membership
from gwa.testing.cast import FATOU, LATER, REGISTERED_ON, Cast, correction


def move(cast: Cast, name: str, to, on=LATER, relationship="spouse", **more) -> Membership:
    return move_member(
        person=cast.person(name),
        to=to,
        relationship=relationship,
        on=on,
        source=correction(),
        actor=FATOU,
        reason="mariage",
        **more,
    )


def test_the_person_is_counted_in_the_new_household_from_that_day(cast: Cast):
    started = move(cast, "Binta", cast.far)
    assert (started.household, started.started_on, started.is_principal) == (cast.far, LATER, True)
    left = Membership.objects.get(person=started.person, household=cast.household)
    assert (left.ended_on, left.end_reason) == (LATER, "moved")
    assert cast.person("Binta").zone_path == cast.places.berrah.path
    assert Entry.objects.filter(action="registry.member_moved").count() == 2


def test_a_second_hearth_becomes_the_first(cast: Cast):
    cast.second_hearth("Bakary")
    move(cast, "Bakary", cast.household, new_head=cast.membership("Oumou"))
    current = Membership.objects.current().get(person__given_name="Bakary")
    assert (current.household, current.is_principal) == (cast.household, True)
    assert cast.membership("Oumou").is_head


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"on": REGISTERED_ON}, errors.DayOutOfOrder),
        ({"on": dt.date(2999, 1, 1)}, errors.DayInFuture),
        ({"relationship": "head"}, errors.RelationshipRefused),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, change, refusal):
    with pytest.raises(refusal):
        move(cast, "Binta", cast.neighbours, **change)


def test_a_head_hands_over_before_moving(cast: Cast):
    with pytest.raises(errors.HeadLeaves):
        move(cast, "Awa", cast.neighbours)


def test_a_last_member_does_not_move_out(cast: Cast):
    with pytest.raises(errors.LastMemberLeaves):
        move(cast, "Aïcha", cast.neighbours)


def test_moving_where_one_is_changes_nothing(cast: Cast):
    with pytest.raises(errors.AlreadyMember):
        move(cast, "Binta", cast.household)


def test_nobody_moves_into_a_closed_household_nor_from_the_grave(cast: Cast):
    mark_deceased(person=cast.person("Oumou"), on=LATER, actor=FATOU)
    with pytest.raises(errors.NotAMember):
        move(cast, "Oumou", cast.household)
    dissolve_household(household=cast.far, on=LATER, actor=FATOU, reason="x")
    with pytest.raises(errors.HouseholdNotActive):
        move(cast, "Binta", cast.far)
