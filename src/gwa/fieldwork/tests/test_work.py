"""Work that is given, what comes back to be mended, and what a telephone is told of both."""

import datetime as dt
from dataclasses import replace

import pytest

from gwa.common.ids import new_id
from gwa.fieldwork import errors
from gwa.fieldwork.actions import Work, close_work, give_work, send_back, set_access
from gwa.fieldwork.erasure import forget_work
from gwa.journal.models import Entry
from gwa.registry.erasure import Erased
from gwa.submissions.actions import enrol_device, refuse_submission
from gwa.submissions.entering.processing import process
from gwa.submissions.models import Submission
from gwa.submissions.tests.conftest import MOUSSA
from gwa.testing.accounts import make_account
from gwa.testing.cast import FATOU
from gwa.testing.collecte import Collecte

POINTS = [{"path": "/data/rooms", "text": "Comptez encore les pièces."}]


@pytest.fixture
def work(telephone, form):
    return Work(
        user=telephone.user,
        zone=telephone.places.sevare,
        form=form.form,
        target=12,
        due_on=dt.date(2026, 12, 15),
        note="Commencez par l’est.",
    )


@pytest.fixture
def accepted(telephone):
    return telephone.enter(telephone.family())


def told(collecte, part):
    return collecte.get("work").json()[part]


def test_a_village_is_on_the_telephone_with_its_target_and_what_is_done(
    collecte, telephone, work, form
):
    assignment = give_work(work=work, actor=FATOU)
    [shown] = told(collecte, "assignments")
    assert shown == {
        "id": str(assignment.pk),
        "form": form.form.code,
        "zone": {"code": telephone.places.sevare.code, "name": "Sévaré"},
        "households": [],
        "target": 12,
        "done": 0,
        "due_on": "2026-12-15",
        "note": "Commencez par l’est.",
    }
    telephone.enter(telephone.family())
    telephone.enter(telephone.family(zone_code=telephone.places.chateau.code))
    assert told(collecte, "assignments")[0]["done"] == 1


def test_chosen_households_must_live_there(telephone, work, accepted):
    home = accepted.household_id
    chosen = replace(work, households=(home,), target=None)
    assert give_work(work=chosen, actor=FATOU).target == 1
    with pytest.raises(errors.HouseholdsElsewhere):
        give_work(work=replace(chosen, households=(home, new_id())), actor=FATOU)


def test_work_is_given_to_who_interviews_there(telephone, work):
    for user in (make_account("analyst"), make_account("enumerator", telephone.places.chateau)):
        with pytest.raises(errors.NotAnEnumerator):
            give_work(work=replace(work, user=user), actor=FATOU)


def test_closed_work_is_no_longer_on_the_telephone(collecte, work):
    assignment = give_work(work=work, actor=FATOU)
    close_work(assignment=assignment, actor=FATOU)
    assert told(collecte, "assignments") == []
    with pytest.raises(errors.AlreadyClosed):
        close_work(assignment=assignment, actor=FATOU)


def test_an_erased_household_is_on_no_list_of_work(work, accepted):
    home = accepted.household_id
    assignment = give_work(work=replace(work, households=(home,)), actor=FATOU)
    forget_work(Erased(households=(home,), persons=()))
    assignment.refresh_from_db()
    assert assignment.households == []


def test_an_interview_comes_back_with_the_reason_and_the_points(collecte, accepted):
    sent = send_back(submission=accepted, reason="Trop de pièces.", comments=POINTS, actor=FATOU)
    [shown] = told(collecte, "returns")
    assert (shown["instance_id"], shown["reason"]) == (accepted.instance_id, "Trop de pièces.")
    assert (shown["comments"], shown["by"]) == (POINTS, "fatou")
    assert told(collecte, "interviews")[0]["state"] == "returned"
    assert b"Trop" not in bytes(sent.sealed)
    line = Entry.objects.get(action="fieldwork.sent_back")
    assert (line.subject_id, line.reason) == (str(accepted.pk), "")


def test_its_correction_is_a_new_revision_and_closes_it(collecte, telephone, accepted):
    send_back(submission=accepted, reason="Trop de pièces.", comments=POINTS, actor=FATOU)
    second = telephone.family(
        corrects=accepted.instance_id, household_id=str(accepted.household_id)
    )
    sealed = collecte.seal(second.write(), kind="interview", instance_id=second.instance_id)
    assert collecte.send(sealed).json()["receipt"]["revision"] == 2
    assert told(collecte, "returns") == []
    states = {one["instance_id"]: one["state"] for one in told(collecte, "interviews")}
    assert states == {accepted.instance_id: "replaced", second.instance_id: "received"}
    process(Submission.objects.get(instance_id=second.instance_id).pk)
    with pytest.raises(errors.CorrectedSince):
        send_back(submission=accepted, reason="Encore.", comments=[], actor=FATOU)


def test_a_telephone_without_its_copy_takes_the_interview_back(collecte, telephone, accepted):
    send_back(submission=accepted, reason="Trop de pièces.", comments=[], actor=FATOU)
    [shown] = told(collecte, "returns")
    assert accepted.instance_id.encode() in collecte.get(shown["xml_url"]).content
    line = Entry.objects.get(action="fieldwork.interview_fetched")
    assert (line.actor_label, line.subject_id) == ("moussa", str(accepted.pk))
    other = make_account("enumerator", telephone.places.socoura, username="seydou")
    _device, token = enrol_device(user=other, name="autre", actor=FATOU)
    stranger = Collecte(token, "another")
    stranger.hello()
    assert stranger.get(shown["xml_url"]).status_code == 404
    assert told(stranger, "returns") == []


def test_its_photos_come_back_too_but_where_a_zone_is_not_safe(collecte, telephone):
    log, photo = ("audit.csv", b"event,node,start,end\n"), ("1.jpg", b"\xff\xd8 a photo")
    sent = telephone.enter(telephone.family(answers={"photo": "1.jpg"}), photo, log)
    send_back(submission=sent, reason="Trop de pièces.", comments=[], actor=FATOU)
    [[file]] = [one["files"] for one in told(collecte, "returns")]
    assert (file["name"], collecte.get(file["url"]).content) == photo
    set_access(zone=telephone.places.sevare, state="restricted", reason="Attaque.", actor=FATOU)
    assert told(collecte, "returns")[0]["files"] == []


def test_what_may_not_go_back_says_why(telephone, accepted):
    send_back(submission=accepted, reason="Trop de pièces.", comments=[], actor=FATOU)
    with pytest.raises(errors.AlreadySentBack):
        send_back(submission=accepted, reason="Encore.", comments=[], actor=FATOU)
    waiting = telephone.enter(telephone.family(zone_code="99999999"))
    assert waiting.status == "waiting"
    refuse_submission(submission=waiting, actor=MOUSSA, reason="doublon")
    with pytest.raises(errors.NotMendable):
        send_back(submission=waiting, reason="Encore.", comments=[], actor=FATOU)


def test_what_became_of_each_interview_is_told(collecte, telephone, accepted):
    waiting = telephone.enter(telephone.family(zone_code="99999999"))
    received = telephone.send(telephone.family())
    states = {one["instance_id"]: one["state"] for one in told(collecte, "interviews")}
    assert states == {
        accepted.instance_id: "accepted",
        waiting.instance_id: "waiting",
        received.instance_id: "received",
    }
