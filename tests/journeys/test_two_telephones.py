"""From the code of the desk to a card; then two telephones speak of one household."""

import base64
import io

import pytest
import segno
from django.db import transaction
from PIL import Image
from playwright.sync_api import expect
from tests.journeys.telephones import (
    choose_pin,
    enrol,
    look,
    send,
    touch,
    wait_until_whole,
)

from gwa.common.scope import everywhere
from gwa.fieldwork.actions import print_cards
from gwa.journal.models import Actor
from gwa.registry.models import Household
from gwa.registry.rules.numbers import show_number
from gwa.submissions.actions import enrol_device
from gwa.submissions.entering.processing import process
from gwa.submissions.models import Submission
from gwa.testing.accounts import make_account

pytestmark = pytest.mark.django_db(transaction=True)
pytest_plugins = ["tests.journeys.telephones"]

FATOU = Actor(label="fatou")
STATUS = Submission.Status
# A household of one, known or new, and the card that a new one keeps.
XFORM = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms"
 xmlns:entities="http://www.opendatakit.org/xforms/entities">
 <h:head>
  <h:title>Essai carte</h:title>
  <model entities:entities-version="2025.1.0">
   <instance><data id="essai-carte" version="{version}">
     <village/><known_how/><known_household/><zone_code/><one/>
     <members jr:template="">
      <given_name/><family_name/><sex/><relationship/><birth_date/>
      <meta><entity dataset="personnes" id="" create="" update="" baseVersion=""><label/></entity>
      </meta></members>
     <address/><card/><new_id/><household_id/>
     <meta><orx:instanceID/>
      <entity dataset="menages" id="" create="" update="" baseVersion=""><label/></entity></meta>
   </data></instance>
   <instance id="zones" src="jr://file-csv/zones.csv"/>
   <instance id="menages" src="jr://file-csv/menages.csv"/>
   <instance id="personnes" src="jr://file-csv/personnes.csv"/>
   <bind nodeset="/data/village" type="string" required="true()"/>
   <bind nodeset="/data/known_how" type="string" relevant="false()"/>
   <bind nodeset="/data/known_household" type="string"/>
   <bind nodeset="/data/zone_code" type="string" calculate="/data/village"
     entities:saveto="zone_code"/>
   <bind nodeset="/data/one" type="int" calculate="if(/data/known_household = '', 1, 0)"/>
   <bind nodeset="/data/members/given_name" type="string" required="true()"
     entities:saveto="given_name"/>
   <bind nodeset="/data/members/family_name" type="string" calculate="'Diarra'"
     entities:saveto="family_name"/>
   <bind nodeset="/data/members/sex" type="string" calculate="'F'" entities:saveto="sex"/>
   <bind nodeset="/data/members/relationship" type="string" calculate="'head'"
     entities:saveto="relationship"/>
   <bind nodeset="/data/members/birth_date" type="date" calculate="'1984-05-02'"
     entities:saveto="birth_date"/>
   <bind nodeset="/data/members/meta/entity/@id" type="string" calculate="once(uuid())"/>
   <bind nodeset="/data/members/meta/entity/@create" type="string" calculate="'1'"/>
   <bind nodeset="/data/members/meta/entity/label" type="string"
     calculate="concat(../../../given_name, ' ', ../../../family_name)"/>
   <bind nodeset="/data/address" type="string" entities:saveto="address"/>
   <bind nodeset="/data/card" type="barcode" relevant="/data/known_household = ''"
     entities:saveto="registry_number"/>
   <bind nodeset="/data/new_id" type="string" calculate="once(uuid())"/>
   <bind nodeset="/data/household_id" type="string"
     calculate="if(/data/known_household = '', /data/new_id, /data/known_household)"/>
   <bind nodeset="/data/meta/entity/@id" type="string" calculate="/data/household_id"/>
   <bind nodeset="/data/meta/entity/@create" type="string"
     calculate="/data/known_household = ''"/>
   <bind nodeset="/data/meta/entity/@update" type="string"
     calculate="/data/known_household != ''"/>
   <bind nodeset="/data/meta/entity/@baseVersion" type="string"
     calculate="instance('menages')/root/item[name = /data/household_id]/__version"/>
   <bind nodeset="/data/meta/entity/label" type="string"
     calculate="if(/data/known_household = '', concat(/data/members[1]/given_name, ' Diarra'),
       instance('menages')/root/item[name = /data/household_id]/label)"/>
   <bind nodeset="/data/meta/instanceID" type="string" readonly="true()" jr:preload="uid"/>
  </model></h:head>
 <h:body>
  <select1 ref="/data/village"><label>Village</label>
   <itemset nodeset="instance('zones')/root/item[level = 'settlement']">
    <value ref="name"/><label ref="label"/></itemset></select1>
  <input ref="/data/known_household"><label>Ménage connu</label></input>
  <group ref="/data/members"><label>Membre</label>
   <repeat nodeset="/data/members" jr:count="/data/one">
    <input ref="/data/members/given_name"><label>Prénom</label></input>
   </repeat></group>
  <input ref="/data/address"><label>Adresse</label></input>
  <input ref="/data/card"><label>Carte à remettre</label></input>
 </h:body>
</h:html>
"""


@pytest.fixture
def xform():
    """What these telephones ask."""
    return XFORM


@pytest.fixture
def desk(start_walk, scene):
    walk = start_walk()
    walk.enter_as(make_account("supervisor", scene.places.socoura, username="fatou"))
    return walk


def test_a_card_becomes_the_number_of_a_household_that_two_telephones_then_change(
    telephone, scene, desk, start_walk, live_server, tmp_path
):
    seen = tmp_path / "seen.mjpeg"
    show(seen, code_of_the_desk(desk))
    page = telephone(sees=seen)
    page.goto("/collecte/")
    touch(page, "Scanner le code du bureau")
    choose_pin(page)
    wait_until_whole(page)

    with transaction.atomic(), everywhere():
        [number] = print_cards(zone=scene.places.socoura, count=1, actor=FATOU)
    page.context.set_offline(True)
    show(seen, draw_code(number))
    touch(page, "Nouvel entretien")
    page.get_by_label("Village").select_option(label=scene.places.sevare.name)
    touch(page, "nouveau ménage")
    touch(page, "Suivant")
    touch(page, "Suivant")
    touch(page, "Continuer avec")
    page.get_by_label("Prénom").fill("Awa")
    touch(page, "Suivant")
    page.get_by_label("Adresse").fill("Près du puits")
    touch(page, "Suivant")
    touch(page, "Scanner le code")
    expect(page.get_by_role("textbox")).to_have_value(number)
    touch(page, "Suivant")
    touch(page, "Terminer l’entretien")
    expect(page.get_by_role("definition").first).to_have_text(show_number(number))
    look(page, "receipt")
    touch(page, "Terminé, retour")
    page.context.set_offline(False)
    send(page)
    [first] = take_in()
    assert first.status in (STATUS.ACCEPTED, STATUS.WARNED)
    household = read_household()
    assert household.registry_number == number
    send(page)

    # Another enumerator of the same commune; both telephones update without network.
    with transaction.atomic(), everywhere():
        adama = make_account("enumerator", scene.places.socoura, username="adama")
        _device, token = enrol_device(user=adama, name="Tecno 16", actor=FATOU)
    other = start_walk(width=390).page
    scene.token = token
    enrol(other, scene, live_server.url)
    pages = {page: "Derrière la mosquée", other: "À côté de l’école"}
    for phone, address in pages.items():
        phone.context.set_offline(True)
        update(phone, number, address)
    for phone in pages:
        phone.context.set_offline(False)
        send(phone)
        take_in()
    assert read_household().address == "Derrière la mosquée"
    with transaction.atomic(), everywhere():
        waiting = Submission.objects.get(status=STATUS.WAITING)
    assert waiting.queue == Submission.Queue.CONFLICT
    desk.open(f"/submissions/{waiting.pk}/")
    desk.page.get_by_role("radio", name="À côté de l’école").check()
    desk.page.get_by_label("Motif").last.fill("vu sur place")
    desk.page.get_by_role("button", name="Régler le conflit").click()
    take_in()
    assert read_household().address == "À côté de l’école"
    desk.open(f"/households/{household.pk}/")
    desk.shoot("two-telephones")


def code_of_the_desk(desk):
    """Enrol a telephone at the desk, and return the picture that its screen shows."""
    desk.open("/devices/new/")
    page = desk.page
    page.get_by_label("Compte").select_option(label="Moussa (moussa)")
    page.get_by_label("Nom du téléphone").fill("Tecno 15")
    page.get_by_role("button", name="Inscrire").click()
    shown = page.get_by_alt_text("Code QR qui inscrit").get_attribute("src")
    return base64.b64decode(shown.partition(",")[2])


def draw_code(text):
    drawn = io.BytesIO()
    segno.make(text).save(drawn, kind="png", scale=12, border=8)
    return drawn.getvalue()


def show(file, picture):
    """Put a picture before the telephone's camera."""
    drawn = Image.open(io.BytesIO(picture)).convert("RGB")
    scene = Image.new("RGB", (640, 480), "white")
    scene.paste(drawn.resize((420, 420)), (110, 30))
    scene.save(file, "JPEG")


def update(page, number, address):
    touch(page, "Nouvel entretien")
    page.get_by_label("Nom d’un membre").fill(number)
    page.get_by_role("button", name="Awa Diarra").click()
    touch(page, "C’est lui : mettre à jour")
    for _ in range(6):
        if page.get_by_label("Adresse").count():
            break
        touch(page, "Suivant")
        page.wait_for_timeout(200)
    page.get_by_label("Adresse").fill(address)
    touch(page, "Suivant")
    touch(page, "Terminer l’entretien")
    touch(page, "Terminé, retour")


def take_in():
    """Let the worker take in what came."""
    with transaction.atomic(), everywhere():
        come = list(Submission.objects.filter(status=STATUS.RECEIVED))
    for one in come:
        process(one.pk)
        with transaction.atomic(), everywhere():
            one.refresh_from_db()
    return come


def read_household():
    with transaction.atomic(), everywhere():
        return Household.objects.get()
