"""The invitation: a link good once, for some days, replaced by the next."""

import time

import pytest
from django.core import mail

from gwa.accounts.actions import accounts as actions
from gwa.accounts.invitations import invitation_path
from gwa.accounts.models import Profile, User
from gwa.accounts.tasks import send_invitation
from gwa.testing.accounts import PASSWORD, browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited(actor, places) -> User:
    return actions.invite_account(
        username="moussa",
        email="moussa@example.org",
        full_name="Moussa Coulibaly",
        profile=Profile.objects.get(code="enumerator"),
        zones=[places.sevare],
        actor=actor,
    )


def choose(browser, path, password=PASSWORD):
    """Open the link and choose this password."""
    opened = browser.get(path)
    if opened.status_code != 302:
        return opened
    both = {"new_password1": password, "new_password2": password}
    return browser.post(opened.headers["Location"], both)


def test_the_link_lets_the_person_choose_a_password_and_sign_in(invited, last_line):
    browser = browser_of(None)
    assert choose(browser, invitation_path(invited)).headers["Location"] == "/account/login/"
    assert User.objects.get(pk=invited.pk).status == User.Status.ACTIVE
    assert last_line("accounts.joined").subject_id == str(invited.pk)
    signed = browser.post("/account/login/", {"login": "moussa", "password": PASSWORD})
    assert signed.status_code == 302
    assert browser.session["_auth_user_id"] == str(invited.pk)


def test_the_key_leaves_the_address_at_once(invited):
    opened = browser_of(None).get(invitation_path(invited))
    assert opened.headers["Location"] == "/account/invitation/"


def test_the_link_serves_once(invited):
    path = invitation_path(invited)
    choose(browser_of(None), path)
    assert choose(browser_of(None), path).status_code == 410


def test_a_new_invitation_replaces_the_first(invited, actor):
    first = invitation_path(invited)
    actions.invite_again(user=invited, actor=actor)
    assert browser_of(None).get(first).status_code == 410
    newer = invitation_path(User.objects.get(pk=invited.pk))
    assert browser_of(None).get(newer).status_code == 302


def test_the_link_dies_after_seven_days(invited, monkeypatch):
    path, now = invitation_path(invited), time.time()
    monkeypatch.setattr(time, "time", lambda: now + 7 * 86_400 - 60)
    assert browser_of(None).get(path).status_code == 302
    monkeypatch.setattr(time, "time", lambda: now + 7 * 86_400 + 60)
    assert browser_of(None).get(path).status_code == 410


def test_the_link_of_a_disabled_account_is_dead(invited, actor):
    path = invitation_path(invited)
    actions.disable_account(user=invited, actor=actor, reason="Erreur")
    assert browser_of(None).get(path).status_code == 410


@pytest.mark.parametrize("path", ["x", "x:y:z", "WzEsIngiXQ:1:sig", "é"])
def test_a_forged_link_opens_nothing(invited, path):
    assert browser_of(None).get(f"/account/invitation/{path}/").status_code == 410


@pytest.mark.parametrize(
    "password", ["court", "onze-signes", "motdepasse2026", "MoussaCoulibaly1", "123456789012"]
)
def test_a_weak_password_is_refused(invited, password):
    assert choose(browser_of(None), invitation_path(invited), password).status_code == 200
    assert User.objects.get(pk=invited.pk).joined_at is None


def test_the_mail_carries_the_link_and_its_term(invited):
    send_invitation(user_id=invited.pk, base_url="https://rsu.example.ml/")
    (message,) = mail.outbox
    assert message.to == ["moussa@example.org"]
    assert "https://rsu.example.ml/account/invitation/" in message.body
    assert "7 jours" in message.body


def test_nobody_opens_an_account_alone():
    browser = browser_of(None)
    assert browser.get("/account/signup/").status_code == 404
    assert "signup" not in browser.get("/account/login/").content.decode()
