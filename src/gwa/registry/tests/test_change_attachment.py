"""Changing where a household is attached."""

import datetime as dt

import pytest

from gwa.common.scope import scoped
from gwa.journal.models import Entry
from gwa.registry import errors
from gwa.registry.actions import change_attachment, set_identifier
from gwa.registry.models import (
    Compound,
    Household,
    Identifier,
    Membership,
    Person,
    PersonName,
    Statement,
    Version,
)
from gwa.registry.rules.facts import Position
from gwa.testing.cast import FATOU, LATER, REGISTERED_ON, Cast, correction, save_row


def attach(household, zone, on=LATER, reason="déménagement", **more) -> Household:
    return change_attachment(
        household=household,
        zone=zone,
        on=on,
        source=correction(on),
        actor=FATOU,
        reason=reason,
        **more,
    )


def test_everything_of_the_household_follows(cast: Cast):
    awa = cast.person("Awa")
    set_identifier(
        person=awa, kind="nina", value="12345678901234A", source=correction(), actor=FATOU
    )
    moved = attach(cast.household, cast.places.konna, address="près du puits")
    path = cast.places.konna.path
    assert (moved.zone, moved.attached_on, moved.address) == (
        cast.places.konna,
        LATER,
        "près du puits",
    )
    assert moved.lon is None, "the old position says nothing of the new place"
    members = Membership.objects.filter(household=moved)
    assert {one.zone_path for one in members} == {path}
    persons = Person.objects.filter(memberships__in=members)
    assert {one.zone_path for one in persons} == {path}
    assert {one.zone_path for one in PersonName.objects.filter(person__in=persons)} == {path}
    assert Identifier.objects.get(person=awa).zone_path == path


def test_somebody_counted_elsewhere_stays_elsewhere(cast: Cast):
    bakary = cast.second_hearth("Bakary")
    attach(cast.household, cast.places.konna)
    assert cast.person("Bakary").zone_path == cast.places.sevare.path
    assert bakary.zone_path == cast.places.sevare.path


def test_an_agent_may_let_a_household_go_to_another_region_and_no_longer_sees_it(cast: Cast):
    with scoped([cast.places.socoura.path]):
        attach(cast.household, cast.places.berrah)
        assert not Household.objects.filter(pk=cast.household.pk).exists()
        assert not Person.objects.filter(given_name="Awa").exists()
        # What was done here stays readable here.
        versions = Version.objects.filter(household_id=cast.household.pk)
        assert versions.filter(table_name="registry_household", operation="U").count() == 1
        assert Entry.objects.filter(action="registry.household_left_zone").count() == 1
    with scoped([cast.places.gao.path]):
        assert Household.objects.filter(pk=cast.household.pk).exists()
        # The words said of the new address are the first history of the new zone.
        seen = Version.objects.filter(household_id=cast.household.pk)
        assert set(seen.values_list("table_name", flat=True)) == {"registry_statement"}
        assert Entry.objects.get(action="registry.attachment_changed").reason == "déménagement"


def test_an_address_alone_may_change(cast: Cast):
    moved = attach(
        cast.household, cast.places.sevare, address="au marché", position=Position(-4.1, 14.5)
    )
    assert moved.address == "au marché"
    assert not Entry.objects.filter(action="registry.household_left_zone").exists()


def test_the_address_left_stays_beside_the_new_one_with_who_said_it(cast: Cast):
    attach(cast.household, cast.places.konna, address="près du puits")
    said = Statement.objects.filter(subject_id=cast.household.pk, field="address").order_by("id")
    assert [(one.value, one.source.kind, one.is_in_force) for one in said] == [
        ("derrière la mosquée", "interview", False),
        ("près du puits", "operator", True),
    ]


def test_a_compound_of_the_same_place_is_accepted_and_no_other(cast: Cast):
    compound = Compound(
        zone=cast.places.konna, zone_path=cast.places.konna.path, started_on=REGISTERED_ON
    )
    save_row(row=compound)
    with pytest.raises(errors.CompoundElsewhere):
        attach(cast.household, cast.places.sofara, compound=compound)
    assert attach(cast.household, cast.places.konna, compound=compound).compound == compound


def test_the_same_place_and_address_change_nothing(cast: Cast):
    with pytest.raises(errors.SameAttachment):
        attach(
            cast.household,
            cast.places.sevare,
            address="derrière la mosquée",
            position=Position(-4.1, 14.53, 8.0),
        )


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"on": REGISTERED_ON - dt.timedelta(days=1)}, errors.DayOutOfOrder),
        ({"on": dt.date(2999, 1, 1)}, errors.DayInFuture),
        ({"reason": ""}, errors.ReasonMissing),
    ],
)
def test_days_and_reasons_are_checked(cast: Cast, change, refusal):
    with pytest.raises(refusal):
        attach(cast.household, cast.places.konna, **change)


def test_a_cercle_is_no_attachment(cast: Cast):
    with pytest.raises(errors.ZoneNotSettlement):
        attach(cast.household, cast.places.mopti)
