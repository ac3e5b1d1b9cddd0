"""The administrator opens the API to a partner's machine, renews its secret and revokes it."""

import pytest
from django.db import transaction

from gwa.accounts.models import Machine, Organisation
from gwa.common.scope import everywhere
from gwa.testing.accounts import make_account
from gwa.testing.machines import Caller
from gwa.testing.places import make_places

PHONE, DESK = 360, 1440


@pytest.fixture
def administrator(transactional_db):
    with transaction.atomic(), everywhere():
        make_places()
        Organisation.objects.create(name="Programme alimentaire mondial", kind="programme")
        return make_account("administrator", username="kadiatou")


@pytest.mark.parametrize(("width", "language"), [(PHONE, "fr"), (DESK, "fr"), (DESK, "en")])
def test_a_machine_from_its_opening_to_its_end(start_walk, administrator, width, language):
    walk = start_walk(width=width, language=language)
    walk.enter_as(administrator)
    page = walk.page
    look = f"{language}-{width}"

    def see(name):
        walk.shoot(f"machine-{name}-{look}")
        walk.assert_clean()

    walk.open("/accounts/machines/")
    see("none")
    page.locator("a[href='/accounts/machines/new/']").first.click()
    page.locator("[name=name]").fill("Distributions du PAM")
    page.locator("[name=organisation]").select_option(index=1)
    page.locator("[name=contact]").fill("Mariam Keïta, 76 00 00 00")
    page.locator("[value='registry.read_household']").check()
    page.locator("[value='zones.read_zones']").check()
    page.locator("[name=find_zone]").fill("Socoura")
    page.locator("#zone-choices").get_by_label("Socoura").check()
    see("new")
    page.locator("main form .btn-primary").click()
    page.locator("#secret").wait_for()
    see("secret")
    first = page.locator("#secret").inner_text()
    machine = Machine.objects.get()
    caller = Caller(machine, first)
    assert caller.sign_in().status_code == 200
    assert caller.get("/zones/050101").status_code == 200

    page.locator("main a.btn-primary").click()
    see("page")
    page.locator(f"a[href='/accounts/machines/{machine.pk}/secret/']").click()
    page.locator("[name=reason]").fill("chaque année")
    see("renew")
    page.locator("main form .btn-primary").click()
    page.locator("#secret").wait_for()
    assert Caller(machine, page.locator("#secret").inner_text()).sign_in().status_code == 200
    assert caller.sign_in().status_code == 200

    walk.open("/accounts/machines/")
    see("list")
    walk.open(f"/accounts/machines/{machine.pk}/")
    page.locator("[data-dialog=revoke]").click()
    page.locator("#revoke [name=reason]").fill("fin du protocole")
    walk.shoot(f"machine-revoke-{look}")
    page.locator("#revoke [type=submit]").last.click()
    page.locator("#revoke").wait_for(state="detached")
    see("revoked")
    assert caller.sign_in().status_code == 401
