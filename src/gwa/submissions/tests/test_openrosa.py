"""The door of interviews, knocked at as ODK Collect does."""

import datetime as dt
import hashlib
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gwa.journal.models import Entry
from gwa.questionnaires.actions import assign_form
from gwa.submissions.actions import revoke_device
from gwa.submissions.models import Submission
from gwa.submissions.tests.conftest import MOUSSA

LIST = "{http://openrosa.org/xforms/xformsList}"


@pytest.fixture
def door(telephone, form):
    assign_form(
        form=form.form,
        zone=telephone.places.socoura,
        starts_on=dt.date(2026, 1, 1),
        actor=MOUSSA,
    )
    return f"/openrosa/key/{telephone.token}/"


def post(door, xml, **files):
    part = SimpleUploadedFile("interview.xml", xml, content_type="text/xml")
    return Client().post(f"{door}submission", {"xml_submission_file": part, **files})


def test_the_list_names_the_forms_of_the_account_by_the_hash_of_their_bytes(door):
    answer = Client().get(f"{door}formList")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    assert answer["X-OpenRosa-Version"] == "1.0"
    [entry] = ElementTree.fromstring(answer.content).findall(f"{LIST}xform")  # noqa: S314 (our own)
    told = {child.tag.removeprefix(LIST): child.text for child in entry}
    assert told["formID"] == "essai-menage"
    served = Client().get(told["downloadUrl"].removeprefix("http://testserver"))
    assert told["hash"] == f"md5:{hashlib.md5(served.content, usedforsecurity=False).hexdigest()}"
    assert Client().get(told["manifestUrl"].removeprefix("http://testserver")).status_code == 200


def test_a_form_that_is_not_assigned_is_not_listed(telephone):
    answer = Client().get(f"/openrosa/key/{telephone.token}/formList")
    assert len(ElementTree.fromstring(answer.content)) == 0  # noqa: S314 (our own)


def test_head_says_how_much_may_come_at_once(door):
    answer = Client().head(f"{door}submission")
    assert answer.status_code == 204
    assert int(answer["X-OpenRosa-Accept-Content-Length"]) > 1_000_000


def test_an_interview_is_received_once_and_other_words_are_refused(door, telephone):
    interview = telephone.family()
    assert [post(door, interview.write()).status_code for _ in range(2)] == [201, 201]
    assert Submission.objects.count() == 1
    interview.answers = {"rooms": "9"}
    answer = post(door, interview.write())
    assert answer.status_code == 409
    assert "identifiant" in answer.content.decode()


def test_photos_come_in_their_own_time(door, telephone):
    xml = telephone.family(answers={"photo": "1.jpg"}).write()
    assert post(door, xml, **{"*isIncomplete*": "yes"}).status_code == 201
    assert not Submission.objects.get().is_complete
    assert post(door, xml, **{"1.jpg": SimpleUploadedFile("1.jpg", b"photo")}).status_code == 201
    assert Submission.objects.get().is_complete


@pytest.mark.parametrize("xml", [b"<data", b""])
def test_what_is_no_interview_is_refused_with_a_message(door, xml):
    assert post(door, xml or b" ").status_code == 400


def test_who_is_unknown_is_told_how_to_sign_in(door):
    answer = Client().get("/openrosa/key/unknown/formList")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Basic")


def test_a_revoked_telephone_fetches_nothing_and_may_still_send(door, telephone):
    revoke_device(device=telephone.device, actor=MOUSSA, reason="perdu")
    assert Client().get(f"{door}formList").status_code == 403
    assert post(door, telephone.family().write()).status_code == 201
    assert Submission.objects.get().status == Submission.Status.QUARANTINED


def test_a_receipt_leaves_a_line_with_the_right_that_opened_the_door(door, telephone):
    post(door, telephone.family().write())
    line = Entry.objects.get(action="submissions.received")
    assert (line.actor_label, line.right) == ("moussa", "submissions.send")
