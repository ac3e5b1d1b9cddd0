"""What a source says again to the letter is not read again, as long as nobody changed anything."""

import datetime as dt

import pytest
from django.db import transaction

from gwa.collection.intake.repeating import find_said
from gwa.collection.models import Import, ImportedHousehold
from gwa.collection.tests.conftest import everything, refusals_of
from gwa.common.scope import everywhere
from gwa.registry.actions import correct_household, correct_person, new_source
from gwa.registry.models import Household, Person, Source
from gwa.testing.cast import FATOU

REGISTERED, _UPDATED, UNCHANGED, LEFT = ImportedHousehold.Outcome.values


def test_a_list_sent_again_is_not_read_again(lists, family):
    lists.bring(*family)
    assert not_read_again(lists) == 1
    before = everything()
    homes, people = family
    again = lists.bring(homes, people)
    assert (again.counts["households_unchanged"], again.counts["lines"]) == (1, 4)
    assert everything() == before
    assert not_read_again(lists) == 1
    first, second = kept(lists)
    assert (first.outcome, second.outcome) == (REGISTERED, UNCHANGED)
    assert (first.members, bytes(first.key_index)) == (second.members, bytes(second.key_index))
    assert (first.of_import_id, second.of_import_id) == tuple(one.pk for one in lists.imports)


@pytest.mark.parametrize("what", ["household", "person"])
def test_what_somebody_changed_meanwhile_is_compared_again(lists, family, what):
    lists.bring(*family)
    with transaction.atomic(), everywhere():
        told = new_source(Source.Kind.OPERATOR, "fatou", dt.date(2026, 3, 10))
        by_whom = {"source": told, "actor": FATOU, "reason": "acte vu"}
        if what == "household":
            row = Household.objects.get()
            correct_household(household=row, changes={"address": "ailleurs"}, **by_whom)
        else:
            row = Person.objects.get(given_name="Awa")
            correct_person(person=row, changes={"family_name": "Diop"}, **by_whom)
    assert not_read_again(lists) == 0
    before = everything()
    lists.bring(*family)
    # The correction holds, and the list's own words are weighed each time.
    assert everything() == before
    assert not_read_again(lists) == 0


def test_an_update_is_compared_once_more_and_then_no_more(lists, family):
    homes, people = family
    lists.bring(homes, people)
    homes[0][2] = "derrière l’école"
    assert lists.bring(homes, people).counts["households_updated"] == 1
    assert not_read_again(lists) == 0
    assert lists.bring(homes, people).counts["households_unchanged"] == 1
    assert not_read_again(lists) == 1
    assert lists.bring(homes, people).counts["households_unchanged"] == 1


def test_the_same_words_of_another_day_are_read(lists, family):
    lists.bring(*family)
    later = lists.bring(*family, collected_on=dt.date(2026, 3, 2))
    assert later.counts["households_unchanged"] == 1
    first, second = kept(lists)
    assert first.said != second.said


def test_known_households_are_left_or_refused_as_chosen(lists, family):
    lists.bring(*family)
    left = lists.bring(*family, known=Import.Known.LEAVE)
    assert left.counts["households_left"] == 1
    assert kept(lists)[-1].outcome == LEFT
    refused = lists.bring(*family, known=Import.Known.REFUSE)
    assert refusals_of(refused)["menages", 2] == ["collection.household_known"]


def test_who_does_not_see_the_household_is_not_told_that_it_is_there(lists, family):
    lists.bring(*family)
    elsewhere = lists.bring(*family, scope=lists.places.gao.path)
    assert elsewhere.counts["households_unchanged"] == 0
    assert elsewhere.counts["households_refused"] == 1


def not_read_again(lists):
    """Of how many households the list would not be read again."""
    with transaction.atomic():
        return len(find_said(lists.data_source.pk))


def kept(lists):
    """What is kept of each household that came in, the first one first."""
    with transaction.atomic(), everywhere():
        return list(ImportedHousehold.objects.order_by("pk"))
