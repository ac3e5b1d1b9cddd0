"""The administrator's screens for machines: open, change, renew, revoke."""

import re

import pytest

from gwa.accounts.models import Machine, Organisation
from gwa.testing.accounts import browser_of
from gwa.testing.machines import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(administrator):
    return browser_of(administrator)


@pytest.fixture
def filled(places):
    organisation = Organisation.objects.create(name="PAM", kind="programme")
    return {
        "name": "Distributions",
        "organisation": organisation.pk,
        "contact": "Mariam, 76 00 00 00",
        "rights": ["registry.read_household", "zones.read_zones"],
        "zones": [places.socoura.pk],
        "calls_per_minute": 600,
    }


def secret_in(answer) -> str:
    return re.search(r'id="secret">([^<]+)<', answer.content.decode())[1]


def test_a_machine_is_opened_and_its_secret_shown_once(browser, filled):
    answer = browser.post("/accounts/machines/new/", filled)
    machine = Machine.objects.get()
    assert "no-store" in answer.headers["Cache-Control"]
    secret = secret_in(answer)
    assert Caller(machine, secret).sign_in().status_code == 200
    for address in ("/accounts/machines/", f"/accounts/machines/{machine.pk}/"):
        page = browser.get(address).content.decode()
        assert "Distributions" in page
        assert secret not in page
    assert machine.client_id.startswith("distributions-")


def test_a_machine_needs_rights_and_zones(browser, filled):
    page = browser.post("/accounts/machines/new/", filled | {"rights": []}).content.decode()
    assert "Cochez au moins un droit" in page
    page = browser.post("/accounts/machines/new/", filled | {"zones": []}).content.decode()
    assert "Choisissez les zones" in page
    assert Machine.objects.count() == 0


def test_a_right_that_is_not_for_machines_is_not_offered(browser, filled):
    assert "registry.undo_change" not in browser.get("/accounts/machines/new/").content.decode()
    bold = filled | {"rights": ["registry.undo_change"]}
    assert browser.post("/accounts/machines/new/", bold).status_code == 200
    assert Machine.objects.count() == 0


def test_a_machine_is_changed(browser, filled):
    browser.post("/accounts/machines/new/", filled)
    machine = Machine.objects.get()
    address = f"/accounts/machines/{machine.pk}/"
    answer = browser.post(address, filled | {"name": "Rations", "is_national": "on"})
    assert answer.headers["Location"] == address
    machine.refresh_from_db()
    assert (machine.name, machine.is_national, machine.zones.count()) == ("Rations", True, 0)


def test_a_secret_is_renewed_and_shown_once(browser, filled):
    first = secret_in(browser.post("/accounts/machines/new/", filled))
    machine = Machine.objects.get()
    answer = browser.post(
        f"/accounts/machines/{machine.pk}/secret/", {"overlap": "7", "reason": "chaque année"}
    )
    second = secret_in(answer)
    assert "L’ancien secret vaut encore 7 jours." in answer.content.decode()
    assert [Caller(machine, secret).sign_in().status_code for secret in (first, second)] == [
        200
    ] * 2


def test_a_machine_is_revoked_with_a_reason(browser, filled):
    secret = secret_in(browser.post("/accounts/machines/new/", filled))
    machine = Machine.objects.get()
    address = f"/accounts/machines/{machine.pk}/revoke/"
    browser.post(address, {"reason": ""})
    assert Caller(machine, secret).sign_in().status_code == 200
    browser.post(address, {"reason": "fin du protocole"})
    assert Caller(machine, secret).sign_in().status_code == 401
    page = browser.get(f"/accounts/machines/{machine.pk}/").content.decode()
    assert "révoquée" in page
    assert browser.get(f"/accounts/machines/{machine.pk}/secret/").status_code == 404
