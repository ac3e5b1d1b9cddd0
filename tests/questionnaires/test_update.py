"""A known household is updated in the same form, under the ids that the registry gave."""

import pytest

from gwa.questionnaires.scenes import read_scene
from gwa.testing.interviews import hold_interview

HOUSEHOLD = "6f9d1c6e-0000-4000-8000-000000000001"
PERSONS = [f"6f9d1c6e-0000-4000-8000-00000000001{n}" for n in (1, 2, 3)]
ENTITY = "meta/entity"


@pytest.fixture(scope="module")
def interview(full):
    return hold_interview(full.xform, read_scene("update"))


@pytest.fixture(scope="module")
def members(interview):
    return interview.submission.findall("roster/members")


def test_nothing_is_refused(interview):
    assert interview.refused == []


def test_the_household_keeps_its_id_and_the_version_that_the_phone_saw(interview):
    entity = interview.submission.find(ENTITY)
    assert entity.attrib.items() >= {
        "id": HOUSEHOLD, "create": "false", "update": "true", "baseVersion": "4"
    }.items()  # fmt: skip


def test_known_members_come_first_and_new_ones_are_created(members):
    entities = [one.find(ENTITY) for one in members]
    assert [one.get("id") for one in entities[:3]] == PERSONS
    assert [one.get("update") for one in entities] == ["true", "true", "true", "false", "false"]
    assert [one.get("create") for one in entities] == ["false"] * 3 + ["true", "false"]


def test_what_was_not_asked_again_is_not_stated_again(members):
    head = members[0]
    for name in ("given_name", "family_name", "sex_told", "birth_from", "relationship_saved"):
        assert not head.findtext(name), name
    assert head.findtext("age_max") == "56"


def test_a_death_a_correction_and_a_guest(interview, members):
    _head, wife, daughter, _baby, guest = members
    assert wife.findtext("departure/deceased_on") == "2026-05-01"
    assert wife.findtext("end_reason") == "deceased"
    assert (daughter.findtext("given_name"), daughter.findtext("family_name")) == (
        "Aminata", "Traoré"
    )  # fmt: skip
    assert daughter.findtext("is_absent") == "yes"
    assert guest.findtext("is_member") == "no"
    assert interview.said("roster/household_size") == "3"


def test_a_household_may_be_found_by_the_number_on_its_receipt(full):
    by_number = read_scene("update", known_how="number", known_number="GWA7K2M9P4Q1")
    assert hold_interview(full.xform, by_number).said("known/household_id") == HOUSEHOLD
