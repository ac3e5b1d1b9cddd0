"""The core is asked of everybody; a module only where the campaign has it."""

import pytest

from gwa.journal.models import Actor
from gwa.questionnaires.actions import propose_form
from gwa.questionnaires.queries.modules import length_of, modules_of, saved_by_core
from gwa.questionnaires.scenes import read_scene
from gwa.testing.interviews import estimate_minutes, hold_interview

MARKS = {
    "washington_group": "wg_seeing",
    "civil_status": "identity_document",
    "protection": "health_coverage",
    "women": "pregnant",
    "hygiene": "handwashing",
    "food": "fcs_staples",
    "shocks": "coping",
    "services": "school_km",
    "assistance": "assistance_kinds",
    "land": "land_owned",
}


@pytest.fixture(scope="module")
def core(full):
    return hold_interview(full.xform, read_scene("twelve"))


@pytest.fixture(scope="module")
def everything(full):
    return hold_interview(full.xform, read_scene("twelve", modules=" ".join(MARKS)))


def test_the_core_of_twelve_members_is_estimated_below_thirty_minutes(core):
    assert core.refused == []
    assert 20 < estimate_minutes(core) <= 30


def test_the_core_asks_no_question_of_a_module(full, core):
    assert set(full.form.modules) == set(MARKS)
    assert set(MARKS.values()).isdisjoint(core.names())


@pytest.mark.parametrize("module", MARKS)
def test_a_module_is_asked_where_the_campaign_has_it(everything, module):
    assert MARKS[module] in everything.names()


def test_modules_come_with_the_submission(everything):
    assert everything.said("modules").split() == list(MARKS)
    assert everything.refused == []


def test_questions_for_women_are_asked_of_women_of_their_age(everything):
    assert everything.names().count("pregnant") == 3
    assert everything.names().count("wg_seeing") == 11


def test_things_that_were_not_chosen_are_none(core):
    assert core.said("housing/bicycles") == "1"
    assert core.said("housing/cars") == "0"


def test_a_mother_is_picked_among_those_listed(core):
    members = core.submission.findall("roster/members")
    eighth = members[7]
    assert eighth.findtext("family/mother_name") == "Tenin Sanogo"
    assert eighth.findtext("family/mother_id") == members[2].findtext("person_id")


def test_the_screen_of_a_campaign_estimates_what_the_engine_asks(whole_country, dictionary, full):
    """Our own filling asks the same questions as the phone's engine, so it takes as long."""
    made = propose_form(
        content=full.form.workbook.read_bytes(),
        file_name="rsu-menage.xlsx",
        actor=Actor(label="awa"),
    )
    length = length_of(made)
    asked = hold_interview(full.xform, read_scene("twelve"))
    assert length.core == pytest.approx(estimate_minutes(asked), abs=0.5)
    assert {one.name for one in length.modules} == {one.code for one in modules_of(made)}
    assert all(one.minutes > 0 for one in length.modules)
    assert "food_month" not in saved_by_core(made)
    assert {"rooms", "bicycles", "marital_status"} <= saved_by_core(made)
