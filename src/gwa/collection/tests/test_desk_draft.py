"""What is typed at the desk is kept, comes back, and goes when it should."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import encode_multipart
from django.urls import reverse
from PIL import Image

from gwa.collection.tests.desk_scene import CHILD, HEAD, WIFE, Desk, sit_down
from gwa.common.models import DraftFile, FormDraft
from gwa.registry.models import Document, Household
from gwa.testing.accounts import browser_of, make_account


@pytest.fixture
def desk(cast, dictionary) -> Desk:
    """Fatou of the technical unit at the desk."""
    fatou = make_account("operator", username="fatou")
    return sit_down(browser_of(fatou), fatou, cast)


def picture() -> SimpleUploadedFile:
    drawn = io.BytesIO()
    image = Image.new("RGB", (40, 30), "white")
    exif = image.getexif()
    exif[0x010F] = "Tecno"  # the maker of the camera
    image.save(drawn, "JPEG", exif=exif)
    return SimpleUploadedFile("fiche.jpg", drawn.getvalue(), "image/jpeg")


def test_a_sheet_survives_the_session_and_waits_on_the_first_page(desk):
    desk.members(HEAD, WIFE)
    desk.client.logout()
    again = browser_of(desk.user)
    home = again.get("/").content.decode()
    assert "À terminer : Ménage de Moussa Dembélé" in home
    page = again.get(desk.url("members")).content.decode()
    assert 'value="Assitan"' in page


def test_it_waits_for_nobody_else(desk):
    desk.members(HEAD)
    other = browser_of(make_account("supervisor", desk.cast.places.socoura))
    assert "Moussa Dembélé" not in other.get("/").content.decode()
    assert other.get(desk.url("members"))["Location"] == reverse("collection:desk")
    assert other.post(desk.url("give_up")).status_code == 302
    assert desk.told() is not None


def test_what_is_being_typed_is_kept_without_leaving_the_step(desk):
    assert (
        desk.keep("members", {"m1-given_name": ["Mou"], "m2-given_name": [""]}).status_code == 204
    )
    desk.keep("members", {"m2-given_name": ["Assitan"], "m1-given_name": ["Moussa"]})
    assert list(desk.told()) == ["m2-given_name", "m1-given_name"]
    desk.keep("household", {"h-rooms": ["3"], "m1-given_name": ["forged"]})
    assert desk.told()["m1-given_name"] == ["Moussa"]
    assert desk.told()["h-rooms"] == ["3"]


@pytest.mark.parametrize("body", ["not json", "[]", '{"a": 1}', '{"a": [1]}'])
def test_what_is_no_form_is_refused(desk, body):
    desk.members(HEAD)
    before = desk.told()
    url = desk.url("draft", "members", 0)
    assert desk.client.post(url, body, content_type="application/json").status_code == 400
    assert desk.told() == before


def test_a_sending_cut_in_the_middle_leaves_the_sheet_whole(desk):
    desk.fill()
    before = desk.told()
    whole = encode_multipart(
        "cut", {"c-consent_form": "signature", "paper": picture(), "whole": "1"}
    )
    for length in range(0, len(whole) - 30, 200):
        desk.client.generic(
            "POST",
            desk.url("closing"),
            whole[:length],
            content_type="multipart/form-data; boundary=cut",
        )
        assert desk.told() == before
    page = desk.client.get(desk.url("closing")).content.decode()
    assert "L’envoi a été coupé" in page
    assert DraftFile.objects.count() == 0


def test_a_late_keeping_brings_no_registered_sheet_back(desk):
    desk.fill()
    desk.register()
    assert desk.keep("members", {"m1-given_name": ["Moussa"]}).status_code == 410
    assert FormDraft.objects.count() == 0


def test_the_answers_of_a_member_go_with_the_member(desk):
    desk.fill()
    desk.send("person", {"p2-marital_status": "widowed"}, 2)
    desk.members(HEAD, WIFE, CHILD, remove="2")
    assert "p2-marital_status" not in desk.told()
    assert desk.told()["m3-given_name"] == ["Adama"]
    desk.members(HEAD, add="1")
    assert "m2-given_name" in desk.told()


def test_lines_move_without_script(desk):
    desk.members(HEAD, WIFE, CHILD, up="3")
    names = [v[0] for n, v in desk.told().items() if n.endswith("given_name")]
    assert names == ["Moussa", "Adama", "Assitan"]


def test_a_photo_waits_sealed_without_what_the_camera_wrote_and_enters_with_the_household(desk):
    desk.fill()
    answer = desk.send("closing", {"paper": picture(), "paper_title": "Fiche F-12", "attach": "1"})
    assert answer.status_code == 302
    held = DraftFile.objects.get()
    shown = desk.client.get(desk.url("paper", held.pk))
    assert shown["Content-Type"] == "image/jpeg"
    assert b"Tecno" not in shown.content
    assert shown.content not in bytes(held.sealed)
    stranger = browser_of(make_account("supervisor", desk.cast.places.socoura))
    assert stranger.get(desk.url("paper", held.pk)).status_code == 302
    desk.close(**{f"d{held.pk}-title": "Fiche F-12"})
    assert desk.register().status_code == 302
    document = Document.objects.get(household_id=desk.id)
    assert (document.title, document.media_type) == ("Fiche F-12", "image/jpeg")
    assert DraftFile.objects.count() == 0


def test_what_is_no_picture_is_refused_with_its_sentence(desk):
    fake = SimpleUploadedFile("fiche.jpg", b"MZ not a picture", "image/jpeg")
    desk.send("closing", {"paper": fake, "attach": "1"})
    page = desk.client.get(desk.url("closing")).content.decode()
    assert 'class="notice notice-warning"' in page
    assert DraftFile.objects.count() == 0


def test_a_photo_is_taken_off(desk):
    desk.send("closing", {"paper": picture(), "attach": "1"})
    desk.send("closing", {"drop": str(DraftFile.objects.get().pk)})
    assert DraftFile.objects.count() == 0


def test_giving_up_leaves_nothing(desk):
    desk.fill()
    desk.send("closing", {"paper": picture(), "attach": "1"})
    assert desk.client.post(desk.url("give_up")).status_code == 302
    assert (FormDraft.objects.count(), DraftFile.objects.count()) == (0, 0)
    assert not Household.objects.filter(pk=desk.id).exists()
    assert desk.client.get(desk.url("check"))["Location"] == reverse("collection:desk")
