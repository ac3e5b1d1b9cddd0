"""A household is registered at the desk, from the keyboard, and found afterwards."""

import io
import re
from dataclasses import dataclass
from urllib.parse import unquote

import pytest
from django.db import transaction
from PIL import Image
from tests.journeys.conftest import DESK, PHONE

from gwa.accounts.models import User
from gwa.common.scope import everywhere
from gwa.testing.accounts import make_account
from gwa.testing.cast import Cast, make_cast
from gwa.testing.demo import load_first_dictionary
from gwa.testing.places import make_places

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Scene:
    cast: Cast
    operator: User
    agent: User


@pytest.fixture
def scene(transactional_db):
    with transaction.atomic(), everywhere():
        load_first_dictionary()
        cast = make_cast(make_places())
        return Scene(
            cast,
            make_account("operator", username="fatou"),
            make_account("commune_agent", cast.places.socoura, username="agent_socoura"),
        )


def photo():
    picture = io.BytesIO()
    Image.new("RGB", (900, 1200), "#d9cfc0").save(picture, "JPEG")
    return picture.getvalue()


def type_line(page, *words):
    """Type one line of the roster, Enter after each field."""
    for word in words:
        page.keyboard.type(word)
        page.keyboard.press("Enter")


PATIENCE = 6000


def kept(walk):
    """Wait until the draft is kept."""
    walk.page.get_by_text("Brouillon gardé").wait_for()


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_household_of_four_is_registered_from_a_paper(scene, start_walk, width):
    walk = start_walk(width=width)
    walk.enter_as(scene.operator)
    page = walk.page
    page.set_default_timeout(PATIENCE)
    asked = addresses(walk)
    walk.open("/registrations/")
    walk.shoot(f"desk-begin-{width}")
    walk.assert_clean()
    page.get_by_role("button", name="Nouveau ménage").click()

    page.get_by_label("Date de l’entretien").fill("01/10/2026")
    page.get_by_label("Numéro de la fiche papier").fill("F-0042")
    page.get_by_label("Village, quartier ou fraction").press_sequentially("so")
    page.get_by_label("Sofara (village)").wait_for()
    walk.shoot(f"desk-place-choose-{width}")
    page.get_by_label("Village, quartier ou fraction").press_sequentially("ufou")
    page.get_by_label("Sofara (village)").wait_for(state="detached")
    page.get_by_label("Soufouroulaye (village)").check()
    page.get_by_label("Nouvelle concession").fill("Chez les Dembélé")
    page.get_by_label("Adresse ou repère").fill("près du puits")
    walk.shoot(f"desk-place-{width}")
    walk.assert_clean()
    page.get_by_label("Adresse ou repère").press("Control+Enter")

    page.get_by_role("heading", name="Composition").wait_for()
    page.get_by_label("Prénom").first.focus()
    type_line(page, "Moussa", "Dembélé", "h", "31/02/1980", "chef")
    type_line(page, "Assitan", "Kanté", "f", "34", "conj")
    type_line(page, "Adama", "", "h", "12/03/2016", "enfant")
    type_line(page, "Kadia", "", "f", "8 mois", "enfant")
    kept(walk)
    page.locator(".roster-more > summary").first.click()
    page.get_by_label("NINA").first.fill("11801234567890K")
    walk.shoot(f"desk-roster-{width}")
    walk.assert_clean()
    page.get_by_role("button", name="Continuer").last.click()
    # 31 February is no day: it is said where it stands, and nothing typed is lost.
    alert = page.get_by_role("alert")
    alert.get_by_text("n’est pas une date qui existe").wait_for()
    walk.shoot(f"desk-roster-refused-{width}")
    walk.assert_clean()
    alert.get_by_role("link", name="Naissance ou âge").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("12/02/1980")
    page.keyboard.press("Control+Enter")

    page.get_by_role("heading", name="Ménage", exact=True).wait_for()
    page.get_by_label("Mode de vie").select_option(label="Sédentaire")
    page.get_by_label("Nombre de ménages dans la concession").fill("2")
    page.get_by_role("heading", name="Logement").click()
    walk.shoot(f"desk-household-{width}")
    walk.assert_clean()
    page.get_by_role("button", name="Continuer").last.click()

    page.get_by_role("heading", name="Questions sur Moussa Dembélé").wait_for()
    page.get_by_label("Situation matrimoniale").select_option(label="Marié(e) monogame")
    assert page.get_by_label("Enceinte").count() == 0
    walk.shoot(f"desk-person-{width}")
    walk.assert_clean()
    page.get_by_role("button", name="Kadia Dembélé").click()
    page.get_by_role("heading", name="Questions sur Kadia Dembélé").wait_for()
    assert page.get_by_label("Situation matrimoniale").count() == 0
    page.get_by_role("button", name="Consentement et pièces").click()

    page.get_by_role("heading", name="Consentement", exact=True).wait_for()
    page.get_by_label("Photo ou PDF").set_input_files(
        {"name": "fiche.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    page.get_by_role("button", name="Retirer Fiche papier").wait_for()
    page.get_by_label("oui").first.check()
    page.get_by_label("Forme du consentement").select_option(label="Signature")
    walk.shoot(f"desk-closing-{width}")
    walk.assert_clean()
    page.get_by_role("button", name="Continuer").last.click()

    page.get_by_role("heading", name="Vérifier et enregistrer").wait_for()
    walk.shoot(f"desk-check-{width}")
    walk.assert_clean()
    page.get_by_role("button", name="Enregistrer le ménage").click()
    page.get_by_text("Le ménage est enregistré sous le numéro RSU").wait_for()
    walk.wait_until_drawn()
    walk.shoot(f"desk-registered-{width}")
    walk.assert_clean()
    assert page.get_by_role("heading", level=1).inner_text() == "Ménage de Moussa Dembélé"

    page.locator("#search").fill("Asitan Kante")
    page.locator("#search").press("Enter")
    page.get_by_role("link", name="Assitan Kanté").first.wait_for()
    # What is typed of people reaches no address.
    words = ("puits", "F-0042", "csrf", "Assitan", "Kant", "Demb", "11801234567890K")
    assert [url for url in asked if any(word in unquote(url) for word in words)] == []


def addresses(walk):
    """Keep every address that the browser asks for."""
    asked = []
    walk.page.on("request", lambda request: asked.append(request.url))
    return asked


def begin(walk):
    """Begin a new sheet."""
    walk.page.set_default_timeout(PATIENCE)
    walk.open("/registrations/")
    walk.page.get_by_role("button", name=re.compile("Nouveau ménage|New household")).click()


def test_the_agent_of_a_commune_registers_in_the_commune_alone_and_comes_back(scene, start_walk):
    walk = start_walk(width=PHONE)
    walk.enter_as(scene.agent)
    begin(walk)
    page = walk.page
    place = page.get_by_label("Village, quartier ou fraction")
    place.press_sequentially("konna")
    page.get_by_text("Aucun lieu de vos zones ne commence ainsi").wait_for()
    place.fill("")
    place.press_sequentially("sev")
    page.get_by_label("Sévaré (quartier)").wait_for()
    kept(walk)
    page.get_by_role("button", name="Composition").click()
    page.get_by_label("Prénom").first.fill("Fanta")
    kept(walk)
    # The session ends while one types: the page says that nothing more is kept.
    walk.context.clear_cookies()
    page.get_by_label("Nom", exact=True).first.press_sequentially("Sidibé")
    page.get_by_text("Brouillon non gardé").wait_for()
    # The next morning the sheet waits on the first page.
    walk.enter_as(scene.agent)
    walk.open("/")
    walk.shoot("desk-home-360")
    walk.assert_clean()
    page.get_by_role("link", name="À terminer : Ménage de Fanta").click()
    assert page.get_by_label("Sévaré (quartier)").is_checked()
    page.get_by_role("button", name="Composition").click()
    assert page.get_by_label("Prénom").first.input_value() == "Fanta"
    page.get_by_role("button", name="Vérifier").click()
    page.get_by_role("heading", name="points à corriger").wait_for()
    walk.shoot("desk-problems-360")
    walk.assert_clean()
    page.get_by_role("link", name="Corriger le premier point").click()
    page.get_by_label("Date de l’entretien").wait_for()
    walk.assert_clean()


def test_a_person_of_the_registry_is_taken_as_a_member_in_english(scene, start_walk):
    walk = start_walk(language="en")
    walk.enter_as(scene.operator)
    begin(walk)
    page = walk.page
    page.get_by_role("button", name="Roster").click()
    page.get_by_label("Given name").first.fill("Moussa")
    page.get_by_role("button", name="Take a person already in the registry").click()
    page.get_by_label("Name, NINA, phone or registry number").press_sequentially("Binta Diara")
    page.get_by_role("button", name="Take Binta Diarra").wait_for()
    walk.shoot("desk-people-1440")
    walk.assert_clean()
    page.get_by_role("button", name="Take Binta Diarra").click()
    page.get_by_text("already in the registry", exact=True).wait_for()
    page.get_by_label("Where is this person counted?").select_option(index=1)
    walk.shoot("desk-known-1440")
    walk.assert_clean()
    page.get_by_role("button", name="Add a member").click()
    page.get_by_label("Given name").nth(1).fill("Seydou")
    page.keyboard.press("Alt+ArrowUp")
    names = page.locator("[data-roster] > li")
    assert names.nth(1).get_by_label("Given name").input_value() == "Seydou"
    page.get_by_role("button", name="Remove this member").nth(1).click()
    assert names.count() == 2
    page.get_by_role("button", name="Check").click()
    page.get_by_role("heading", name="points to mend").wait_for()
    walk.shoot("desk-problems-1440")
    walk.assert_clean()


def test_a_household_is_registered_without_the_mouse(scene, start_walk):
    walk = start_walk()
    walk.enter_as(scene.agent)
    page, press = walk.page, walk.page.keyboard.press
    page.set_default_timeout(PATIENCE)
    walk.open("/registrations/")
    begin_button = page.get_by_role("button", name="Nouveau ménage")
    for _ in range(30):
        press("Tab")
        if begin_button.evaluate("button => button === document.activeElement"):
            break
    press("Enter")
    page.get_by_role("heading", name="Lieu et source").wait_for()
    type_line(page, "01/10/2026", "F-7")
    page.keyboard.type("sévaré")
    page.get_by_label("Sévaré (quartier)").wait_for()
    press("Control+Enter")
    page.get_by_role("heading", name="Composition").wait_for()
    type_line(page, "Moussa", "Dembélé", "h", "1980", "chef")
    type_line(page, "Assitan", "Kanté", "f", "34", "conj")
    press("Control+Enter")
    page.get_by_role("heading", name="Ménage", exact=True).wait_for()
    page.keyboard.type("rural")
    press("Control+Enter")
    for name in ("Moussa Dembélé", "Assitan Kanté"):
        page.get_by_role("heading", name=f"Questions sur {name}").wait_for()
        press("Control+Enter")
    page.get_by_role("heading", name="Consentement", exact=True).wait_for()
    press("Space")
    press("Enter")
    press("Enter")
    page.keyboard.type("signature")
    press("Control+Enter")
    page.get_by_text("Rien ne manque").wait_for()
    press("Control+Enter")
    page.get_by_text("Le ménage est enregistré sous le numéro RSU").wait_for()
    assert page.get_by_role("heading", level=1).inner_text() == "Ménage de Moussa Dembélé"
