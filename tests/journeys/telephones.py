"""A telephone with Gwa Collecte: a browser whose profile is on the disk, and whom it is for."""

import datetime as dt
import shutil
from dataclasses import dataclass

import pytest
from django.db import transaction
from tests.journeys.accessibility import ask_axe
from tests.journeys.conftest import BROWSERS, FLAGS, SCREENSHOTS

from gwa.accounts.models import User
from gwa.common.scope import everywhere
from gwa.journal.models import Actor
from gwa.questionnaires.actions import assign_form
from gwa.questionnaires.models import Form
from gwa.submissions.actions import enrol_device
from gwa.testing.accounts import make_account
from gwa.testing.demo import load_first_dictionary
from gwa.testing.places import TestPlaces, make_places
from gwa.testing.small_form import publish_test_form

PATIENCE = 25_000
PIN = "274913"
CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
# A household by its head, and the lists that a true form reads.
XFORM = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms"
 xmlns:entities="http://www.opendatakit.org/xforms/entities">
 <h:head>
  <h:title>Essai ménage</h:title>
  <model entities:entities-version="2025.1.0">
   <instance><data id="essai-menage" version="{version}">
     <village/><zone_code/><known_how/><known_household/><head/><address/><photo/><new_id/>
     <meta><orx:instanceID/>
      <entity dataset="menages" id="" create="1" update="" baseVersion=""><label/></entity></meta>
   </data></instance>
   <instance id="zones" src="jr://file-csv/zones.csv"/>
   <instance id="menages" src="jr://file-csv/menages.csv"/>
   <instance id="personnes" src="jr://file-csv/personnes.csv"/>
   <bind nodeset="/data/village" type="string" required="true()"/>
   <bind nodeset="/data/zone_code" type="string" calculate="/data/village"
     entities:saveto="zone_code"/>
   <bind nodeset="/data/head" type="string" required="true()"/>
   <bind nodeset="/data/address" type="string" entities:saveto="address"/>
   <bind nodeset="/data/photo" type="binary"/>
   <bind nodeset="/data/new_id" type="string" calculate="once(uuid())"/>
   <bind nodeset="/data/meta/entity/@id" type="string" calculate="/data/new_id"/>
   <bind nodeset="/data/meta/entity/label" type="string" calculate="/data/head"/>
   <bind nodeset="/data/meta/instanceID" type="string" readonly="true()" jr:preload="uid"/>
  </model></h:head>
 <h:body>
  <select1 ref="/data/village"><label>Village</label>
   <itemset nodeset="instance('zones')/root/item[level = 'settlement']">
    <value ref="name"/><label ref="label"/></itemset></select1>
  <input ref="/data/head"><label>Chef du ménage</label></input>
  <input ref="/data/address"><label>Adresse</label></input>
  <upload mediatype="image/*" ref="/data/photo"><label>Photo</label></upload>
 </h:body>
</h:html>
"""


FATOU = Actor(label="fatou")


def scene_form():
    """The form of the scene."""
    return Form.objects.get(code="essai-menage")


@dataclass
class Scene:
    places: TestPlaces
    moussa: User
    token: str


@pytest.fixture
def xform():
    """The form that telephones ask; a test may have another one."""
    return XFORM


@pytest.fixture
def scene(transactional_db, xform):
    with transaction.atomic(), everywhere():
        load_first_dictionary()
        places = make_places()
        form = publish_test_form(xform=xform).form
        moussa = make_account("enumerator", places.socoura, username="moussa")
        _device, token = enrol_device(user=moussa, name="Tecno 14", actor=Actor(label="fatou"))
        day = dt.date(2026, 1, 1)
        assign_form(form=form, zone=places.socoura, starts_on=day, actor=Actor(label="fatou"))
    return Scene(places, moussa, token)


@pytest.fixture
def telephone(browser, live_server, tmp_path):
    """A browser whose profile is on the disk, as a telephone's is; started again with `start`."""
    profile, contexts = tmp_path / "profile", []

    def start(sees=None):
        camera = [f"--use-file-for-fake-video-capture={sees}"] if sees else []
        context = browser.browser_type.launch_persistent_context(
            str(profile),
            executable_path=next(filter(None, map(shutil.which, BROWSERS))),
            args=[*FLAGS, *CAMERA, *camera],
            base_url=live_server.url,
            viewport={"width": 390, "height": 844},
            locale="fr-FR",
            permissions=["camera"],
        )
        contexts.append(context)
        page = context.pages[0]
        page.set_default_timeout(PATIENCE)
        return page

    start.profile = profile
    yield start
    for context in contexts:
        context.close()


def enrol(page, scene, address=""):
    """Open the address of the desk's code, choose a PIN, wait for the whole version."""
    page.goto(f"{address}/collecte/#enrol={scene.token}")
    choose_pin(page)
    wait_until_whole(page)


def choose_pin(page):
    page.get_by_label("Nouveau code").fill(PIN)
    page.get_by_label("Encore une fois").fill(PIN)


def wait_until_whole(page):
    """Wait for the form and its lists, and for the application itself."""
    page.locator("button:enabled", has_text="Nouvel entretien").wait_for()
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("caches.has('gwa-choice')")


def unlock(page, pin=PIN):
    page.get_by_label("Votre code").fill(pin)


def look(page, name):
    """Keep a picture of the screen in `.gwa/screenshots/`; nothing on it may bar anyone's way."""
    faults = ask_axe(page)
    assert not faults, "\n".join(faults)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(SCREENSHOTS / f"telephone-{name}.png"))


def send(page):
    """Ask for a sending, and wait until it ends, well or not."""
    touch(page, "Envoyer maintenant")
    page.locator("button:enabled", has_text="Envoyer maintenant").wait_for()


def touch(page, name):
    page.get_by_role("button", name=name).click()


def begin(page, village):
    """Begin the interview of a household that nobody knows yet."""
    touch(page, "Nouvel entretien")
    page.get_by_label("Village").select_option(label=village)
    touch(page, "nouveau ménage")
    touch(page, "Suivant")


def hold(page, village, head, *, address="Près du puits", photo=None):
    """Hold a whole interview, and be at home again."""
    begin(page, village)
    page.get_by_label("Chef du ménage").fill(head)
    touch(page, "Suivant")
    page.get_by_label("Adresse").fill(address)
    touch(page, "Suivant")
    if photo:
        touch(page, "Prendre la photo")
        page.get_by_label("Choisir un fichier").set_input_files(photo)
        page.get_by_role("button", name="Reprendre la photo").wait_for()
    touch(page, "Suivant")
    touch(page, "Terminer l’entretien")
    touch(page, "Terminé, retour")
