"""Questions of an age are judged on the day they were asked, however old the list is."""

import datetime as dt
from copy import deepcopy

import pytest
from django.db import transaction

from gwa.collection.tests.conftest import HOUSEHOLDS, MAPPING, PERSONS, as_csv, refusals_of
from gwa.common.scope import everywhere
from gwa.registry.models import Person

TWO_YEARS_AGO = dt.date(2024, 3, 1)
SINCE = dt.date(2026, 3, 1)
COLUMNS = {"confie": "fostered", "sim": "phone_sim_owner", "age": "age"}
ASKED_MAPPING = deepcopy(MAPPING)
ASKED_MAPPING["persons"]["columns"] |= COLUMNS
ASKED_MAPPING["households"]["columns"]["entretien"] = "last_interview_on"
HEAD = ["A1", "Awa", "Traoré", "F", "02/05/1984", "Chef de ménage", "", "", "", "", ""]


def bring(lists, *children, collected_on, interviewed_on=""):
    """A household whose children are told with (name, birth, entrusted, SIM card, age)."""
    home = ["A1", "05010101", "", "", interviewed_on]
    people = [HEAD] + [
        ["A1", name, "Diarra", "F", birth, "fille", "", "", entrusted, sim, age]
        for name, birth, entrusted, sim, age in children
    ]
    made = lists.upload(
        ("menages.csv", as_csv([*HOUSEHOLDS, "entretien"], [home])),
        ("personnes.csv", as_csv([*PERSONS, *COLUMNS], people)),
        collected_on=collected_on,
    )
    return lists.run(made, ASKED_MAPPING)


def answers_of(name):
    with transaction.atomic(), everywhere():
        return Person.objects.get(given_name=name).answers


# Binta was 17 then and is an adult now; Kadia was 14 then and is 16 now.
BINTA = ("Binta", "10/05/2006", "oui", "", "")
KADIA = ("Kadia", "10/05/2009", "", "own", "")


def test_ages_are_those_of_the_day_of_the_list(lists):
    then = bring(lists, BINTA, collected_on=TWO_YEARS_AGO)
    assert refusals_of(then) == {}
    assert answers_of("Binta") == {"fostered": True}
    refused = bring(lists, BINTA, KADIA, collected_on=TWO_YEARS_AGO)
    assert refusals_of(refused)["personnes", 4] == ["answers.not_asked_at_age"]
    today = bring(lists, BINTA, KADIA, collected_on=SINCE)
    assert refusals_of(today)["personnes", 3] == ["answers.not_asked_at_age"]
    assert ("personnes", 4) not in {
        line for line, codes in refusals_of(today).items() if "answers.not_asked_at_age" in codes
    }


def test_questions_were_asked_at_the_interview_or_since(lists):
    """Who came after the interview answered later, and still before the list was drawn up."""
    done = bring(lists, BINTA, KADIA, collected_on=SINCE, interviewed_on="01/03/2024")
    assert refusals_of(done) == {}
    assert answers_of("Binta") == {"fostered": True}
    assert answers_of("Kadia") == {"phone_sim_owner": "own"}


@pytest.mark.parametrize(
    ("collected_on", "interviewed_on"), [(TWO_YEARS_AGO, ""), (SINCE, "01/03/2024")]
)
def test_a_known_household_is_corrected_by_the_same_ages(lists, collected_on, interviewed_on):
    bring(lists, ("Binta", "10/05/2006", "", "", ""), collected_on=TWO_YEARS_AGO)
    newcomer = ("Sira", "10/05/2006", "non", "", "")
    done = bring(lists, BINTA, newcomer, collected_on=collected_on, interviewed_on=interviewed_on)
    assert refusals_of(done) == {}
    assert answers_of("Binta") == {"fostered": True}
    assert answers_of("Sira") == {"fostered": False}


def test_an_age_without_a_day_of_its_own_is_that_of_the_interview(lists):
    bring(
        lists,
        ("Binta", "", "", "", "17"),
        collected_on=SINCE,
        interviewed_on="01/03/2024",
    )
    with transaction.atomic(), everywhere():
        binta = Person.objects.get(given_name="Binta")
    assert binta.age_range(TWO_YEARS_AGO) == (17, 17)
