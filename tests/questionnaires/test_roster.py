"""A new household of twelve, in the engine of the mobile app."""

import pytest

from gwa.questionnaires.scenes import read_scene
from gwa.testing.interviews import hold_interview

ENTITY = "meta/entity"


@pytest.fixture(scope="module")
def interview(full):
    return hold_interview(full.xform, read_scene("twelve"))


@pytest.fixture(scope="module")
def members(interview):
    return interview.submission.findall("roster/members")


def test_nothing_is_refused(interview):
    assert interview.refused == []


def test_members_are_named_in_three_passes_one_line_each(interview, members):
    lines = interview.submission.findall("roster/listing")
    passes = [line.findtext("presence") for line in lines]
    assert passes == ["ate"] * 9 + ["usual", "away", "away"]
    assert len(members) == 12
    assert interview.said("roster/household_size") == "12"


def test_a_name_is_kept_as_on_the_papers_and_as_it_is_said(members):
    said = [[one.findtext(name) or "" for name in NAMES] for one in members[:2]]
    assert said == [["Bakary", "", "Traoré"], ["Oumoul Kairou", "Oumou", "Koné"]]


NAMES = ("given_name", "everyday_name", "family_name")


@pytest.mark.parametrize(
    ("line", "known", "ages"),
    [
        (1, ("1971-03-05", "1971-03-05", "day"), ("55", "55")),
        # Four years before 1983-1985, give or take one.
        (2, ("1978-01-01", "1982-12-31", "range"), ("43", "48")),
        # Fifteen years younger than somebody born in 1971, give or take one.
        (3, ("1985-01-01", "1987-12-31", "range"), ("38", "41")),
        (4, ("2001-01-01", "2001-12-31", "year"), ("24", "25")),
        # Twenty years old: between the two birthdays.
        (5, ("2005-11-29", "2006-11-28", "range"), ("20", "20")),
        (6, ("2010-02-01", "2010-02-28", "month"), ("16", "16")),
    ],
)
def test_an_age_is_two_days_between_which_the_birth_lies(members, line, known, ages):
    member = members[line - 1]
    told = ("birth_from", "birth_to", "birth_precision")
    assert tuple(member.findtext(name) for name in told) == known
    assert (member.findtext("age_min"), member.findtext("age_max")) == ages


def test_the_household_and_its_members_are_created_under_ids_of_their_own(interview, members):
    household = interview.submission.find(ENTITY)
    assert household.get("dataset") == "menages"
    assert (household.get("create"), household.get("update")) == ("true", "false")
    assert {one.findtext("person_household") for one in members} == {household.get("id")}
    entities = [one.find(ENTITY) for one in members]
    assert {one.get("dataset") for one in entities} == {"personnes"}
    assert len({one.get("id") for one in entities}) == 12


def test_a_refusal_ends_the_interview_and_creates_nothing(full):
    refused = hold_interview(full.xform, read_scene("twelve", consent_registration="no"))
    assert refused.names()[-1] == "consent_registration"
    assert refused.submission.find(ENTITY).get("create") == "false"
    assert refused.submission.find("roster") is None
