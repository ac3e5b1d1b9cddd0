"""A known household is updated: what did not change is kept in one tap, the rest is asked."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import transaction
from tests.journeys.telephones import Scene, enrol, look, unlock

from gwa.common.scope import everywhere
from gwa.fieldwork.actions import Work, give_work
from gwa.journal.models import Actor
from gwa.questionnaires.actions import assign_form
from gwa.registry.actions import register_household
from gwa.registry.models import Household, Membership
from gwa.registry.rules.facts import MemberFacts
from gwa.submissions.actions import enrol_device
from gwa.submissions.entering.processing import process
from gwa.submissions.models import Submission
from gwa.testing.accounts import make_account
from gwa.testing.cast import MOUSSA, facts, interview, place
from gwa.testing.demo import load_first_dictionary
from gwa.testing.places import make_places
from gwa.testing.small_form import publish_test_form

pytestmark = pytest.mark.django_db(transaction=True)
pytest_plugins = ["tests.journeys.telephones"]

FATOU = Actor(label="fatou")
KNOWN = "/data/known_household"


def choices(path, label, *codes):
    items = "".join(
        f"<item><label>{text}</label><value>{code}</value></item>" for code, text in codes
    )
    return f'<select1 ref="{path}"><label>{label}</label>{items}</select1>'


HERE, ALONE = (
    (("here", "Ici"), ("left", "Partie")),
    (("single", "Célibataire"), ("widowed", "Veuve")),
)
PRESENCE = choices("/data/members/presence", "Où est cette personne ?", *HERE)
MARRIED = choices("/data/members/marital_status", "Mariage ?", *ALONE)
# A household and its members as the full form asks them, in small.
XFORM = f"""<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms"
 xmlns:entities="http://www.opendatakit.org/xforms/entities">
 <h:head><h:title>Essai ménage</h:title>
  <model entities:entities-version="2025.1.0">
   <instance><data id="essai-menage" version="{{version}}">
     <today/><village/><zone_code/><known_how/><known_household/><count/><agreed/>
     <housing><wall_material/><rooms/><lighting/></housing>
     <members jr:template=""><line/><known/><presence/><end_reason/><marital_status/>
      <meta><entity dataset="personnes" id="" create="" update="1" baseVersion="">
       <label/></entity></meta></members>
     <meta><orx:instanceID/>
      <entity dataset="menages" id="" create="" update="1" baseVersion=""><label/></entity></meta>
   </data></instance>
   <instance id="zones" src="jr://file-csv/zones.csv"/>
   <instance id="menages" src="jr://file-csv/menages.csv"/>
   <instance id="personnes" src="jr://file-csv/personnes.csv"/>
   <bind nodeset="/data/today" type="date" jr:preload="date" jr:preloadParams="today"
     entities:saveto="last_interview_on"/>
   <bind nodeset="/data/zone_code" type="string" calculate="/data/village"
     entities:saveto="zone_code"/>
   <bind nodeset="/data/count" type="int"
     calculate="count(instance('personnes')/root/item[household_id = {KNOWN}])"/>
   <bind nodeset="/data/agreed" type="string" required="true()"/>
   <bind nodeset="/data/housing" relevant="/data/agreed = 'yes'"/>
   <bind nodeset="/data/housing/wall_material" type="string" required="true()"
     entities:saveto="wall_material"/>
   <bind nodeset="/data/housing/rooms" type="int" required="true()" entities:saveto="rooms"/>
   <bind nodeset="/data/housing/lighting" type="string" required="true()"
     entities:saveto="lighting"/>
   <bind nodeset="/data/members" relevant="/data/agreed = 'yes'"/>
   <bind nodeset="/data/members/line" type="int" calculate="position(..)"/>
   <bind nodeset="/data/members/known" type="string"
     calculate="instance('personnes')/root/item[household_id = {KNOWN}]
       [position() = number(current()/../line)]/name"/>
   <bind nodeset="/data/members/presence" type="string" required="true()"/>
   <bind nodeset="/data/members/end_reason" type="string"
     calculate="if(../presence = 'left', 'left', '')" entities:saveto="end_reason"/>
   <bind nodeset="/data/members/marital_status" type="string" required="true()"
     relevant="../presence = 'here'" entities:saveto="marital_status"/>
   <bind nodeset="/data/members/meta/entity/@id" type="string" calculate="../../../known"/>
   <bind nodeset="/data/members/meta/entity/label" type="string"
     calculate="instance('personnes')/root/item[name = current()/../../../known]/label"/>
   <bind nodeset="/data/meta/entity/@id" type="string" calculate="{KNOWN}"/>
   <bind nodeset="/data/meta/entity/@baseVersion" type="string"
     calculate="instance('menages')/root/item[name = {KNOWN}]/__version"/>
   <bind nodeset="/data/meta/entity/label" type="string"
     calculate="instance('menages')/root/item[name = {KNOWN}]/label"/>
   <bind nodeset="/data/meta/instanceID" type="string" readonly="true()" jr:preload="uid"/>
  </model></h:head>
 <h:body>
  <select1 ref="/data/village"><label>Village</label>
   <itemset nodeset="instance('zones')/root/item[level = 'settlement']">
    <value ref="name"/><label ref="label"/></itemset></select1>
  {choices("/data/known_how", "Déjà inscrit ?", ("list", "Oui"))}
  <select1 ref="{KNOWN}"><label>Lequel ?</label>
   <itemset nodeset="instance('menages')/root/item[zone_code = /data/village]">
    <value ref="name"/><label ref="label"/></itemset></select1>
  {choices("/data/agreed", "D’accord ?", ("yes", "Oui"), ("no", "Non"))}
  <group ref="/data/housing"><label>Logement</label>
   {choices("/data/housing/wall_material", "Les murs ?", ("banco", "Banco"), ("cement", "Ciment"))}
   <input ref="/data/housing/rooms"><label>Combien de pièces ?</label></input>
   {choices("/data/housing/lighting", "La lumière ?", ("grid", "Réseau"), ("torch", "Torche"))}
  </group>
  <group ref="/data/members"><label>Membre</label>
   <repeat nodeset="/data/members" jr:count="/data/count" jr:noAddRemove="true()">
    {PRESENCE}
    {MARRIED}
   </repeat></group>
 </h:body>
</h:html>
"""


@pytest.fixture
def scene(transactional_db):
    """Awa and her son are known in Sévaré, which is Moussa's work."""
    with transaction.atomic(), everywhere():
        version = load_first_dictionary()
        places = make_places()
        form = publish_test_form(xform=XFORM).form
        moussa = make_account("enumerator", places.socoura, username="moussa")
        _device, token = enrol_device(user=moussa, name="Tecno 14", actor=FATOU)
        day = dt.date(2026, 1, 1)
        assign_form(form=form, zone=places.socoura, starts_on=day, actor=FATOU)
        give_work(work=Work(user=moussa, zone=places.sevare, form=form), actor=FATOU)
        told = {"dictionary_version_id": version.pk}
        awa = member("Awa", "F", 1984, marital_status="widowed", **told)
        seydou = member("Seydou", "M", 2004, marital_status="single", **told)
        answers = {"wall_material": "banco", "rooms": 3}
        fresh = {"housing": "2025-03-14"}
        register_household(
            household=place(places.sevare, answers=answers, freshness=fresh, **told),
            members=[
                MemberFacts(person=awa, relationship="head"),
                MemberFacts(person=seydou, relationship="child"),
            ],
            source=interview(),
            actor=MOUSSA,
        )
    return Scene(places, moussa, token)


def member(given, sex, year, *, marital_status, dictionary_version_id):
    return replace(
        facts(given, "Traoré", sex, year),
        answers={"marital_status": marital_status},
        dictionary_version_id=dictionary_version_id,
    )


def touch(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def choose(page, answer):
    page.get_by_role("radio", name=answer).check()
    touch(page, "Suivant")


def open_update(page):
    touch(page, "Nouvel entretien")
    page.get_by_label("Nom d’un membre").fill("awa traore")
    page.get_by_role("button", name="Awa Traoré").click()
    page.get_by_role("button", name="mettre à jour").click()
    for question in ("Village", "Déjà inscrit ?", "Lequel ?"):
        page.locator(".iv-label", has_text=question).wait_for()
        touch(page, "Suivant")


def test_what_did_not_change_is_kept_in_one_tap_and_counts_as_asked_today(telephone, scene):
    page = telephone()
    enrol(page, scene)
    page.get_by_text("Tout est au serveur").wait_for()
    page.context.set_offline(True)
    open_update(page)
    choose(page, "Oui")

    page.get_by_text("Réponses du 14/03/2025. Est-ce encore vrai ?").wait_for()
    assert page.get_by_text("Banco").is_visible()
    look(page, "update-part")
    # The telephone is killed there: the same summary comes back.
    page.wait_for_timeout(500)
    page.reload()
    unlock(page)
    page.get_by_text("Réponses du 14/03/2025").wait_for()
    touch(page, "Rien n’a changé")
    # The registry did not know it: it is asked.
    page.get_by_text("La lumière ?").wait_for()
    choose(page, "Torche")

    # Awa's answers are opened, Seydou has left.
    page.get_by_role("button", name="Membre 1").first.click()
    choose(page, "Ici")
    page.get_by_text("Veuve").wait_for()
    look(page, "update-member")
    touch(page, "Quelque chose a changé")
    choose(page, "Ici")
    choose(page, "Célibataire")
    choose(page, "Partie")
    look(page, "update-end")
    page.get_by_role("button", name="Terminer l’entretien").click()
    page.get_by_role("button", name="Terminé, retour").click()
    page.context.set_offline(False)
    touch(page, "Envoyer maintenant")
    page.get_by_text("Tout est au serveur").wait_for()

    with transaction.atomic(), everywhere():
        key = Submission.objects.values_list("pk", flat=True).get()
    process(key)
    with transaction.atomic(), everywhere():
        sent = Submission.objects.get()
        household = Household.objects.get()
        left = Membership.objects.get(person__given_name="Seydou")
        head = Membership.objects.select_related("person").get(person__given_name="Awa")
    assert (sent.status, sent.problems) == ("accepted", [])
    assert household.answers == {"wall_material": "banco", "rooms": 3, "lighting": "torch"}
    assert household.freshness["housing"] == household.last_interview_on.isoformat()
    assert household.last_interview_on > dt.date(2025, 3, 14)
    assert left.end_reason == "left"
    assert head.person.answers == {"marital_status": "single"}


def test_an_update_does_not_end_before_each_former_answer_was_looked_at(telephone, scene):
    page = telephone()
    enrol(page, scene)
    open_update(page)
    choose(page, "Oui")
    page.get_by_text("Réponses du").wait_for()
    touch(page, "☰ Sommaire")
    page.get_by_role("button", name="Fin de l’entretien").click()
    line = page.get_by_role("button", name="Logement Anciennes réponses")
    assert page.get_by_role("button", name="Terminer l’entretien").is_disabled()
    line.click()
    touch(page, "Rien n’a changé")
    page.get_by_text("La lumière ?").wait_for()
