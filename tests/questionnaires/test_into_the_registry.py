"""The whole path of one household: the shipped form is published, asked, sent, and entered."""

from xml.etree import ElementTree

import pytest
from django.db import transaction

from gwa.common.scope import everywhere, scoped
from gwa.journal.models import Actor
from gwa.questionnaires.actions import propose_form, publish_form, submit_form, validate_form
from gwa.questionnaires.queries.versions import form_of
from gwa.questionnaires.scenes import read_scene
from gwa.registry.models import Household, Membership
from gwa.submissions import lists
from gwa.submissions.actions import receive_submission
from gwa.submissions.entering.processing import process
from gwa.submissions.models import Submission
from gwa.testing.accounts import make_account
from gwa.testing.interviews import hold_interview
from gwa.variables.queries import current_version, read_dictionary
from gwa.zones.models import Zone

AWA, COMMITTEE = Actor(label="awa"), Actor(label="comite")


@pytest.fixture
def published(whole_country, places, dictionary, full):
    workbook = full.form.workbook.read_bytes()
    version = propose_form(content=workbook, file_name="rsu-menage.xlsx", actor=AWA)
    submit_form(version=version, actor=AWA)
    validate_form(version=version, minutes="PV n° 1", actor=COMMITTEE)
    return publish_form(version=version, actor=AWA)


def hold(published, places, **answers):
    """Hold the interview of twelve in Sévaré, with the lists as the server gives them."""
    scene = read_scene("twelve", **answers)
    zones = lists.write_zones(Zone.objects.current().order_by("path"))
    scene["today"] = "2026-11-20"
    scene["files"]["zones.csv"] = zones.decode()
    scene["answers"] |= {
        "region": places.mopti.code,
        "cercle": places.socoura.parent.code,
        "commune": places.socoura.code,
        "village": places.sevare.code,
    }
    return hold_interview(bytes(published.xform).decode(), scene)


def send(interview, user):
    root = interview.submission
    with transaction.atomic(), everywhere():
        receipt = receive_submission(
            xml=ElementTree.tostring(root), parts=[], user=user, actor=Actor(label="moussa")
        )
    process(receipt.submission.pk)
    return Submission.objects.get(pk=receipt.submission.pk)


def test_an_interview_of_twelve_enters_whole_with_its_source(published, places):
    moussa = make_account("enumerator", places.socoura, username="moussa")
    interview = hold(published, places)
    assert interview.refused == []
    submission = send(interview, moussa)
    # An engine asks faster than anybody.
    assert submission.codes == ["submissions.too_fast"]
    household = Household.objects.get()
    assert household.zone_id == places.sevare.pk
    members = Membership.objects.filter(household=household).select_related("person")
    assert members.count() == 12
    head = members.get(is_head=True).person
    assert (head.given_name, head.family_name, str(head.birth_from)) == (
        "Bakary",
        "Traoré",
        "1971-03-05",
    )
    oumou = members.get(person__family_name="Koné").person
    assert (str(oumou.birth_from), str(oumou.birth_to), oumou.birth_known_by) == (
        "1978-01-01",
        "1982-12-31",
        "event",
    )
    assert household.source.kind == "interview"
    assert submission.form_version.dictionary_version == current_version()


def test_a_refusal_is_a_visit_and_registers_nobody(published, places):
    moussa = make_account("enumerator", places.socoura, username="moussa")
    submission = send(hold(published, places, consent_registration="no"), moussa)
    assert submission.status == Submission.Status.NOBODY
    assert not Household.objects.exists()


def test_the_lists_of_a_telephone_hold_the_households_of_its_zones(published, places):
    moussa = make_account("enumerator", places.socoura, username="moussa")
    elsewhere = make_account("enumerator", places.gao, username="elsewhere")
    household = send(hold(published, places), moussa).household
    form, dictionary = form_of(published), read_dictionary(published.dictionary_version)
    with scoped(moussa.scope_paths()):
        homes, count = lists.write_households(moussa, form, dictionary)
        persons, people = lists.write_persons(moussa, form, dictionary)
    assert (count, people) == (1, 12)
    assert str(household.pk) in homes.decode()
    assert "1971-03-05" in persons.decode()
    with scoped(elsewhere.scope_paths()):
        assert lists.write_persons(elsewhere, form, dictionary)[1] == 0
