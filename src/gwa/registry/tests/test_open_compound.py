"""A compound is opened in a settlement of one's zones."""

from dataclasses import replace

import pytest

from gwa.common.ids import new_id
from gwa.common.scope import scoped
from gwa.journal.models import Entry
from gwa.registry import errors
from gwa.registry.actions import open_compound, register_household
from gwa.registry.models import Compound
from gwa.registry.rules.facts import MemberFacts
from gwa.testing.cast import LATER, MOUSSA, facts, interview, place


def open_at(zone, name="Chez les Diarra"):
    return open_compound(zone=zone, name=name, on=LATER, actor=MOUSSA)


def test_a_household_may_be_registered_in_it(cast):
    compound = open_at(cast.places.sevare, "  Chez   les Diarra ")
    assert (compound.name, compound.zone_path) == ("Chez les Diarra", cast.places.sevare.path)
    household = register_household(
        household=place(cast.places.sevare, compound_id=compound.pk),
        members=[MemberFacts(person=facts("Ali", "Diarra", "M"), relationship="head")],
        source=interview(),
        actor=MOUSSA,
    )
    assert household.compound == compound
    assert Entry.objects.filter(action="registry.compound_opened").count() == 1


def test_a_compound_lies_in_a_settlement(cast):
    with pytest.raises(errors.ZoneNotSettlement):
        open_at(cast.places.socoura)


def test_a_compound_of_another_zone_is_refused(cast):
    with scoped([cast.places.socoura.path]), pytest.raises(errors.ZoneNotYours):
        open_at(cast.places.konna)
    assert Compound.objects.count() == 0


def test_those_who_bring_the_ids_find_their_rows(cast):
    ids = [new_id(), new_id()]
    twins = [facts("Adama", "Diarra", "M", 2020), facts("Adama", "Diarra", "M", 2020)]
    head = MemberFacts(person=facts("Ali", "Diarra", "M"), relationship="head")
    key = new_id()
    household = register_household(
        household=place(cast.places.sevare, id=key),
        members=[
            head,
            *(
                MemberFacts(person=replace(twin, id=one), relationship="child")
                for one, twin in zip(ids, twins, strict=True)
            ),
        ],
        source=interview(),
        actor=MOUSSA,
    )
    assert household.pk == key
    children = household.memberships.filter(relationship="child")
    assert set(children.values_list("person_id", flat=True)) == set(ids)
