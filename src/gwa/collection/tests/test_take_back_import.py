"""A whole import is taken back while nothing was built on it."""

import datetime as dt

import pytest
from django.db import transaction

from gwa.collection import errors
from gwa.collection.actions import take_back_import
from gwa.collection.models import Import
from gwa.collection.tests.conftest import everything
from gwa.common.scope import everywhere
from gwa.registry.actions import correct_household, new_source, undo_last_change
from gwa.registry.models import Household, Identifier, Person, PersonName, Source, Statement
from gwa.testing.cast import FATOU


def take_back(done):
    with transaction.atomic(), everywhere():
        return take_back_import(of_import=done, actor=FATOU, reason="mauvaise liste")


def test_what_it_registered_goes(lists, family):
    empty = everything()
    done = lists.bring(*family)
    assert take_back(done).status == Import.Status.TAKEN_BACK
    assert everything() == empty
    with transaction.atomic(), everywhere():
        for model in (Household, Person, PersonName, Identifier):
            assert not model.objects.exists()


def test_what_it_updated_is_as_before(lists, family):
    homes, people = family
    lists.bring(homes, people)
    before = everything()
    homes[0][2], people[0][7] = "près du marché", "66 00 00 00"
    people.append(["A1", "Kadia", "Coulibaly", "F", "1955", "mère", "", ""])
    done = lists.bring(homes, people)
    take_back(done)
    assert everything() == before
    with transaction.atomic(), everywhere():
        assert not Statement.objects.exists()


def test_it_is_refused_when_something_stands_on_it(lists, family):
    done = lists.bring(*family)
    with transaction.atomic(), everywhere():
        household = Household.objects.get()
        correct_household(
            household=household,
            changes={"address": "rue 5"},
            source=new_source(Source.Kind.OPERATOR, "fatou", dt.date(2026, 3, 10)),
            actor=FATOU,
            reason="vue",
        )
    before = everything()
    with pytest.raises(errors.ImportStoodOn) as refused:
        take_back(done)
    assert refused.value.facts["count"] == 1
    assert refused.value.facts["first"] == household.registry_number
    assert everything() == before


def test_lists_are_taken_back_one_after_the_other_the_last_first(lists, family):
    empty = everything()
    homes, people = family
    first = lists.bring(homes, people)
    homes[0][2] = "près du marché"
    people.append(["A1", "Kadia", "Coulibaly", "F", "1955", "mère", "", ""])
    second = lists.bring(homes, people)
    with pytest.raises(errors.ImportStoodOn):
        take_back(first)
    take_back(second)
    take_back(first)
    assert everything() == empty


def test_what_was_undone_since_stands_on_nothing(lists, family):
    homes, people = family
    lists.bring(homes, people)
    homes[0][2] = "près du marché"
    done = lists.bring(homes, people)
    with transaction.atomic(), everywhere():
        household = Household.objects.get()
        visit = new_source(Source.Kind.OPERATOR, "fatou", dt.date(2026, 3, 10))
        told = {"household": household, "actor": FATOU, "reason": "vue"}
        correct_household(changes={"address": "rue 5"}, source=visit, **told)
        undo_last_change(**told)
    take_back(done)
    with transaction.atomic(), everywhere():
        assert Household.objects.get().address == "près du puits"


def test_it_can_be_sent_again_afterwards(lists, family):
    take_back(lists.bring(*family))
    assert lists.bring(*family).counts["households_registered"] == 1


def test_a_draft_cannot_be_taken_back(lists, family):
    made = lists.upload(("liste.csv", b"a;b\n1;2\n"))
    with pytest.raises(errors.ImportNotTakeable):
        take_back(made)
