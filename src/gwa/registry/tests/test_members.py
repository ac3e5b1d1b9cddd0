"""Arriving in a household and leaving it."""

import datetime as dt

import pytest

from gwa.registry import errors
from gwa.registry.actions import (
    add_known_person,
    add_member,
    choose_principal,
    correct_membership,
    dissolve_household,
    mark_deceased,
    remove_member,
)
from gwa.registry.models import Membership, PersonName
from gwa.registry.rules.births import born_on
from gwa.registry.rules.facts import MemberFacts, PersonFacts
from gwa.testing.cast import FATOU, LATER, LATER_STILL, REGISTERED_ON, Cast, correction, facts


def add(cast: Cast, member: MemberFacts, on=LATER) -> Membership:
    return add_member(
        household=cast.household, member=member, on=on, source=correction(), actor=FATOU
    )


def join(cast: Cast, name: str, *, is_principal=False, on=LATER, relationship="other_relative"):
    return add_known_person(
        household=cast.household,
        person=cast.person(name),
        relationship=relationship,
        is_principal=is_principal,
        on=on,
        source=correction(),
        actor=FATOU,
    )


def remove(membership: Membership, on=LATER, **more) -> Membership:
    return remove_member(membership=membership, on=on, actor=FATOU, reason="départ", **more)


def test_a_child_is_born(cast: Cast):
    baby = PersonFacts(given_name="Adama", family_name="Diarra", sex="M", birth=born_on(LATER))
    added = add(cast, MemberFacts(person=baby, relationship="grandchild"))
    assert (added.started_on, added.is_principal, added.household) == (LATER, True, cast.household)
    assert PersonName.objects.filter(person=added.person).exists()


def test_a_second_hearth_does_not_count_a_person_twice(cast: Cast):
    join(cast, "Bakary", relationship="spouse")
    current = Membership.objects.current().filter(person__given_name="Bakary")
    assert sorted(current.values_list("is_principal", flat=True)) == [False, True]


def test_the_hearth_where_somebody_is_counted_may_be_chosen(cast: Cast):
    second = join(cast, "Bakary", relationship="spouse")
    choose_principal(membership=second, actor=FATOU, reason="il y vit")
    assert cast.membership("Bakary").household == cast.household
    assert Membership.objects.current().filter(person__given_name="Bakary").count() == 2
    with pytest.raises(errors.NothingToCorrect):
        choose_principal(membership=second, actor=FATOU, reason="il y vit")


def test_somebody_who_left_the_first_hearth_is_counted_in_the_second_from_that_day(cast: Cast):
    second = cast.second_hearth("Oumou")
    remove(cast.membership("Oumou"))
    counted = choose_principal(membership=second, actor=FATOU, reason="elle y vit")
    assert (counted.household, counted.started_on) == (cast.household, LATER)
    history = Membership.objects.filter(person__given_name="Oumou", household=cast.household)
    assert sorted(history.values_list("is_principal", "ended_on")) == [(False, LATER), (True, None)]


def test_somebody_who_left_may_return(cast: Cast):
    remove(cast.membership("Seydou"))
    back = join(cast, "Seydou", is_principal=True, relationship="child", on=LATER_STILL)
    assert back.started_on == LATER_STILL


def test_arrivals_that_cannot_be_are_refused(cast: Cast):
    with pytest.raises(errors.CountedElsewhere):
        join(cast, "Bakary", is_principal=True)
    with pytest.raises(errors.AlreadyMember):
        join(cast, "Seydou")
    with pytest.raises(errors.RelationshipRefused):
        join(cast, "Bakary", relationship="head")
    with pytest.raises(errors.RelationshipRefused):
        join(cast, "Bakary", relationship="voisin")
    baby = PersonFacts(given_name="Adama", family_name="Diarra", sex="M", birth=born_on(LATER))
    with pytest.raises(errors.DayOutOfOrder):
        add(cast, MemberFacts(person=baby, relationship="child"), on=REGISTERED_ON)
    with pytest.raises(errors.DayInFuture):
        add(cast, MemberFacts(person=baby, relationship="child"), on=dt.date(2999, 1, 1))
    mark_deceased(person=cast.person("Oumou"), on=LATER, actor=FATOU)
    with pytest.raises(errors.PersonDeceased):
        join(cast, "Oumou")
    dissolve_household(household=cast.household, on=LATER, actor=FATOU, reason="x")
    with pytest.raises(errors.HouseholdNotActive):
        add(cast, MemberFacts(person=facts("Ali", "Keïta", "M"), relationship="child"))


def test_a_member_leaves(cast: Cast):
    gone = remove(cast.membership("Seydou"))
    assert (gone.ended_on, gone.end_reason) == (LATER, "left")
    assert cast.person("Seydou").status == "alive"


def test_a_member_entered_by_mistake_was_never_there(cast: Cast):
    gone = remove(cast.membership("Seydou"), was_mistake=True)
    assert (gone.ended_on, gone.end_reason) == (gone.started_on, "corrected")


def test_a_head_who_leaves_hands_over(cast: Cast):
    awa = cast.membership("Awa")
    with pytest.raises(errors.HeadLeaves):
        remove(awa)
    remove(awa, new_head=cast.membership("Kadia"))
    assert cast.membership("Kadia").is_head
    assert cast.membership("Binta").relationship == "grandchild"


def test_the_successor_is_a_member_who_stays(cast: Cast):
    awa = cast.membership("Awa")
    with pytest.raises(errors.HeadLeaves):
        remove(awa, new_head=awa)
    with pytest.raises(errors.NotAMember):
        remove(awa, new_head=cast.membership("Bakary"))


def test_departures_that_cannot_be_are_refused(cast: Cast):
    seydou = cast.membership("Seydou")
    with pytest.raises(errors.LastMemberLeaves):
        remove(cast.membership("Aïcha"))
    with pytest.raises(errors.DayOutOfOrder):
        remove(seydou, on=REGISTERED_ON - dt.timedelta(days=1))
    remove(seydou)
    with pytest.raises(errors.NotAMember):
        remove(seydou)


def test_a_link_is_corrected(cast: Cast):
    def correct(name, **said):
        return correct_membership(
            membership=cast.membership(name), actor=FATOU, reason="précision", **said
        )

    assert correct("Seydou", relationship="fostered_child").relationship == "fostered_child"
    assert correct("Awa", is_absent=True).is_absent
    with pytest.raises(errors.HeadNotOne):
        correct("Awa", relationship="spouse")
    with pytest.raises(errors.RelationshipRefused):
        correct("Seydou", relationship="head")
    with pytest.raises(errors.NothingToCorrect):
        correct("Seydou", relationship="fostered_child")
