"""The work at the desk, as a supervisor does it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from gwa.fieldwork.models import Assignment, Card, SentBack, ZoneAccess
from gwa.journal.models import Entry
from gwa.submissions.models import Device, Handset, Submission
from gwa.testing.accounts import browser_of, make_account
from gwa.testing.collecte import write_export

STRAY = "uuid:0194f1c0-0000-7000-8000-000000000001"


@pytest.fixture
def supervisor(telephone):
    """Fatou, who supervises the cercle of Mopti."""
    return browser_of(make_account("supervisor", telephone.places.mopti, username="fatou"))


@pytest.fixture
def operator(telephone):
    return browser_of(make_account("operator", username="sekou"))


@pytest.fixture
def accepted(telephone):
    return telephone.enter(telephone.family())


def text_of(answer):
    return answer.content.decode()


def test_a_village_is_given_and_closed(supervisor, telephone, form, accepted):
    number = accepted.household.registry_number
    told = {
        "user": telephone.user.pk,
        "version": form.pk,
        "zone": telephone.places.sevare.code,
        "numbers": f"RSU {number}",
        "due_on": "15/12/2026",
        "note": "Commencez par l’est.",
    }
    assert supervisor.post("/work/new/", told).status_code == 302
    assignment = Assignment.objects.get()
    assert (assignment.households, assignment.target) == ([accepted.household_id], 1)
    assert "Sévaré" in text_of(supervisor.get("/work/"))
    supervisor.post(f"/work/{assignment.pk}/close/", {"reason": "fini"})
    assert "Sévaré" not in text_of(supervisor.get("/work/"))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"zone": "nowhere"}, "Aucune de vos zones n’a ce code."),
        ({"numbers": "123"}, "Aucun ménage de vos zones n’a ces numéros : 123."),
        ({"user": ""}, "obligatoire"),
    ],
)
def test_what_cannot_be_given_says_why(supervisor, telephone, form, change, sentence):
    told = {
        "user": telephone.user.pk,
        "version": form.pk,
        "zone": telephone.places.sevare.code,
    }
    answer = supervisor.post("/work/new/", told | change)
    assert (answer.status_code, sentence in text_of(answer)) == (200, True)
    assert not Assignment.objects.exists()


def test_an_interview_is_sent_back_with_a_point_beside_a_question(supervisor, accepted):
    page = text_of(supervisor.get(f"/submissions/{accepted.pk}/send-back/"))
    assert 'name="comment:/data/rooms"' in page
    assert 'name="comment:/data/members[2]/' in page
    told = {"reason": "Trop de pièces.", "comment:/data/rooms": "Recomptez.", "comment:/x": "?"}
    answer = supervisor.post(f"/submissions/{accepted.pk}/send-back/", told)
    assert answer.status_code == 302
    assert SentBack.objects.get().comments == [{"path": "/data/rooms", "text": "Recomptez."}]
    shown = text_of(supervisor.get(f"/submissions/{accepted.pk}/"))
    assert "Recomptez." in shown
    assert "send-back" not in shown


def test_it_is_not_sent_back_without_a_reason(supervisor, accepted):
    told = {"reason": " ", "comment:/data/rooms": "Recomptez."}
    page = text_of(supervisor.post(f"/submissions/{accepted.pk}/send-back/", told))
    assert "Écrivez le motif" in page
    assert 'value="Recomptez."' in page
    assert not SentBack.objects.exists()


def test_the_unit_says_which_zones_are_not_open(operator, supervisor, telephone):
    told = {"zone": telephone.places.mopti.code, "state": "closed", "reason": "Attaques."}
    assert supervisor.post("/zone-access/", told).status_code == 403
    assert operator.post("/zone-access/", told).status_code == 302
    assert ZoneAccess.objects.get().state == "closed"
    assert "Attaques." in text_of(operator.get("/zone-access/"))


def test_cards_are_printed_ten_a_page_with_their_numbers(supervisor, telephone):
    told = {"zone": telephone.places.socoura.code, "count": 12, "holder": telephone.user.pk}
    answer = supervisor.post("/household-cards/", told)
    paper = PdfReader(io.BytesIO(answer.content))
    assert len(paper.pages) == 2
    words = "".join(page.extract_text() for page in paper.pages).replace(" ", "")
    assert all(number in words for number in Card.objects.values_list("number", flat=True))
    assert Card.objects.count() == 12


def test_the_file_of_a_telephone_without_network_is_read(supervisor, collecte, telephone):
    interview = telephone.family()
    sealed = collecte.seal(interview.write(), kind="interview", instance_id=interview.instance_id)
    stray = collecte.seal(b"x", kind="file", name="1.jpg", instance_id=STRAY)
    for _twice in range(2):
        file = SimpleUploadedFile("export.gwax", write_export([sealed, stray]))
        told = {"device": telephone.device.pk, "file": file}
        page = text_of(supervisor.post("/telephone-export/", told))
        assert "1 envoi lu" in page
        assert "envoyez d’abord l’entretien" in page
    submission = Submission.objects.get()
    assert (submission.sent_by, submission.device) == (telephone.user, telephone.device)
    assert collecte.send(sealed).json()["receipt"]["state"] == "received"
    assert Entry.objects.filter(action="fieldwork.export_read").count() == 2


def test_another_file_is_refused(supervisor, collecte, telephone):
    file = SimpleUploadedFile("photo.jpg", b"\xff\xd8")
    told = {"device": telephone.device.pk, "file": file}
    page = text_of(supervisor.post("/telephone-export/", told))
    assert "n’est pas un export de Gwa Collecte" in page


def test_a_telephone_is_enrolled_with_a_code_for_each_application(supervisor, telephone):
    page = text_of(
        supervisor.post("/devices/new/", {"user": telephone.user.pk, "name": "Tecno 15"})
    )
    assert "http://testserver/collecte/#enrol=" in page
    assert "http://testserver/openrosa/key/" in page


def test_the_page_of_a_telephone_says_what_only_it_holds_and_opens_it(
    supervisor, collecte, telephone
):
    Handset.objects.update(held_drafts=4, held_waiting=3, is_persistent=False)
    address = f"/devices/{telephone.device.pk}/"
    assert "n’a pas promis" in text_of(supervisor.get(address))
    assert "à surveiller" in text_of(supervisor.get("/devices/"))
    supervisor.post(f"{address}unlock/", {"reason": "a oublié"})
    handset = Handset.objects.get()
    assert handset.unlock_serial == 1
    told = {"challenge": "1234 5678", "reason": "au village"}
    digits = handset.answer("12345678")
    assert f"{digits[:4]} {digits[4:]}" in text_of(supervisor.post(f"{address}answer/", told))
    page = text_of(supervisor.post(f"{address}answer/", told | {"challenge": "12"}))
    assert "huit chiffres que montre" in page


def test_a_copy_of_an_unfinished_interview_is_read_and_leaves_a_line(
    supervisor, collecte, telephone
):
    interview = telephone.family()
    collecte.send(collecte.seal(interview.write(), kind="draft", instance_id=interview.instance_id))
    page = text_of(supervisor.get(f"/devices/{telephone.device.pk}/"))
    address = page.partition('href="/drafts-of-telephones/')[2].partition('"')[0]
    assert "Oumou" in text_of(supervisor.get(f"/drafts-of-telephones/{address}"))
    assert Entry.objects.filter(action="submissions.draftcopy_read").count() == 1


def test_who_supervises_elsewhere_sees_none_of_it(telephone, collecte, accepted):
    stranger = browser_of(make_account("supervisor", telephone.places.gao_commune))
    assert Device.objects.count() == 1
    assert stranger.get(f"/devices/{telephone.device.pk}/").status_code == 404
    assert stranger.get(f"/submissions/{accepted.pk}/send-back/").status_code == 404
