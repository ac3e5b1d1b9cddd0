"""Gwa Collecte: enrolled once, then without network until the interview is sent."""

import datetime as dt
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction
from tests.journeys.conftest import BROWSERS, FLAGS, PHONE

from gwa.accounts.models import User
from gwa.common.scope import everywhere
from gwa.journal.models import Actor
from gwa.questionnaires.actions import assign_form
from gwa.submissions.actions import enrol_device
from gwa.submissions.models import Original, Submission, SubmissionFile
from gwa.testing.accounts import make_account
from gwa.testing.demo import load_first_dictionary
from gwa.testing.places import TestPlaces, make_places
from gwa.testing.small_form import publish_test_form

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 25_000
PIN, OTHER_PIN = "274913", "918273"
MARKER = "Dognoumè Xyzzyba"
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


@dataclass
class Scene:
    places: TestPlaces
    moussa: User
    token: str


@pytest.fixture
def scene(transactional_db):
    with transaction.atomic(), everywhere():
        load_first_dictionary()
        places = make_places()
        form = publish_test_form(xform=XFORM).form
        moussa = make_account("enumerator", places.socoura, username="moussa")
        _device, token = enrol_device(user=moussa, name="Tecno 14", actor=Actor(label="fatou"))
        day = dt.date(2026, 1, 1)
        assign_form(form=form, zone=places.socoura, starts_on=day, actor=Actor(label="fatou"))
    return Scene(places, moussa, token)


@pytest.fixture
def telephone(browser, live_server, tmp_path):
    """A browser whose profile is on the disk, as a telephone's is; started again with `start`."""
    profile, contexts = tmp_path / "profile", []

    def start():
        context = browser.browser_type.launch_persistent_context(
            str(profile),
            executable_path=next(filter(None, map(shutil.which, BROWSERS))),
            args=[*FLAGS, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
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
    page.get_by_label("Nouveau code").fill(PIN)
    page.get_by_label("Encore une fois").fill(PIN)
    page.locator("button:enabled", has_text="Nouvel entretien").wait_for()
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("caches.has('gwa-choice')")


def unlock(page, pin=PIN):
    page.get_by_label("Votre code").fill(pin)


def begin(page, village):
    page.get_by_role("button", name="Nouvel entretien").click()
    page.get_by_label("Village").select_option(label=village)
    page.get_by_role("button", name="nouveau ménage").click()
    page.get_by_role("button", name="Suivant").click()


def bytes_of(profile: Path) -> bytes:
    return b"".join(file.read_bytes() for file in profile.rglob("*") if file.is_file())


def test_an_interview_without_network_reaches_the_server_once_and_never_the_disk(telephone, scene):
    page = telephone()
    enrol(page, scene)
    page.context.set_offline(True)
    page.reload()
    unlock(page)
    begin(page, scene.places.sevare.name)
    page.get_by_label("Chef du ménage").fill(MARKER)
    page.get_by_role("button", name="Suivant").click()
    page.get_by_label("Adresse").wait_for()

    # The page is gone in the middle: the same question comes back. A hand is slower than the disk.
    page.wait_for_timeout(500)
    page.reload()
    unlock(page)
    page.get_by_label("Adresse").fill("Près du puits")
    page.get_by_role("button", name="Suivant").click()
    page.get_by_role("button", name="Prendre la photo").click()
    page.get_by_role("button", name="Photographier").click()
    page.get_by_role("button", name="Reprendre la photo").wait_for()
    page.get_by_role("button", name="Suivant").click()
    page.get_by_role("button", name="Terminer l’entretien").click()
    page.get_by_text(f"L’entretien avec {MARKER} est terminé.").wait_for()
    page.get_by_role("button", name="Terminé, retour").click()
    page.get_by_text("Seulement sur ce téléphone : 1", exact=True).wait_for()

    # What was made here is known here, before the server knows.
    page.get_by_role("button", name="Nouvel entretien").click()
    page.get_by_label("Nom d’un membre").fill("dognoume xyziba")
    page.get_by_role("button", name=MARKER).wait_for()
    page.get_by_role("button", name="Retour").click()

    page.context.set_offline(False)
    page.get_by_role("button", name="Envoyer maintenant").click()
    page.get_by_text("Tout est au serveur").wait_for()
    with transaction.atomic(), everywhere():
        sent = Submission.objects.get()
        words = bytes(Original.objects.get(pk=sent.pk).xml).decode()
        files = list(
            SubmissionFile.objects.filter(submission=sent).values_list("stored", flat=True)
        )
    assert MARKER in words
    assert len(files) == 1
    assert files[0], "the photo came after the words"

    page.evaluate("localStorage.setItem('seen', 'Wxyzzyw')")
    page.context.close()
    kept = bytes_of(telephone.profile)
    assert b"Wxyzzyw" in kept, "what stands in clear is found"
    for word in (MARKER, "Xyzzyba", "puits"):
        assert word.encode() not in kept
        assert word.encode("utf-16-le") not in kept


def test_wrong_codes_are_counted_across_reloads_and_make_one_wait(telephone, scene):
    page = telephone()
    enrol(page, scene)
    for left in (9, 8, 7):
        page.reload()
        unlock(page, OTHER_PIN)
        page.get_by_text(f"Il reste {left} essais.").wait_for()
    page.reload()
    unlock(page)
    page.get_by_text("avant le prochain essai").wait_for()
    assert page.get_by_role("button", name="Nouvel entretien").count() == 0


def test_every_page_speaks_three_languages_and_bars_nobody(start_walk, scene):
    walk = start_walk(width=PHONE)
    page = walk.page
    page.set_default_timeout(PATIENCE)
    walk.open("/collecte/")
    walk.shoot("collecte-enrol")
    walk.assert_clean()
    enrol(page, scene, walk.address)
    for language, settings, search in (
        ("Bamanankan", "Labɛnw", "Baro kura"),
        ("English", "Settings", "New interview"),
        ("Français", "Réglages", "Nouvel entretien"),
    ):
        page.get_by_role("button", name=re.compile("Réglages|Settings|Labɛnw")).click()
        page.get_by_role("button", name=language).click()
        walk.shoot(f"collecte-settings-{language}")
        walk.assert_clean()
        page.go_back()
        page.get_by_role("button", name=settings).wait_for()
        walk.shoot(f"collecte-home-{language}")
        walk.assert_clean()
        page.get_by_role("button", name=search).click()
        page.get_by_role("searchbox").fill("Traoré")
        walk.shoot(f"collecte-search-{language}")
        walk.assert_clean()
        page.go_back()
        page.get_by_role("button", name=settings).wait_for()
