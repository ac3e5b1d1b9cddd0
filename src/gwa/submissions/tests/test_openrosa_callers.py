"""Who may knock at the door of interviews, and what all are told (collection.md, section 3)."""

import datetime as dt
from email.utils import parsedate_to_datetime

import pytest

from gwa.accounts.throttling import FAILURES_BY_ADDRESS
from gwa.submissions.actions import revoke_device
from gwa.submissions.models import Device, Submission
from gwa.submissions.tests.conftest import MOUSSA, collect_of
from gwa.testing import collect as spoken
from gwa.testing.accounts import PASSWORD
from gwa.testing.collect import twelve_hour_date

LOGIN = ("moussa", PASSWORD)


@pytest.fixture
def with_password(telephone):
    """Moussa's account also has a password."""
    telephone.user.set_password(PASSWORD)
    telephone.user.save()
    return telephone


@pytest.mark.parametrize(
    ("verb", "path", "status"),
    [
        ("GET", "formList", 200),
        ("HEAD", "submission", 204),
        ("POST", "submission", 400),
        ("PUT", "submission", 405),
        ("GET", "nowhere", 404),
        ("GET", "/openrosa/key/unknown/formList", 401),
    ],
)
def test_every_answer_names_the_protocol_its_hour_and_how_much_may_come(
    collect, verb, path, status
):
    answer = collect.ask(verb, path)
    assert answer.status == status
    assert answer.headers.get_all("X-OpenRosa-Version") == ["1.0"]
    assert int(answer.headers["X-OpenRosa-Accept-Content-Length"]) > 1_000_000
    [hour] = answer.headers.get_all("Date")
    assert abs(parsedate_to_datetime(hour) - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)


@pytest.mark.parametrize("date", ["Tue, 03 Feb 2026 02:04:05 GMT", "mar., 03 févr. 2026 02:04", ""])
def test_the_hour_that_a_telephone_tells_is_not_believed(collect, telephone, date, monkeypatch):
    monkeypatch.setattr(spoken, "twelve_hour_date", lambda: date.encode().decode("latin-1"))
    assert collect.submit(telephone.family().write()).status == 201


def test_the_afternoon_is_written_as_the_morning():
    afternoon = dt.datetime(2026, 2, 3, 14, 4, 5, tzinfo=dt.UTC)
    assert twelve_hour_date(afternoon) == "Tue, 03 Feb 2026 02:04:05 GMT"


def test_a_token_says_which_telephone_calls(collect, telephone):
    collect.offer()
    device = Device.objects.get(pk=telephone.device.pk)
    assert device.client.startswith("org.odk.collect.android/")
    assert device.client_device_id == "collect:oFtNmXcPZ0aLnGJy"


def test_who_is_unknown_is_asked_for_a_password_and_never_for_a_digest(telephone):
    answer = collect_of(telephone).get("/openrosa/formList")
    assert answer.status == 401
    assert answer.headers.get_all("WWW-Authenticate") == ['Basic realm="Gwa", charset="UTF-8"']
    assert "OpenRosaResponse" in answer.text


def test_a_password_opens_the_door_once_it_was_asked_for(with_password, assigned):
    collect = collect_of(with_password, login=LOGIN)
    assert "essai-menage" in collect.get("formList").text
    assert collect.submit(with_password.family().write()).status == 201
    assert Submission.objects.get().sent_by == with_password.user


@pytest.mark.parametrize(
    "header",
    [
        'Digest username="moussa", realm="Gwa", nonce="", uri="/openrosa/formList", response=""',
        "Basic",
        "Basic !!!",
        "Basic bW91c3Nh",
        "Basic /////w==",
        "Basic AAA6AAA=",
        "Bearer abc",
    ],
)
def test_another_way_to_sign_in_is_refused_and_breaks_nothing(with_password, header):
    answer = collect_of(with_password).get("/openrosa/formList", Authorization=header)
    assert answer.status == 401


def test_a_team_behind_one_address_is_not_taken_for_somebody_who_guesses(with_password, assigned):
    # Collect calls first without a password: thirty telephones do so on the first morning.
    for _ in range(FAILURES_BY_ADDRESS + 5):
        assert collect_of(with_password).get("/openrosa/formList").status == 401
    assert collect_of(with_password, login=LOGIN).get("formList").status == 200


def test_who_guesses_waits_and_telephones_that_are_known_go_on(with_password, assigned):
    known = collect_of(with_password, login=LOGIN)
    assert known.get("formList").status == 200
    statuses = [
        collect_of(with_password, login=("moussa", f"faux {n}")).get("formList").status
        for n in range(FAILURES_BY_ADDRESS + 1)
    ]
    assert statuses == [*[401] * FAILURES_BY_ADDRESS, 429]
    assert known.get("formList").status == 200
    assert collect_of(with_password).get("formList").status == 200


def test_an_account_that_needs_a_second_factor_has_no_password_here(with_password):
    profile = with_password.user.profile
    profile.needs_second_factor = True
    profile.save()
    assert collect_of(with_password, login=LOGIN).get("formList").status == 401


def test_a_revoked_telephone_fetches_nothing_and_may_still_send(collect, telephone):
    revoke_device(device=telephone.device, actor=MOUSSA, reason="perdu")
    assert collect.get("formList").status == 403
    assert collect.submit(telephone.family().write()).status == 201
    assert Submission.objects.get().status == Submission.Status.QUARANTINED


def test_a_closed_account_fetches_nothing_and_may_still_send(collect, telephone):
    telephone.user.is_active = False
    telephone.user.save()
    assert collect.get("formList").status == 401
    assert collect.submit(telephone.family().write()).status == 201
    assert Submission.objects.get().status == Submission.Status.QUARANTINED
