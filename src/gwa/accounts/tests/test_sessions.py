"""Sessions end: left alone, at the end of the day, on leaving."""

import datetime as dt
import time

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from gwa.accounts.actions.accounts import sweep_sessions
from gwa.accounts.models import User
from gwa.testing.accounts import PASSWORD, browser_of, make_account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_country")]
MINUTE, HOUR = 60, 3600


@pytest.fixture
def browser(places):
    browser = browser_of(make_account("commune_agent", places.socoura))
    browser.get("/account/")
    return browser


def wait(browser, monkeypatch, seconds):
    """Let time pass, then open a page."""
    later = time.time() + seconds
    with monkeypatch.context() as patch:
        patch.setattr("gwa.accounts.middleware.time.time", lambda: later)
        return browser.get("/account/").status_code


def test_a_session_left_alone_for_half_an_hour_ends(browser, monkeypatch):
    assert wait(browser, monkeypatch, 29 * MINUTE) == 200
    assert wait(browser, monkeypatch, 58 * MINUTE) == 200
    assert wait(browser, monkeypatch, 89 * MINUTE) == 302


def test_a_session_in_use_ends_after_twelve_hours(browser, monkeypatch):
    for quarter in range(1, 48):
        assert wait(browser, monkeypatch, quarter * 15 * MINUTE) == 200
    assert wait(browser, monkeypatch, 12 * HOUR + MINUTE) == 302


def test_an_ended_session_is_gone_from_the_server(browser, monkeypatch):
    key = browser.session.session_key
    wait(browser, monkeypatch, 31 * MINUTE)
    assert not Session.objects.filter(pk=key).exists()


def test_leaving_ends_the_session_on_the_server(browser, last_line):
    key = browser.session.session_key
    assert browser.get("/account/logout/").status_code == 200  # a link cannot sign one out
    browser.post("/account/logout/")
    assert not Session.objects.filter(pk=key).exists()
    assert last_line("accounts.signed_out") is not None


def sign_in(places):
    """Open a browser with the password of the commune's agent."""
    if not User.objects.filter(username="agent").exists():
        make_account("commune_agent", places.socoura, username="agent", has_password=True)
    browser = browser_of(None)
    browser.post("/account/login/", {"login": "agent", "password": PASSWORD})
    return browser


def test_closing_the_other_sessions_asks_for_the_password_first(places):
    here, elsewhere = (sign_in(places) for _ in range(2))
    asked = here.post("/account/sessions/")
    assert asked.headers["Location"].startswith("/account/reauthenticate/")
    assert elsewhere.get("/account/").status_code == 200

    here.post(asked.headers["Location"], {"password": PASSWORD})

    assert elsewhere.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200


def test_a_session_nobody_came_back_to_is_forgotten_at_night(places):
    sign_in(places)
    Session.objects.update(expire_date=timezone.now() - dt.timedelta(seconds=1))
    other = sign_in(places)

    assert sweep_sessions() == 1

    assert [one.pk for one in Session.objects.all()] == [other.session.session_key]
    assert [one.session_key for one in UserSession.objects.all()] == [other.session.session_key]


def test_a_session_writes_at_most_once_a_minute(browser, monkeypatch, django_assert_num_queries):
    before = browser.session["seen_at"]
    browser.get("/account/")
    assert browser.session["seen_at"] == before
