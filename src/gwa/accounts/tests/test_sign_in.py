"""Signing in: by name or address, counted, told to the journal, with a new session."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from gwa.journal.models import Entry
from gwa.testing.accounts import PASSWORD, browser_of, make_account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_country")]
LOGIN = "/account/login/"


@pytest.fixture
def fatou(places):
    cache.clear()
    return make_account("supervisor", places.sofara, username="fatou", has_password=True)


def sign_in(browser, login, password=PASSWORD):
    return browser.post(LOGIN, {"login": login, "password": password})


@pytest.mark.parametrize("login", ["fatou", "FATOU", "fatou@example.org", "Fatou@Example.Org"])
def test_a_person_signs_in_by_name_or_address(fatou, login, last_line):
    browser = browser_of(None)
    assert sign_in(browser, login).status_code == 302
    assert browser.session["_auth_user_id"] == str(fatou.pk)
    assert last_line("accounts.signed_in").actor_id == fatou.pk


def test_the_session_gets_a_new_number(fatou):
    browser = browser_of(None)
    session = browser.session
    session["kept"] = "before signing in"
    session.save()
    sign_in(browser, "fatou")
    assert browser.session["kept"] == "before signing in"
    assert browser.session.session_key != session.session_key


def test_a_wrong_password_says_nothing_about_the_account(fatou, last_line):
    known = sign_in(browser_of(None), "fatou", "faux faux faux faux").content.decode()
    unknown = sign_in(browser_of(None), "personne", "faux faux faux faux").content.decode()
    assert known.count("invalid-feedback") == unknown.count("invalid-feedback")
    failures = Entry.objects.filter(action="accounts.sign_in_failed")
    assert failures.count() == 2
    assert failures.filter(subject_id=str(fatou.pk)).count() == 1
    assert "faux" not in str(list(failures.values()))


def test_what_was_typed_is_not_kept(fatou):
    sign_in(browser_of(None), "mon mot de passe secret", "x")
    assert "secret" not in str(list(Entry.objects.values()))


def test_the_sixth_attempt_on_an_account_is_held_back_from_every_address(fatou, last_line):
    for n in range(5):
        browser_of(None).post(
            LOGIN, {"login": "fatou", "password": "faux"}, REMOTE_ADDR=f"10.0.0.{n}"
        )
    browser = browser_of(None)
    answer = browser.post(LOGIN, {"login": "fatou", "password": PASSWORD}, REMOTE_ADDR="10.0.1.1")
    assert "_auth_user_id" not in browser.session
    assert answer.status_code in (200, 429)
    assert last_line("accounts.sign_in_throttled") is not None


def test_the_count_is_shared_by_all_processes(settings):
    # Two processes share PostgreSQL and nothing else.
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")


def test_the_way_back_stays_in_the_house(fatou):
    answer = browser_of(None).post(
        f"{LOGIN}?next=https://ailleurs.example/", {"login": "fatou", "password": PASSWORD}
    )
    assert answer.headers["Location"] == "/"


def test_the_password_is_kept_by_argon2(fatou):
    assert fatou.password.startswith("argon2$argon2id$v=19$m=47104,t=2,p=1$")


def test_asking_for_another_password_answers_the_same_for_a_stranger(fatou):
    path = reverse("account_reset_password")
    known = browser_of(None).post(path, {"email": "fatou@example.org"})
    unknown = browser_of(None).post(path, {"email": "personne@example.org"})
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
