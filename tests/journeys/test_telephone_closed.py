"""A telephone that codes shut, that has no network, that was withdrawn: nothing is lost."""

import datetime as dt

import pytest
from django.db import transaction
from playwright.sync_api import expect
from tests.journeys.telephones import enrol, hold, look, send, touch, unlock

from gwa.accounts.actions.accounts import disable_account
from gwa.common.scope import everywhere
from gwa.journal.models import SYSTEM
from gwa.submissions.models import Device, Submission
from gwa.testing.accounts import make_account

pytestmark = pytest.mark.django_db(transaction=True)
pytest_plugins = ["tests.journeys.telephones"]

WRONG = "918273"
TRIES = 10
ONE_TRY_LEFT = """name => new Promise(done => {
    indexedDB.open(name).onsuccess = ({target: {result: base}}) => {
        const shelf = base.transaction('vault', 'readwrite').objectStore('vault')
        shelf.get('vault').onsuccess = ({target: {result: kept}}) =>
            shelf.put({...kept, attempts: 9}, 'vault').onsuccess = () => { base.close(); done() }
    }
})"""
STATUS = Submission.Status


@pytest.fixture
def desk(start_walk, scene):
    """The desk of somebody who follows telephones."""
    walk = start_walk()
    walk.enter_as(make_account("supervisor", scene.places.socoura, username="fatou"))
    return walk


def test_the_desk_opens_closes_and_reads_a_telephone(telephone, scene, desk):
    page = telephone()
    clock = page.context.clock
    clock.install()
    enrol(page, scene)
    device = Device.objects.get()

    # Ten wrong codes; the supervisor answers the digits on the screen.
    page.reload()
    for left in range(TRIES - 1, 0, -1):
        unlock(page, WRONG)
        page.get_by_text(f"Il reste {left} essai").wait_for()
        if left == TRIES - 3:
            # A reload forgets nothing, and the right code must wait as well.
            page.reload()
            unlock(page)
            page.get_by_text("avant le prochain essai").wait_for()
        clock.fast_forward("20:00")
    unlock(page, WRONG)
    page.get_by_role("heading", name="Trop de codes faux").wait_for()
    look(page, "shut")
    touch(page, "Le bureau a déverrouillé")
    expect(page.get_by_role("alert")).to_contain_text("pas encore déverrouillé")
    type_digits(page, "00000000")
    expect(page.get_by_role("alert")).to_contain_text("Ce ne sont pas les bons chiffres")
    desk.open(f"/devices/{device.pk}/")
    desk.page.get_by_label("Les huit chiffres de l’écran").fill(shown_digits(page))
    desk.page.get_by_label("Motif").last.fill("Moussa au téléphone")
    desk.page.get_by_role("button", name="Donner les chiffres à dire").click()
    type_digits(page, desk.page.locator(".display-6").inner_text())
    clock.set_system_time(dt.datetime.now(dt.UTC))
    unlock(page)
    page.get_by_role("button", name="Nouvel entretien").wait_for()

    # Shut again: the desk opens it through the server.
    page.evaluate(ONE_TRY_LEFT, database_of(page))
    page.reload()
    unlock(page, WRONG)
    page.get_by_role("heading", name="Trop de codes faux").wait_for()
    decide(desk, "Déverrouiller", "Déverrouiller le téléphone", "elle a oublié son code")
    touch(page, "Le bureau a déverrouillé")
    unlock(page)

    # No network at all: a sealed file goes by hand, and is the same interview.
    village = scene.places.sevare.name
    page.context.set_offline(True)
    hold(page, village, "Awa Diarra")
    touch(page, "Réglages")
    with page.expect_download() as saved:
        touch(page, "Faire une copie scellée")
    page.go_back()
    desk.open("/telephone-export/")
    desk.page.get_by_label("Téléphone").select_option(label="Tecno 14 · Moussa")
    desk.page.get_by_label("Fichier exporté").set_input_files(saved.value.path())
    desk.page.get_by_role("button", name="Lire le fichier").click()
    expect(desk.page.get_by_role("status")).to_contain_text("1 envoi lu")
    assert statuses() == [STATUS.RECEIVED]

    # The account closed, then the telephone withdrawn: what it still holds comes, and is set apart.
    hold(page, village, "Bakary Keïta")
    disable_account(user=scene.moussa, actor=SYSTEM, reason="contrat fini")
    page.context.set_offline(False)
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("Votre compte est fermé")
    expect(page.get_by_text("Tout est au serveur")).to_be_visible()
    look(page, "closed")
    desk.open(f"/devices/{device.pk}/")
    decide(desk, "Révoquer", "Révoquer le téléphone", "perdu au marché")
    hold(page, village, "Coumba Sangaré")
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("Le bureau a retiré ce téléphone")
    look(page, "revoked")
    assert sorted(statuses()) == sorted([STATUS.RECEIVED, *[STATUS.QUARANTINED] * 2])


def type_digits(page, digits):
    page.get_by_label("Les huit chiffres du superviseur").fill(digits.replace(" ", ""))


def shown_digits(page):
    return page.locator(".digits-read").inner_text()


def database_of(page):
    """The name of the store of the one who is enrolled."""
    return page.evaluate(
        "indexedDB.databases().then(all => all.map(one => one.name).find(name => name !== 'gwa'))"
    )


def decide(desk, button, confirm, reason):
    """Press a button of the desk, say why in its dialog, and confirm."""
    desk.page.get_by_role("button", name=button, exact=True).first.click()
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill(reason)
    dialog.get_by_role("button", name=confirm, exact=True).click()


def statuses():
    with transaction.atomic(), everywhere():
        return list(Submission.objects.values_list("status", flat=True))
