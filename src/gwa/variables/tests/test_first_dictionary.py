"""The dictionary that is shipped: whole, correct, and enough for the scores."""

import datetime as dt
import re

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

from gwa.variables.files import read_folder
from gwa.variables.rules.answers import check_form
from gwa.variables.rules.definitions import CODED, Storage, ValueType
from gwa.variables.rules.display import format_value
from gwa.variables.rules.parsing import parse_value

FIRST = read_folder(settings.BASE_DIR / "questionnaires" / "rsu-menage").dictionary
PLAIN = [variable for variable in FIRST.variables if not variable.unit]


def test_it_holds_the_sections_of_the_questionnaire():
    assert [section.name for section in FIRST.sections] == [
        "identification",
        "location",
        "roster",
        "washington_group",
        "housing",
        "water_light",
        "assets",
        "food",
        "shocks",
        "services",
        "assistance",
        "displacement",
        "land_livestock",
    ]
    assert 150 <= len(FIRST.variables) <= 200


def test_the_food_consumption_score_and_the_coping_index_have_their_parts():
    food = [name for name in FIRST.household if name.startswith(("fcs_", "rcsi_"))]
    assert len([name for name in food if name.startswith("fcs_")]) == 9
    assert len([name for name in food if name.startswith("rcsi_")]) == 5
    for name in food:
        assert (FIRST.by_name[name].minimum, FIRST.by_name[name].maximum) == (0, 7), name
    assert FIRST.by_name["food_month"].type == ValueType.YEAR_MONTH


def test_the_washington_group_asks_six_questions_from_five_years_with_four_answers():
    domains = [v for v in FIRST.variables if v.section == "washington_group" and v.choices]
    assert len(domains) == 6
    for variable in domains:
        assert variable.from_age == 5
        assert variable.codes() == ("none", "some", "a_lot", "cannot")
        assert variable.sensitive
        assert "bm" not in variable.labels, "no validated Bambara wording is known"
    assert FIRST.by_name["wg_seeing"].label("en") == (
        "Do you have difficulty seeing, even if wearing glasses?"
    )


def test_what_a_proxy_means_test_needs_is_there():
    # The basic and extended variables of Brown, Ravallion and van de Walle (2018), and those of
    # the demonstration formula; religion and minority are left out on purpose.
    needed = """toilet floor_material wall_material roof_material cooking_fuel area sex relationship
        education_level marital_status main_activity employment_status birth_date drinking_water
        rooms kitchen electricity radios televisions fridges bicycles motorbikes cars mobile_phones
        computers video_players gas_cookers sewing_machines air_conditioners irons satellite_dishes
        generators tenure reads_and_writes carts ploughs waste_disposal goats_owned poultry_owned
        horses_owned plough_oxen_owned pigs_owned"""
    assert not set(needed.split()) - set(FIRST.by_name)


def test_animals_owned_and_entrusted_are_counted_apart():
    for animal in ("cattle", "sheep", "goats", "camels"):
        assert {f"{animal}_owned", f"{animal}_entrusted"} <= set(FIRST.household)


def test_what_can_hurt_is_marked_sensitive():
    for name in ("phone", "nina", "birth_date", "lat", "lon", "address", "origin", "pregnant",
                 "chronic_illness", "displacement_status", "insecurity", "wg_walking"):  # fmt: skip
        assert FIRST.by_name[name].sensitive, name


def test_every_text_is_written_in_french_and_in_english():
    french = re.compile(r"\b(the|of|and|with)\b", re.IGNORECASE)
    english = re.compile(r"\b(le|la|les|du|des|avec|pour)\b", re.IGNORECASE)
    for variable in FIRST.variables:
        for labels in (variable.labels, *(choice.labels for choice in variable.choices)):
            assert not french.search(labels["fr"]), labels
            assert not english.search(labels["en"]), labels


def test_bambara_is_announced_as_to_be_reviewed():
    assert FIRST.languages == {"fr": "reviewed", "en": "reviewed", "bm": "to_review"}
    without = [v.name for v in FIRST.variables if "bm" not in v.labels and v.storage == "answers"]
    assert {FIRST.by_name[name].section for name in without} == {"washington_group"}


def test_every_section_says_how_long_its_answers_are_fresh():
    assert all(section.refresh_months for section in FIRST.sections)


DATES = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))


@st.composite
def values(draw):
    """Draw a variable without unit and one of its right values."""
    variable = draw(st.sampled_from(PLAIN))
    codes = variable.codes()
    drawn = {
        ValueType.INTEGER: st.integers(variable.minimum or 0, variable.maximum or 10**9),
        ValueType.DECIMAL: st.integers(0, 90 * 10**variable.decimals).map(
            lambda whole: whole / 10**variable.decimals
        ),
        ValueType.BOOLEAN: st.booleans(),
        ValueType.DATE: DATES.map(lambda day: day.isoformat()),
        ValueType.YEAR_MONTH: DATES.map(lambda day: day.isoformat()[:7]),
        ValueType.TEXT: st.text(alphabet="aé1 '", min_size=1).filter(lambda t: t == t.strip()),
        ValueType.CHOICE: st.sampled_from(codes) if codes else st.nothing(),
        ValueType.CHOICES: st.lists(
            st.sampled_from([code for code in codes if code != "none"]) if codes else st.nothing(),
            min_size=1,
            unique=True,
        ),
    }
    return variable, draw(drawn[variable.type])


@budget(max_examples=400)
@given(values())
def test_what_is_shown_in_french_is_read_back_the_same(drawn):
    variable, value = drawn
    assert check_form(value, variable) is None
    assert parse_value(format_value(value, variable, "fr"), variable) == value


@pytest.mark.parametrize("language", ["fr", "en", "bm"])
def test_every_choice_is_found_by_its_label(language):
    for variable in FIRST.variables:
        for choice in variable.choices if variable.type in CODED else ():
            found = parse_value(choice.label(language), variable)
            assert found in (choice.code, [choice.code]), (variable.name, choice.code, found)


def test_what_the_registry_keeps_has_the_codes_of_the_registry():
    from gwa.registry.models import Membership, Person

    for name, field in (
        ("sex", Person._meta.get_field("sex")),
        ("birth_known_by", Person._meta.get_field("birth_known_by")),
        ("relationship", Membership._meta.get_field("relationship")),
    ):
        variable = FIRST.by_name[name]
        assert variable.storage == Storage.REGISTRY
        assert set(variable.codes()) == {code for code, _label in field.choices}, name
