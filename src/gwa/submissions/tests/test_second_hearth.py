"""Somebody of two hearths stands in both lists of members, and is one person in the registry."""

import csv
import io

import pytest

from gwa.questionnaires.queries.versions import form_of
from gwa.registry.actions import add_known_person
from gwa.registry.models import Membership, Person
from gwa.submissions.lists import write_persons
from gwa.submissions.models import Submission
from gwa.testing.cast import FATOU, LATER, correction
from gwa.testing.small_form import Member
from gwa.variables.queries import read_dictionary


@pytest.fixture
def hearths(telephone):
    """Ali Tall's household, and Fanta Cissé's, where he is her husband without being counted."""
    fanta = Member("Fanta", "Cissé", "F", "head", "1985-03-01")
    home = telephone.enter(telephone.family())
    told = telephone.family(members=[fanta])
    hearth = telephone.enter(told)
    second = add_known_person(
        household=hearth.household,
        person=Person.objects.get(given_name="Ali"),
        relationship="spouse",
        is_principal=False,
        on=LATER,
        source=correction(),
        actor=FATOU,
    )
    return home.household, told, second


def test_a_list_names_each_line_once(hearths, telephone, form):
    home, _told, second = hearths
    text, rows = write_persons(
        telephone.user, form_of(form), read_dictionary(form.dictionary_version)
    )
    lines = list(csv.DictReader(io.StringIO(text.decode())))
    assert rows == len({line["name"] for line in lines}) == 5
    ali = {line["household_id"]: line["name"] for line in lines if line["label"] == "Ali Tall"}
    assert ali == {str(home.pk): str(second.person_id), str(second.household_id): str(second.pk)}


def test_the_second_hearth_is_interviewed_again_and_nobody_is_registered_twice(hearths, telephone):
    _home, told, second = hearths
    fanta = told.members[0]
    fanta.is_known = True
    ali = Member("Ali", "Tall", "M", "spouse", "1971-04-09", id=str(second.pk), is_known=True)
    again = telephone.family(
        household_id=told.household_id,
        is_known=True,
        base_version=2,
        members=[fanta, ali],
        answers={"rooms": "2"},
    )
    submission = telephone.enter(again)
    assert (submission.status, submission.problems) == (Submission.Status.ACCEPTED, [])
    assert submission.household.answers["rooms"] == 2
    assert Person.objects.filter(given_name="Ali").count() == 1
    here = Membership.objects.current().filter(household=submission.household)
    assert set(here.values_list("person__given_name", flat=True)) == {"Fanta", "Ali"}
