"""The pages of one's own account, walked by somebody who protects it with an app and a key."""

import re
import time

import pytest
from allauth.mfa.totp.internal import auth as totp

from gwa.testing.accounts import PASSWORD, make_account

PHONE = 360


def code_for(secret):
    """Compute what the telephone would show."""
    counter = int(time.time()) // 30
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


@pytest.fixture
def oumar(transactional_db):
    return make_account(
        "programme_officer", username="oumar", has_password=True, has_second_factor=False
    )


def sign_in(walk, name="oumar"):
    walk.open("/account/login/")
    walk.page.locator("[name=login]").fill(name)
    walk.page.locator("[name=password]").fill(PASSWORD)
    walk.page.get_by_role("button", name="Se connecter", exact=True).click()


def confirm(walk):
    """Answer "C'est bien vous ?", asked before the protection of an account is touched."""
    walk.page.get_by_role("heading", name="C'est bien vous ?").wait_for()
    assert walk.axe() == []
    walk.page.locator("[name=password]").fill(PASSWORD)
    walk.page.get_by_role("button", name="Confirmer").click()


def test_an_app_and_recovery_codes_are_set_up(start_walk, oumar):
    walk = start_walk(width=PHONE)
    sign_in(walk)
    for path in ("/account/password/change/", "/account/sessions/", "/account/2fa/"):
        walk.open(path)
        walk.shoot("account" + path.replace("/", "-") + "360")
        walk.assert_clean()
    walk.page.get_by_role("link", name="Installer l'application").click()
    confirm(walk)
    walk.page.get_by_role("heading", name="Installer l'application de codes").wait_for()
    walk.shoot("account-totp-360")
    walk.assert_clean()
    secret = walk.page.locator("code").inner_text().strip()
    assert walk.page.locator("main img").evaluate("image => image.naturalWidth") > 0
    walk.page.locator("[name=code]").fill(code_for(secret))
    walk.page.get_by_role("button", name="Mettre en service").click()
    walk.page.get_by_role("heading", name="Codes de secours").wait_for()
    walk.shoot("account-codes-360")
    walk.assert_clean()
    codes = walk.page.locator("#recovery_codes").input_value().split()
    assert len(codes) == 10
    assert all(re.fullmatch(r"[0-9a-f-]{8,}", code) for code in codes)


def test_a_passkey_is_added_and_opens_the_account(start_walk, oumar):
    walk = start_walk()
    session = walk.context.new_cdp_session(walk.page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
            }
        },
    )
    sign_in(walk)
    walk.open("/account/2fa/webauthn/add/")
    confirm(walk)
    walk.page.get_by_role("heading", name="Ajouter une clé d'accès").wait_for()
    walk.assert_clean()
    walk.page.locator("[name=name]").fill("Portable du bureau")
    if walk.page.locator("[name=passwordless]").count():
        walk.page.locator("[name=passwordless]").check()
    walk.page.get_by_role("button", name="Ajouter la clé").click()
    walk.page.wait_for_url(re.compile("recovery-codes|webauthn/$"))
    walk.open("/account/2fa/webauthn/")
    assert walk.page.get_by_role("rowheader", name="Portable du bureau").is_visible()
    walk.assert_clean()
    walk.context.clear_cookies()
    walk.open("/account/login/")
    walk.page.get_by_role("button", name="Se connecter avec une clé d'accès").click()
    walk.page.wait_for_url(lambda url: "/login/" not in url)
    walk.open("/account/sessions/")
    assert walk.page.get_by_text("ce poste").is_visible()


def test_a_key_that_does_not_answer_is_told_on_the_page(start_walk, transactional_db):
    walk = start_walk()
    walk.page.route("**/2fa/webauthn/login/", lambda route: route.abort())
    walk.open("/account/login/")
    walk.page.get_by_role("button", name="Se connecter avec une clé d'accès").click()
    walk.page.get_by_text("La clé n'a pas répondu").wait_for()
    assert walk.axe() == []


def test_wrong_words_are_told_beside_their_field(start_walk, oumar):
    walk = start_walk(width=PHONE)
    walk.open("/account/login/")
    walk.page.locator("[name=login]").fill("oumar")
    walk.page.locator("[name=password]").fill("mauvais mot")
    walk.page.get_by_role("button", name="Se connecter", exact=True).click()
    walk.page.locator("[data-error-summary]").wait_for()
    walk.shoot("account-refused-360")
    walk.assert_clean()
