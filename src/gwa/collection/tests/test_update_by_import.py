"""A list about households that the registry knows: only what differs changes, and only once."""

import datetime as dt

from django.db import transaction

from gwa.collection.models import Import
from gwa.collection.tests.conftest import everything, refusals_of
from gwa.common.scope import everywhere
from gwa.registry.actions import correct_person, new_source
from gwa.registry.models import Household, Identifier, Person, Source, Statement
from gwa.testing.cast import FATOU


def test_the_same_list_twice_changes_nothing(lists, family):
    lists.bring(*family)
    before = everything()
    again = lists.bring(*family)
    assert again.counts["households_unchanged"] == 1
    assert again.counts["households_registered"] == again.counts["households_updated"] == 0
    assert everything() == before


def test_an_empty_cell_does_not_erase(lists, family):
    homes, people = family
    lists.bring(homes, people)
    before = everything()
    people[0][7], homes[0][2], homes[0][3] = "", "", ""
    assert lists.bring(homes, people).counts["households_unchanged"] == 1
    assert everything() == before


def test_the_marked_word_erases(lists, family):
    homes, people = family
    lists.bring(homes, people)
    people[0][7], homes[0][2], homes[0][3] = "EFFACER", "effacer", "EFFACER"
    assert lists.bring(homes, people).counts["households_updated"] == 1
    with transaction.atomic(), everywhere():
        household = Household.objects.get()
        assert (household.address, household.answers) == ("", {})
        assert Person.objects.get(given_name="Awa").phone == ""


def test_what_everybody_has_cannot_be_erased(lists, family):
    homes, people = family
    lists.bring(homes, people)
    people[0][2] = "EFFACER"
    done = lists.bring(homes, people)
    assert refusals_of(done)["personnes", 2] == ["collection.cannot_erase"]


def test_only_what_differs_is_corrected_and_what_was_said_stays(lists, family):
    homes, people = family
    lists.bring(homes, people)
    homes[0][2] = "près du marché"
    done = lists.bring(homes, people)
    assert done.counts["households_updated"] == 1
    with transaction.atomic(), everywhere():
        assert Household.objects.get().address == "près du marché"
        said = Statement.objects.values_list("field", "value", "is_in_force")
        assert set(said) == {
            ("address", "près du puits", False),
            ("address", "près du marché", True),
        }


def test_a_better_source_stays_in_force_and_the_list_is_heard_once(lists, family):
    homes, people = family
    lists.bring(homes, people)
    with transaction.atomic(), everywhere():
        correct_person(
            person=Person.objects.get(given_name="Awa"),
            changes={"family_name": "Traore Diop"},
            source=new_source(Source.Kind.OPERATOR, "fatou", dt.date(2026, 3, 10)),
            actor=FATOU,
            reason="acte vu",
        )
    lists.bring(homes, people)
    before = everything()
    with transaction.atomic(), everywhere():
        assert Person.objects.get(given_name="Awa").family_name == "Traore Diop"
        words = Statement.objects.count()
    lists.bring(homes, people)
    with transaction.atomic(), everywhere():
        assert Statement.objects.count() == words
    assert everything() == before


def test_a_new_member_and_a_new_number_are_added(lists, family):
    homes, people = family
    lists.bring(homes, people)
    people[0][6] = "99999999999999Z"
    people.append(["A1", "Kadia", "Coulibaly", "F", "1955", "mère", "", ""])
    done = lists.bring(homes, people)
    assert (done.counts["households_updated"], done.counts["persons_registered"]) == (1, 1)
    with transaction.atomic(), everywhere():
        assert Household.objects.count() == 1
        assert Identifier.objects.filter(person__given_name="Awa").count() == 1
    before = everything()
    lists.bring(homes, people)
    assert everything() == before


def test_known_households_may_be_left_or_refused(lists, family):
    homes, people = family
    lists.bring(homes, people)
    before = everything()
    homes[0][2] = "ailleurs"
    left = lists.bring(homes, people, known=Import.Known.LEAVE)
    assert left.counts["households_left"] == 1
    refused = lists.bring(homes, people, known=Import.Known.REFUSE)
    assert set(refusals_of(refused)["menages", 2]) == {"collection.household_known"}
    assert everything() == before


def test_a_key_given_anew_is_not_believed(lists, family):
    """Row numbers serve as keys: the same one may be another family next year."""
    homes, people = family
    lists.bring(homes, people)
    others = [["A1", "Bakary", "Cissé", "M", "1970", "chef", "", ""]]
    done = lists.bring(homes, others)
    assert (done.counts["households_registered"], done.counts["to_search"]) == (1, 1)
    with transaction.atomic(), everywhere():
        assert Household.objects.count() == 2


def test_a_household_of_another_zone_is_not_moved(lists, family):
    homes, people = family
    lists.bring(homes, people)
    before = everything()
    homes[0][1] = "05010102"
    done = lists.bring(homes, people)
    assert refusals_of(done)["menages", 2] == ["collection.household_elsewhere"]
    assert everything() == before
