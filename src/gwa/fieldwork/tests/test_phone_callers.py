"""Who may call the door of Gwa Collecte, and what a telephone is given at its first word."""

import base64

import pytest
from django.utils import timezone

from gwa.accounts.throttling import FAILURES_BY_ADDRESS
from gwa.journal.models import Entry
from gwa.submissions.actions import answer_challenge, revoke_device, unlock_handset
from gwa.submissions.models import Device, Handset
from gwa.submissions.tests.conftest import MOUSSA, collect_of
from gwa.testing.accounts import PASSWORD, make_account, make_profile
from gwa.testing.collecte import Collecte


@pytest.fixture
def with_password(telephone):
    """Moussa's account also has a password."""
    telephone.user.set_password(PASSWORD)
    telephone.user.save()
    return telephone


def say_how_it_is(**more):
    return {"clock": timezone.now().isoformat(), "app_version": "1.2"} | more


def test_a_telephone_is_greeted_with_what_it_works_with(enrolled, telephone):
    told = enrolled.hello().json()
    assert told["device"] == {"id": telephone.device.pk, "name": "Tecno de Moussa"}
    assert told["person"]["username"] == "moussa"
    assert len(base64.b64decode(told["device_secret"])) == 32
    assert len(base64.b64decode(told["unlock_key"])) == 32
    assert len(base64.b64decode(told["seal_keys"][0]["key"])) == 65
    assert (told["unlock_serial"], told["max_offline_days"]) == (0, 30)
    assert told["badge"]["url"].endswith(f"/badge/{told['badge']['code']}/")
    assert told["badge"]["qr"].startswith("data:image/png;base64,")


def test_asked_twice_because_an_answer_was_lost_it_is_told_the_same(enrolled):
    first, second = (enrolled.hello().json() for _twice in range(2))
    assert first | {"server_time": ""} == second | {"server_time": ""}
    assert Entry.objects.filter(action="submissions.device_bound").count() == 1


def test_from_another_telephone_the_same_code_is_refused(collecte):
    answer = Collecte(collecte.token, "telephone-2").hello()
    assert answer.status_code == 403
    assert answer.json()["refused"]["code"] == "submissions.device_bound_elsewhere"
    assert "autre téléphone" in answer.json()["refused"]["sentence"]


def test_odk_collect_gets_nothing_with_a_code_that_a_telephone_made_its_own(telephone, collecte):
    collect = collect_of(telephone)
    assert collect.get("formList").status == 403
    assert collect.offer().status == 204


@pytest.mark.parametrize("path", ["work", "forms/1/form.xml", "receipts?id=uuid:1"])
def test_who_has_no_token_gets_nothing_and_reads_why(telephone, path):
    for stranger in (Collecte(), Collecte("made-up")):
        answer = stranger.get(path)
        assert (answer.status_code, answer.json()["refused"]["code"]) == (
            401,
            "submissions.caller_unknown",
        )


def test_an_account_signs_in_without_a_code(with_password):
    collecte = Collecte(client_device_id="my own")
    told = collecte.sign_in("Moussa", PASSWORD).json()
    assert told["person"]["username"] == "moussa"
    assert collecte.get("work").status_code == 200
    assert Device.objects.get(pk=told["device"]["id"]).user == with_password.user


def test_signed_in_again_it_is_the_same_telephone_and_its_store_opens_still(with_password):
    collecte = Collecte(client_device_id="my own")
    first = collecte.sign_in("moussa", PASSWORD).json()
    second = collecte.sign_in("moussa", PASSWORD).json()
    assert first["token"] != second["token"]
    assert (first["device"], first["device_secret"]) == (second["device"], second["device_secret"])
    assert Collecte(first["token"]).get("work").status_code == 401


def test_a_telephone_that_was_revoked_does_not_sign_in_again(with_password):
    collecte = Collecte(client_device_id="my own")
    number = collecte.sign_in("moussa", PASSWORD).json()["device"]["id"]
    revoke_device(device=Device.objects.get(pk=number), actor=MOUSSA, reason="perdu")
    answer = collecte.sign_in("moussa", PASSWORD)
    assert (answer.status_code, answer.json()["refused"]["code"]) == (
        403,
        "submissions.device_revoked",
    )


def test_wrong_passwords_are_counted(with_password):
    collecte = Collecte()
    answers = [collecte.sign_in("moussa", "wrong") for _ in range(FAILURES_BY_ADDRESS + 1)]
    assert [answer.status_code for answer in answers] == [401] * FAILURES_BY_ADDRESS + [429]


def test_an_account_that_needs_a_second_factor_does_not_sign_in_here(places):
    make_account("operator", username="fatou")
    assert Collecte().sign_in("fatou", PASSWORD).status_code == 401


def test_an_account_that_may_not_interview_does_not_sign_in_here(places):
    user = make_account(make_profile("registry.search"), places.socoura, username="lecteur")
    user.set_password(PASSWORD)
    user.save()
    assert Collecte().sign_in("lecteur", PASSWORD).status_code == 403


def test_at_each_contact_it_says_what_only_it_holds(collecte, telephone):
    held = {"drafts": 2, "waiting": 3, "oldest_at": "2026-11-20T08:00:00Z"}
    storage = {"persisted": False, "used": 5_000_000, "quota": 100_000_000}
    told = say_how_it_is(held=held, storage=storage, pin={"misses": 4, "shut": False})
    answer = collecte.post("contact", told).json()
    assert (answer["state"], answer["unlock_serial"]) == ("active", 0)
    handset = Handset.objects.get(device=telephone.device)
    assert (handset.held, handset.app_version, handset.pin_misses) == (5, "1.2", 4)
    assert (handset.is_persistent, handset.storage_used) == (False, 5_000_000)
    assert abs(handset.clock_ahead_seconds) < 60


def test_the_contact_tells_whether_the_work_changed(collecte):
    tag = collecte.get("work").headers["ETag"]
    assert collecte.post("contact", say_how_it_is()).json()["work_etag"] == tag
    assert collecte.get("work", **{"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"clock": "yesterday"},
        {"clock": "2026-11-28T08:00:00"},
        {"clock": "2026-11-28T08:00:00Z", "held": {"drafts": -1}},
        {"clock": "2026-11-28T08:00:00Z", "storage": {"quota": "much"}},
    ],
)
def test_what_cannot_be_read_is_refused(collecte, told):
    answer = collecte.post("contact", told)
    assert (answer.status_code, answer.json()["refused"]["code"]) == (400, "api.unreadable")


def test_a_code_that_no_telephone_has_greeted_with_contacts_nobody(enrolled):
    assert enrolled.post("contact", say_how_it_is()).status_code == 403


def test_a_revoked_telephone_learns_so_and_may_only_send(collecte, telephone):
    revoke_device(device=telephone.device, actor=MOUSSA, reason="perdu")
    assert collecte.post("contact", say_how_it_is()).json()["state"] == "revoked"
    assert collecte.get("work").status_code == 403
    assert collecte.get("receipts?id=uuid:1").status_code == 200


def test_the_telephone_of_a_closed_account_learns_so_too(collecte, telephone):
    telephone.user.is_active = False
    telephone.user.save()
    assert collecte.post("contact", say_how_it_is()).json()["state"] == "closed"
    assert collecte.get("work").status_code == 401


def test_a_locked_telephone_knocks_and_learns_that_the_desk_opened_it(enrolled, telephone):
    knock = enrolled.hello().json()["knock"]
    locked = Collecte()
    assert locked.post("knock", {"knock": knock}).json() == {"state": "active", "unlock_serial": 0}
    unlock_handset(device=telephone.device, actor=MOUSSA, reason="a oublié son code")
    assert locked.post("knock", {"knock": knock}).json()["unlock_serial"] == 1
    assert Collecte(knock).get("work").status_code == 401
    assert locked.post("knock", {"knock": "made up"}).status_code == 401


def test_without_network_eight_digits_answer_those_on_its_screen(collecte, telephone):
    handset = Handset.objects.get(device=telephone.device)
    told = answer_challenge(
        device=telephone.device, challenge="1234 5678", actor=MOUSSA, reason="au village"
    )
    assert told == handset.answer("12345678")
    assert (len(told), told.isdigit()) == (8, True)
    assert handset.answer("12345679") != told
