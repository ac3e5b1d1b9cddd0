"""The light form: short, and enough to register or to update after a shock."""

import pytest

from gwa.questionnaires.authoring.rows import make_survey
from gwa.questionnaires.scenes import read_scene
from gwa.testing.interviews import estimate_minutes, hold_interview

ENTITY = "meta/entity"
HIDDEN = ("calculate", "note", "start", "end", "today", "csv-external", "begin ", "end ")


@pytest.fixture(scope="module")
def light(shipped):
    return shipped["rsu-choc"]


@pytest.fixture(scope="module")
def interview(light):
    return hold_interview(light.xform, read_scene("shock"))


def test_it_has_at_most_twenty_five_questions(light):
    rows = make_survey(light.form).rows
    asked = [row.name for row in rows if not row.cells["type"].startswith(HIDDEN)]
    assert len(asked) <= 25


def test_a_household_of_four_is_registered_in_ten_minutes(interview):
    assert interview.refused == []
    assert estimate_minutes(interview) <= 10
    household = interview.submission.find(ENTITY)
    members = interview.submission.findall("people/members")
    assert (household.get("create"), household.get("update")) == ("true", "false")
    assert [one.find(ENTITY).get("create") for one in members] == ["true"] * 4
    assert {one.findtext("person_household") for one in members} == {household.get("id")}


def test_the_place_of_a_displaced_household_is_hidden(interview):
    assert interview.said("shock/is_position_hidden") == "yes"


def test_a_known_household_is_updated_without_naming_anybody_again(light):
    known = read_scene(
        "shock",
        known_how="list",
        known_household="6f9d1c6e-0000-4000-8000-000000000001",
        new_members=0,
    )
    interview = hold_interview(light.xform, known)
    assert interview.refused == []
    assert interview.submission.find(ENTITY).get("update") == "true"
    assert interview.submission.findall("people/members") == []
    assert interview.said("shock/shock_page/shocks") == "flood"
