"""The second factor: compulsory where the profile says so, by every way in."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache

from gwa.accounts.adapters import SecondFactorAdapter
from gwa.accounts.checks import check_second_factor
from gwa.accounts.models import User
from gwa.accounts.tasks import send_password_reset
from gwa.testing.accounts import PASSWORD, SECRET, browser_of, make_account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_country")]
OTHER = "tabouret nuage lac pirogue"


@pytest.fixture(autouse=True)
def _fresh_counts(db):
    cache.clear()


@pytest.fixture
def sekou():
    """An operator with an application of codes."""
    return make_account("operator", username="sekou", has_password=True)


def code_now() -> str:
    """The code that the telephone shows."""
    return format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))


def give_password(user):
    browser = browser_of(None)
    browser.post("/account/login/", {"login": user.username, "password": PASSWORD})
    return browser


def test_the_password_alone_opens_nothing(sekou):
    browser = give_password(sekou)
    assert "_auth_user_id" not in browser.session
    assert browser.get("/zones/").headers["Location"].startswith("/account/login/")


def test_password_and_code_open(sekou):
    browser = give_password(sekou)
    answer = browser.post("/account/2fa/authenticate/", {"code": code_now()})
    assert answer.status_code == 302
    assert browser.session["_auth_user_id"] == str(sekou.pk)


def test_a_code_serves_once(sekou):
    code = code_now()
    give_password(sekou).post("/account/2fa/authenticate/", {"code": code})
    again = give_password(sekou)
    again.post("/account/2fa/authenticate/", {"code": code})
    assert "_auth_user_id" not in again.session


def test_a_wrong_code_opens_nothing_and_leaves_a_line(sekou, last_line):
    browser = give_password(sekou)
    browser.post("/account/2fa/authenticate/", {"code": "000000"})
    assert "_auth_user_id" not in browser.session
    assert last_line("accounts.second_factor_failed").actor_id == sekou.pk


@pytest.mark.parametrize("profile", ["administrator", "operator", "analyst", "auditor"])
def test_without_one_these_profiles_may_only_add_one(profile):
    user = make_account(profile, has_second_factor=False)
    browser = browser_of(user)
    for path in ("/", "/zones/", "/account/sessions/", "/accounts/", "/households/"):
        assert browser.get(path).headers.get("Location") == "/account/2fa/", path
    assert browser.get("/account/2fa/").status_code == 200
    assert browser.get("/account/").status_code == 200


def test_a_recovery_code_alone_is_no_second_factor():
    user = make_account("operator", has_second_factor=False)
    Authenticator.objects.create(user=user, type="recovery_codes", data={"seed": "x"})
    assert browser_of(user).get("/zones/").headers["Location"] == "/account/2fa/"


def test_the_other_profiles_may_do_without(places):
    user = make_account("commune_agent", places.socoura)
    assert browser_of(user).get("/zones/").status_code == 200


def test_a_profile_made_strict_is_strict_at_the_next_click(places):
    user = make_account("commune_agent", places.socoura)
    browser = browser_of(user)
    user.profile.needs_second_factor = True
    user.profile.save()
    assert browser.get("/zones/").headers["Location"] == "/account/2fa/"


def test_a_forgotten_password_does_not_go_round_it(sekou):
    send_password_reset(user_id=sekou.pk, base_url="http://testserver/")
    link = next(word for word in mail.outbox[0].body.split() if word.startswith("http"))
    browser = browser_of(None)
    page = browser.get(link, follow=True)
    browser.post(page.request["PATH_INFO"], {"password1": OTHER, "password2": OTHER})
    assert User.objects.get(pk=sekou.pk).check_password(OTHER)
    assert "_auth_user_id" not in browser.session
    browser.post("/account/login/", {"login": "sekou", "password": OTHER})
    assert "_auth_user_id" not in browser.session


def test_the_secret_is_sealed_in_the_database(sekou):
    kept = Authenticator.objects.get(user=sekou, type="totp").data
    assert SECRET not in str(kept)


def show_codes(user):
    """Make recovery codes and read them on their page, the only time it shows them."""
    RecoveryCodes.activate(user)
    page = "/account/2fa/recovery-codes/"
    browser = give_password(user)
    browser.post("/account/2fa/authenticate/", {"code": code_now()})
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    shown = re.findall(r"\b\d{8}\b", browser.get(page).content.decode())
    assert len(shown) == 10
    again = browser.get(page).content.decode()
    assert not re.search(r"\b\d{8}\b", again)
    assert "Il vous reste 10 codes sur 10." in again
    return shown


def test_a_recovery_code_stands_in_once(sekou):
    codes = show_codes(sekou)
    in_groups = f"{codes[4][:4]} {codes[4][4:]}"
    for typed, opens in ((codes[3], True), (in_groups, True), (codes[3], False)):
        browser = give_password(sekou)
        browser.post("/account/2fa/authenticate/", {"code": typed})
        assert ("_auth_user_id" in browser.session) is opens, typed
    kept = Authenticator.objects.get(user=sekou, type="recovery_codes")
    assert len(kept.wrap().get_unused_codes()) == 8


def test_once_shown_recovery_codes_are_kept_as_sealed_hashes_only(sekou):
    codes = show_codes(sekou)
    kept = Authenticator.objects.get(user=sekou, type="recovery_codes").data
    assert kept.keys() == {"hashes", "viewed_at"}
    assert "argon2" not in str(kept)
    assert SecondFactorAdapter().decrypt(kept["hashes"][0]).startswith("argon2$argon2id$")
    assert not any(code in str(kept) for code in codes)


def test_it_is_optional_in_a_demonstration_only(settings):
    user = make_account("administrator", has_second_factor=False)
    settings.SECOND_FACTOR = "optional"
    assert browser_of(user).get("/accounts/").status_code == 200
    settings.MODE = "demo"
    assert check_second_factor() == []
    settings.MODE = "production"
    assert [error.id for error in check_second_factor()] == ["accounts.E001"]
