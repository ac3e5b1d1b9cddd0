"""Interviews sent as ODK Collect sends them, by raw requests (collection.md, section 3)."""

import hashlib
import uuid
from xml.etree import ElementTree

import pytest

from gwa.journal.models import Entry
from gwa.submissions import storage
from gwa.submissions.actions import receiving
from gwa.submissions.models import Submission
from gwa.submissions.tests.conftest import collect_of
from gwa.submissions.views import openrosa
from gwa.testing.collect import write_form

PHOTO = b"\xff\xd8 a photo"
RESPONSE = "{http://openrosa.org/http/response}"


def said(answer):
    """What the sender reads."""
    return ElementTree.fromstring(answer.body).findtext(f"{RESPONSE}message")  # noqa: S314 (our own)


def test_head_answers_204_without_a_body_and_says_how_much_may_come_at_once(collect):
    answer = collect.offer()
    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["X-OpenRosa-Accept-Content-Length"] == "10485760"


def test_an_interview_is_received_and_the_answer_says_which(collect, telephone):
    interview = telephone.family()
    answer = collect.submit(interview.write())
    assert (answer.status, answer.headers["Content-Type"]) == (201, "text/xml; charset=utf-8")
    assert said(answer) == "Entretien reçu."
    root = ElementTree.fromstring(answer.body)  # noqa: S314 (our own)
    told = root.find("{http://www.opendatakit.org/xforms}submissionMetadata")
    assert told.get("instanceID") == interview.instance_id
    assert told.get("sha256") == hashlib.sha256(interview.write()).hexdigest()


def test_a_large_sending_is_cut_and_its_words_come_again_with_each_part(
    collect, telephone, monkeypatch
):
    monkeypatch.setattr("gwa.submissions.doors.ACCEPTS_BYTES", 4000)
    files = {f"{n}.jpg": bytes([n]) * 1500 for n in range(4)}
    answer = collect.submit(telephone.family(answers={"photo": "3.jpg"}).write(), files)
    assert (answer.status, said(answer)) == (201, "Entretien reçu.")
    [submission] = Submission.objects.all()
    kept = {one.name: storage.read(one.stored, key=one.pk) for one in submission.files.all()}
    assert kept == files
    lines = Entry.objects.filter(subject_id=str(submission.pk)).order_by("pk")
    actions = [line.action for line in lines]
    assert (actions[0], set(actions[1:])) == ("submissions.received", {"submissions.sent_again"})


def test_a_hundred_and_one_files_come_in_one_request(collect, telephone):
    files = {f"{n}.jpg": b"x" for n in range(101)}
    assert collect.post(telephone.family().write(), files).status == 201
    assert Submission.objects.get().files.count() == 101


def test_until_its_photo_is_there_an_interview_waits_for_it(collect, telephone):
    xml = telephone.family(answers={"photo": "1.jpg"}).write()
    answer = collect.post(xml, {}, is_partial=True)
    assert (answer.status, said(answer)) == (201, "Reçu ; des photos manquent encore.")
    assert not Submission.objects.get().is_complete
    assert collect.post(xml, {"1.jpg": PHOTO}).status == 201
    assert Submission.objects.get().is_complete


def test_sent_again_it_is_the_same_one_and_missing_files_are_added(collect, telephone):
    xml = telephone.family(answers={"photo": "1.jpg"}).write()
    sendings = [{}, {"1.jpg": PHOTO}, {"1.jpg": PHOTO}, {"more.jpg": PHOTO}]
    assert [collect.post(xml, files).status for files in sendings] == [201] * 4
    [submission] = Submission.objects.all()
    assert {one.name for one in submission.files.all()} == {"1.jpg", "more.jpg"}


def test_two_writings_of_one_name_are_one_interview(collect, telephone):
    interview = telephone.family()
    xml = interview.write()
    collect.submit(xml)
    shouted = interview.instance_id.upper().replace("UUID:", "uuid:")
    answer = collect.submit(xml.replace(interview.instance_id.encode(), shouted.encode()))
    assert answer.status == 409


def test_other_words_under_its_name_are_refused_with_a_message(collect, telephone):
    interview = telephone.family()
    collect.submit(interview.write())
    interview.answers = {"rooms": "9"}
    answer = collect.submit(interview.write())
    assert answer.status == 409
    assert said(answer).startswith("Un autre entretien porte déjà cet identifiant.")


def test_a_correction_follows_the_interview_it_corrects(collect, telephone):
    first = telephone.family()
    collect.submit(first.write())
    second = telephone.family(corrects=first.instance_id)
    answer = collect.submit(second.write())
    assert answer.status == 201
    assert b'revision="2"' in answer.body


def test_a_correction_has_the_photos_of_what_it_corrects(collect, telephone):
    first = telephone.family(answers={"photo": "1.jpg"})
    collect.submit(first.write(), {"1.jpg": PHOTO})
    answers = {"photo": "1.jpg", "rooms": "9"}
    second = telephone.family(corrects=first.instance_id, answers=answers)
    assert collect.post(second.write(), {}).status == 201
    submission = Submission.objects.get(revision=2)
    [file] = submission.files.all()
    assert submission.is_complete
    assert storage.read(file.stored, key=file.pk) == PHOTO


@pytest.mark.parametrize("known", [False, True])
def test_a_correction_of_what_is_unknown_or_already_replaced_is_refused(collect, telephone, known):
    first = telephone.family()
    if known:
        collect.submit(first.write())
        collect.submit(telephone.family(corrects=first.instance_id).write())
    answer = collect.submit(telephone.family(corrects=first.instance_id).write())
    assert answer.status == 409
    assert "correction" in said(answer)


@pytest.mark.parametrize(
    "xml",
    [
        b" ",
        b"<data",
        b"<data/>",
        b"\xff\xfe\x00<",
        b'<?xml version="1.0" encoding="nobody-knows"?><data/>',
        b'<data id="essai-menage" version="1"/>',
        b'<data id="essai-menage"><meta><instanceID>uuid:1</instanceID></meta></data>',
        b'<!DOCTYPE d [<!ENTITY a "b">]><data id="essai-menage">&a;</data>',
        b'<data id="essai-menage"><meta><instanceID>uuid:%s</instanceID></meta></data>'
        % (b"-" * 300),
    ],
)
def test_what_is_no_interview_is_refused_with_a_message(collect, xml):
    answer = collect.submit(xml)
    assert answer.status == 400
    assert said(answer)


def test_a_form_that_nobody_published_is_refused_with_a_message(collect, telephone):
    answer = collect.submit(telephone.family(version="never").write())
    assert (answer.status, "jamais été publié" in said(answer)) == (404, True)


@pytest.mark.parametrize(
    ("kind", "cut_to"),
    [
        ("multipart/form-data; boundary=", None),
        ("multipart/form-data; boundary=another", None),
        ("multipart/form-data", None),
        ("text/xml", None),
        ("application/x-www-form-urlencoded", None),
        (None, 150),
        (None, 1),
    ],
)
def test_a_damaged_request_is_refused_with_a_message(collect, telephone, kind, cut_to):
    told, body = write_form(telephone.family().write(), {"1.jpg": PHOTO})
    answer = collect.ask("POST", "submission", body[:cut_to], {"Content-Type": kind or told})
    assert answer.status == 400
    assert said(answer)
    assert not Submission.objects.exists()


@pytest.mark.parametrize("name", ["a" * 201 + ".jpg", "a\0.jpg", "a\x07.jpg"])
def test_a_file_name_that_no_telephone_gives_is_refused_with_a_message(collect, telephone, name):
    answer = collect.submit(telephone.family().write(), {name: PHOTO})
    assert answer.status == 400
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", 'a"b.jpg', "été.jpg", "a;b.jpg", "*isIncomplete*"]
)
def test_an_odd_file_name_is_kept_as_a_name_and_leads_nowhere(collect, telephone, name):
    assert collect.submit(telephone.family().write(), {name: PHOTO}).status == 201
    [file] = Submission.objects.get().files.all()
    assert storage.read(file.stored, key=file.pk) == PHOTO
    assert storage.path_of(file.stored).name == f"{file.pk.hex}.sealed"


def test_an_answer_that_names_an_impossible_file_is_taken_in_without_it(collect, telephone):
    answer = collect.submit(telephone.family(answers={"photo": "x" * 300}).write())
    assert answer.status == 201
    assert Submission.objects.get().is_complete


def test_two_files_of_one_name_are_the_first_of_them(collect, telephone):
    xml = telephone.family().write()
    kind, body = write_form(xml, {"1.jpg": PHOTO, "2.jpg": b"another"})
    body = body.replace(b"2.jpg", b"1.jpg")
    assert collect.ask("POST", "submission", body, {"Content-Type": kind}).status == 201
    [file] = Submission.objects.get().files.all()
    assert storage.read(file.stored, key=file.pk) == PHOTO


def test_a_file_that_is_too_large_is_refused_with_413(collect, telephone, monkeypatch):
    monkeypatch.setattr(receiving, "LARGEST_FILE_MB", 0)
    answer = collect.submit(telephone.family().write(), {"1.jpg": PHOTO})
    assert answer.status == 413
    assert "1.jpg" in said(answer)


def test_a_request_that_is_too_large_is_refused_before_it_is_read(collect, telephone, monkeypatch):
    monkeypatch.setattr(openrosa, "LARGEST_REQUEST_MB", 0)
    answer = collect.submit(telephone.family().write())
    assert (answer.status, "dépasse" in said(answer)) == (413, True)


def test_an_interview_of_too_many_elements_is_refused_with_413(collect, telephone, monkeypatch):
    monkeypatch.setattr("gwa.questionnaires.xform.markup.MOST_ELEMENTS", 10)
    assert collect.submit(telephone.family().write()).status == 413


def test_a_receipt_leaves_a_line_with_the_right_that_opened_the_door(collect, telephone):
    collect.submit(telephone.family().write())
    line = Entry.objects.get(action="submissions.received")
    assert (line.actor_label, line.right) == ("moussa", "submissions.send")


def test_nobody_else_can_send_by_a_made_up_token(telephone):
    collect = collect_of(telephone)
    collect.base = f"/openrosa/key/{uuid.uuid4().hex}"
    assert collect.post(telephone.family().write(), {}).status == 401
    assert not Submission.objects.exists()
