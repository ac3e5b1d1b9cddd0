"""A zone that is not safe: the telephone holds little of it, keeps nothing, and shows nothing."""

import pytest
from django.db import transaction
from tests.journeys.telephones import FATOU, begin, enrol, look, scene_form, touch, unlock

from gwa.common.scope import everywhere
from gwa.fieldwork.actions import Work, give_work, set_access
from gwa.submissions.models import Original, Submission

pytestmark = pytest.mark.django_db(transaction=True)
pytest_plugins = ["tests.journeys.telephones"]

HEAD = "Dognoumè Tall"
# All that the browser keeps of interviews, sealed or not.
HELD = """async () => {
  const [{ name }] = (await indexedDB.databases()).filter((one) => one.name.startsWith('gwa-'))
  const database = await new Promise((done) => {
    const asked = indexedDB.open(name)
    asked.onsuccess = () => done(asked.result)
  })
  const tables = ['cards', 'copies', 'files', 'letters', 'envelopes']
  const counts = tables.map((table) => new Promise((done) => {
    const asked = database.transaction(table).objectStore(table).count()
    asked.onsuccess = () => done(asked.result)
  }))
  const found = await Promise.all(counts)
  database.close()
  return Object.fromEntries(tables.map((table, place) => [table, found[place]]))
}"""


def say(scene, zone, state):
    with transaction.atomic(), everywhere():
        set_access(zone=zone, state=state, reason="Attaque sur la route.", actor=FATOU)


@pytest.fixture
def restricted(scene):
    """The cercle is restricted, Sévaré is Moussa's work."""
    say(scene, scene.places.mopti, "restricted")
    with transaction.atomic(), everywhere():
        work = Work(user=scene.moussa, zone=scene.places.sevare, form=scene_form())
        give_work(work=work, actor=FATOU)
    return scene


def begin_with_head(page, village):
    begin(page, village)
    page.get_by_label("Chef du ménage").fill(HEAD)
    touch(page, "Suivant")
    page.get_by_label("Adresse").wait_for()


def finish(page):
    touch(page, "Suivant")
    # No picture is asked: after the address comes the end.
    touch(page, "Terminer l’entretien")
    page.get_by_text(f"L’entretien avec {HEAD} est terminé.").wait_for()


def test_a_restricted_zone_leaves_nothing_on_the_telephone_and_shows_a_notebook(
    telephone, restricted
):
    page = telephone()
    enrol(page, restricted)
    page.wait_for_function("document.title === 'Carnet'")
    manifest = page.get_attribute("link[rel=manifest]", "href")
    told = page.evaluate("async (url) => (await fetch(url)).json()", manifest)
    assert (told["name"], told["id"]) == ("Carnet", "/collecte/")
    assert all("carnet" in icon["src"] for icon in told["icons"])
    page.reload()
    page.get_by_text("Carnet").wait_for()
    look(page, "notebook-pin")
    assert page.title() == "Carnet"
    assert page.get_by_text("Gwa").count() == 0

    page.context.set_offline(True)
    unlock(page)
    touch(page, "Nouvel entretien")
    villages = page.get_by_label("Village").locator("option").all_inner_texts()
    assert villages == ["Tous les villages", restricted.places.sevare.name]
    page.go_back()
    begin_with_head(page, restricted.places.sevare.name)
    finish(page)
    look(page, "notebook-receipt")
    held = page.evaluate(HELD)
    assert (held["copies"], held["files"]) == (0, 0), "nothing readable stays"
    assert held["envelopes"] == 2, "the words and their log"
    touch(page, "Terminé, retour")

    page.context.set_offline(False)
    touch(page, "Envoyer maintenant")
    page.get_by_text("Tout est au serveur").wait_for()
    page.get_by_text(HEAD).wait_for(state="detached")
    assert page.evaluate(HELD) == dict.fromkeys(held, 0)
    with transaction.atomic(), everywhere():
        words = bytes(Original.objects.get(pk=Submission.objects.get().pk).xml).decode()
    assert HEAD in words


def test_a_closed_zone_begins_nothing_and_what_is_there_is_still_sent(telephone, restricted):
    page = telephone()
    enrol(page, restricted)
    begin_with_head(page, restricted.places.sevare.name)
    page.get_by_role("button", name="Fermer").click()
    page.get_by_role("button", name=HEAD).wait_for()
    say(restricted, restricted.places.mopti, "closed")
    touch(page, "Envoyer maintenant")
    page.get_by_role("button", name=restricted.places.sevare.name).first.click()
    page.get_by_text("Ce lieu est fermé : on n’y enquête pas.").wait_for()
    look(page, "closed-village")
    assert page.get_by_role("button", name="nouveau ménage").is_disabled()
    page.go_back()
    page.get_by_role("button", name=HEAD).click()
    finish(page)
    touch(page, "Terminé, retour")
    page.get_by_text("Tout est au serveur").wait_for()
    with transaction.atomic(), everywhere():
        assert Submission.objects.count() == 1
