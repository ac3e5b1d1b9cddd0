"""The answers: each is valid for the dictionary, together they tell of the hidden consumption."""

import json
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings

from gwa.testing.country.tables import CORE_SECTIONS, OTHER_SECTIONS
from gwa.variables.files import read_folder
from gwa.variables.rules.answers import check_answers
from gwa.variables.rules.definitions import Dictionary, Level, Storage


@pytest.fixture(scope="module")
def dictionary() -> Dictionary:
    return read_folder(Path(settings.BASE_DIR) / "questionnaires" / "rsu-menage").dictionary


@pytest.fixture(scope="module")
def homes(part) -> list[dict]:
    return [json.loads(text) for text in part.household_answers]


@pytest.fixture(scope="module")
def persons(part) -> list[dict]:
    return [json.loads(text) for text in part.person_answers]


def test_every_answer_of_a_household_is_valid(dictionary, homes):
    variables = dictionary.at_level(Level.HOUSEHOLD)
    assert [problem for home in homes for problem in check_answers(home, variables)] == []


def test_every_answer_of_a_person_is_valid_at_the_age_that_is_known(dictionary, part, persons):
    variables = dictionary.at_level(Level.PERSON)
    seen = part.calendar.seen_on[part.people.household]
    problems = []
    for row, answers in enumerate(persons):
        days = (part.births.latest[row], part.births.earliest[row])
        youngest, oldest = (_years(day.astype(object), seen[row].astype(object)) for day in days)
        problems += check_answers(answers, variables, age_range=(youngest, oldest))
    assert problems == []


def _years(born, on) -> int:
    return max(0, on.year - born.year - ((on.month, on.day) < (born.month, born.day)))


def test_every_variable_kept_among_the_answers_is_answered_by_somebody(dictionary, homes, persons):
    answered = {name for answers in (*homes, *persons) for name in answers}
    asked = {v.name for v in dictionary.variables if v.storage == Storage.ANSWERS}
    # The local unit that is in no list is never named: all land is told in hectares. The others are
    # of the interview itself, which nobody held with these people.
    held = {name for name in asked if name.endswith("_respondent")} - {"food_respondent"}
    assert asked - answered == {
        "land_unit_other", "kitchens", "mother_id", "origin_country", *held
    }  # fmt: skip


def test_sections_are_those_of_the_questionnaire(dictionary):
    assert {*CORE_SECTIONS, *OTHER_SECTIONS} == {section.name for section in dictionary.sections}
    others = {section.name for section in dictionary.sections if not section.is_core}
    assert set(OTHER_SECTIONS) == others


def test_the_short_questionnaire_leaves_out_what_changes_with_the_season(part, homes):
    told = np.array(["meals_adults" in home for home in homes])
    assert (told == part.calendar.is_full).all()
    assert 0.65 < told.mean() < 0.80


def test_people_eat_less_before_the_harvest(part, homes):
    lean, plenty = [], []
    for day, home in zip(part.calendar.seen_on, homes, strict=True):
        if "rcsi_portion" in home:
            (lean if 6 <= day.astype(object).month <= 9 else plenty).append(home)
    assert _mean(lean, "rcsi_portion") > 1.15 * _mean(plenty, "rcsi_portion")
    assert _mean(lean, "fcs_vegetables") < _mean(plenty, "fcs_vegetables") - 0.5
    assert _mean(lean, "cereal_stock_months") < _mean(plenty, "cereal_stock_months")


def _mean(homes: list[dict], name: str) -> float:
    return float(np.mean([home[name] for home in homes]))


def test_a_proxy_means_test_explains_forty_five_to_fifty_per_cent_of_consumption(
    part, homes, persons
):
    facts = np.column_stack([np.ones(len(homes)), *_proxies(part, homes, persons)])
    logarithm = np.log(part.welfare.consumption_xof)
    weights, *_ = np.linalg.lstsq(facts, logarithm, rcond=None)
    left = logarithm - facts @ weights
    spare = len(homes) - facts.shape[1]
    adjusted = 1 - (left @ left / spare) / logarithm.var(ddof=1)
    assert 0.45 <= adjusted <= 0.50


_CODES = {
    "toilet": ("flush_septic", "flush_pit", "pit_ventilated", "pit_slab", "none"),
    "wall_material": ("cement", "banco_plastered"),
    "roof_material": ("metal", "concrete"),
    "floor_material": ("tiles", "cement"),
    "cooking_fuel": ("gas", "charcoal"),
    "drinking_water": ("piped_dwelling", "piped_yard", "standpipe", "unprotected_well"),
    "lighting": ("grid", "solar_home"),
    "area": ("urban",),
}
_GOODS = (
    "radios televisions fridges bicycles motorbikes cars computers video_players fans irons beds "
    "sewing_machines air_conditioners satellite_dishes generators smartphones mobile_phones"
)


def _proxies(part, homes, persons) -> list[np.ndarray]:
    """What Brown, Ravallion and van de Walle use: dwelling, goods, head, members, region."""
    people = part.people
    count = len(homes)
    facts = [
        np.array([home[name] == code for home in homes])
        for name, codes in _CODES.items()
        for code in codes
    ]
    facts += [np.array([home.get(name, 0) > 0 for home in homes]) for name in _GOODS.split()]
    facts.append(np.array([home["rooms"] for home in homes]) / people.size)
    for low, high in ((1, 1), (2, 2), (3, 4), (5, 6), (7, 8)):
        facts.append((people.size >= low) & (people.size <= high))
    for low, high in ((0, 6), (6, 15), (65, 200)):
        for female in (False, True):
            of_age = (people.age >= low) & (people.age < high) & (people.is_female == female)
            facts.append(np.bincount(people.household[of_age], minlength=count) / people.size)
    facts.append(people.has_female_head)
    levels = [persons[row].get("education_level", "") for row in people.first]
    facts.append(np.array([level == "primary" for level in levels]))
    facts.append(np.array([level not in ("", "primary", "non_formal") for level in levels]))
    facts += [part.sites.region == region for region in range(1, 20)]
    return [fact.astype(float) for fact in facts]
