"""What the registry knows, back in the questions of the full form."""

import pytest

from gwa.fieldwork.former import answers_in, asking_of
from gwa.questionnaires.xform.reading import read_form
from gwa.variables.rules.definitions import Level


@pytest.fixture(scope="module")
def form(full):
    return read_form(full.xform.encode())


@pytest.fixture(scope="module")
def told(form, full):
    def tell(level, **known):
        return answers_in(asking_of(form, full.form.dictionary, level), known, form)

    return tell


def test_an_answer_stands_at_its_question(told):
    known = {"wall_material": "banco", "rooms": 3, "water_treatment": ["boil", "filter"]}
    assert told(Level.HOUSEHOLD, **known) == {
        "/data/housing/housing_page/wall_material": "banco",
        "/data/housing/housing_page/rooms": "3",
        "/data/hygiene/water_treatment": "boil filter",
    }


def test_things_are_chosen_then_counted(told):
    assert told(Level.HOUSEHOLD, beds=2, radios=0, cattle_owned=0) == {
        "/data/housing/goods": "beds",
        "/data/housing/goods_counts/beds_count": "2",
        "/data/land/animals": "none",
    }


def test_a_month_is_a_day_of_it(told):
    path = "/data/roster/members/absence/absent_since_date"
    assert told(Level.PERSON, absent_since="2026-03") == {path: "2026-03-01"}


@pytest.mark.parametrize(
    "known",
    [
        {"fcs_staples": 7},  # what was eaten last week
        {"shocks": ["drought"]},
        {"consent_sharing": "yes"},
        {"housing_respondent": "main"},
        {"displacement_status": "displaced"},  # sensitive
        {"wall_material": "gold"},  # no choice of the form
    ],
)
def test_what_does_not_last_or_may_not_be_held_is_asked_again(told, known):
    assert told(Level.HOUSEHOLD, **known) == {}


def test_what_is_sensitive_of_a_person_is_asked_again(told):
    assert told(Level.PERSON, wg_seeing="none", marital_status="single") == {
        "/data/roster/members/family/marital_status": "single"
    }
