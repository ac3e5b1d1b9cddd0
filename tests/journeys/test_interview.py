"""The interview as a telephone shows it, held on the page where the desk looks at a version."""

import io
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import segno
from django.conf import settings
from django.db import transaction
from PIL import Image
from playwright.sync_api import Page, expect
from pyxform.xls2xform import convert
from tests.journeys.conftest import BROWSERS, FLAGS, PHONE, Walk

from gwa.common.scope import everywhere
from gwa.questionnaires.actions import propose_form
from gwa.questionnaires.models import FormVersion
from gwa.testing.accounts import make_account
from gwa.testing.demo import load_first_dictionary
from gwa.testing.small_form import PROPOSER

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 25_000
FORMS = Path(settings.BASE_DIR) / "questionnaires"
CODE = "GWA7K2M9P4Q1"

KINDS = (Path(__file__).parent / "every_question.md").read_text(encoding="utf-8")


ROSTER = """
| survey |
| | type | name | label | required | calculation |
| | begin_repeat | members | Membres | | |
| | text | given_name | Prénom | yes | |
| | integer | age | Âge | yes | |
| | end_repeat | | | | |
| | calculate | size | | | count(${members}) |
| | note | told | ${size} personne(s) | | |
| settings |
| | form_title | form_id | version |
| | Un ménage | essai-membres | 1 |
"""


@pytest.fixture
def propose(transactional_db) -> Callable[..., FormVersion]:
    """Put a form before the desk: its own workbook, or a table of questions."""

    def put(*, table: str = "", form: str = "") -> FormVersion:
        name = f"{form}.xlsx" if form else "essai.xml"
        content = (
            (FORMS / form / name).read_bytes()
            if form
            else convert(table, file_type=".md", form_name="data").xform.encode()
        )
        with transaction.atomic(), everywhere():
            load_first_dictionary()
            return propose_form(content=content, file_name=name, actor=PROPOSER)

    return put


@pytest.fixture
def hold(start_walk, propose) -> Callable[..., Walk]:
    """Open a form at the width of a telephone, as somebody who may read questionnaires."""

    def begin(**form: str) -> Walk:
        return open_form(start_walk(width=PHONE), propose(**form))

    return begin


def open_form(walk: Walk, version: FormVersion) -> Walk:
    walk.enter_as(make_account("operator", username="operateur"))
    walk.page.set_default_timeout(PATIENCE)
    walk.open(f"/questionnaires/versions/{version.pk}/preview/")
    walk.page.get_by_role("button", name="Sommaire").wait_for()
    return walk


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Suivant").click()


def test_people_are_named_before_an_answer_takes_them_away(hold):
    walk = hold(form="rsu-choc")
    page = walk.page
    for label, place in (("Région", "Sikasso"), ("Cercle", "Sikasso"), ("Commune", "Kléla")):
        page.get_by_label(label).select_option(label=place)
    page.get_by_role("radio", name="Dougoukolobougou").check()
    go_on(page)
    page.get_by_role("radio", name="Non, ou personne ne sait").check()
    go_on(page)
    page.get_by_role("radio", name="Bambara").check()
    page.get_by_role("radio", name="Non").check()
    go_on(page)
    page.get_by_text("Ce n’est pas un impôt").wait_for()
    go_on(page)
    page.get_by_role("radio", name="Oui").check()
    page.get_by_role("radio", name="Oral, noté").check()
    page.get_by_role("radio", name="Chef de ménage").check()
    go_on(page)

    count = page.get_by_label("Combien de personnes")
    count.fill("3")
    go_on(page)
    page.get_by_role("button", name="Continuer avec Personne 1").click()
    people = (("Awa", "Femme", "Chef de ménage"), ("Moussa", "Homme", "Fils ou fille"))
    for name, sex, tie in people:
        page.get_by_label("prénom").fill(name)
        page.get_by_label("Nom de famille").fill("Traoré")
        page.get_by_role("radio", name=sex).check()
        page.get_by_role("radio", name=tie).check()
        page.get_by_label("Âge en années").fill("40")
        page.get_by_role("heading", name=f"{name} Traoré").wait_for()
        go_on(page)
        page.get_by_role("heading", name=f"{name} Traoré").wait_for(state="detached")

    page.get_by_role("button", name="Sommaire").click()
    contents = page.get_by_role("dialog", name="Sommaire")
    expect(contents.get_by_role("button", name="Personnes à inscrire")).to_contain_text(
        "5 réponses"
    )
    walk.assert_clean()
    contents.get_by_role("button", name="Personnes à inscrire").click()
    count.fill("1")
    count.blur()
    warning = page.get_by_role("dialog", name="Enlever des lignes")
    expect(warning.get_by_role("listitem")).to_have_text(["2. Moussa Traoré"])
    walk.assert_clean()
    warning.get_by_role("button", name="Garder tout le monde").click()
    expect(count).to_have_value("3")
    go_on(page)
    lines = page.get_by_role("main").get_by_role("listitem").filter(has=page.get_by_role("button"))
    assert [text.split("\n")[0] for text in lines.all_inner_texts()][-3:] == [
        "1. Awa Traoré",
        "2. Moussa Traoré",
        "Personne 3",
    ]
    walk.shoot("interview-roster-360")
    walk.assert_clean()

    page.get_by_role("button", name="Précédent").click()
    count.fill("2")
    count.blur()
    go_on(page)
    page.get_by_text("Tout le monde est complet").wait_for()
    page.get_by_role("button", name="Sommaire").click()
    page.get_by_role("dialog").get_by_role("button", name="Fin de l’entretien").click()
    expect(page.get_by_role("tab", name="Erreurs")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("button", name="Terminer l’entretien")).to_be_disabled()
    walk.shoot("interview-end-360")
    walk.assert_clean()
    page.get_by_role("button", name="Qu’a subi le ménage").click()
    page.get_by_role("checkbox", name="Inondation").check()


@pytest.fixture
def hold_seeing(browser, live_server, propose, tmp_path) -> Iterator[Callable[..., Walk]]:
    """Open a form on a telephone whose camera looks at a card, under an open sky."""
    drawn = io.BytesIO()
    segno.make(CODE).save(drawn, kind="png", scale=12, border=8)
    seen = tmp_path / "card.mjpeg"
    Image.open(drawn).convert("RGB").resize((640, 480)).save(seen, "JPEG")
    started = browser.browser_type.launch(
        executable_path=next(filter(None, map(shutil.which, BROWSERS))),
        args=[
            *FLAGS,
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={seen}",
        ],
    )

    def begin(**form: str) -> Walk:
        context = started.new_context(
            viewport={"width": 390, "height": 844},
            locale="fr-FR",
            timezone_id="Africa/Bamako",
            reduced_motion="reduce",
            geolocation={"latitude": 11.31, "longitude": -5.66, "accuracy": 35},
            permissions=["geolocation", "camera", "microphone"],
        )
        return open_form(Walk(context, live_server.url), propose(**form))

    yield begin
    started.close()


def test_each_kind_of_question_is_answered_in_either_language(hold_seeing):
    walk = hold_seeing(table=KINDS)
    page = walk.page

    def look(name: str) -> None:
        """Look at a page in both languages."""
        language = page.get_by_role("combobox", name=re.compile("Langue|Kan"))
        walk.assert_clean()
        walk.shoot(f"question-{name}-fr")
        language.select_option(label="Bamanankan")
        page.get_by_role("button", name="Taa ɲɛ").wait_for()
        walk.assert_clean()
        walk.shoot(f"question-{name}-bm")
        language.select_option(label="Français")
        page.get_by_role("button", name="Suivant").wait_for()

    go_on(page)
    expect(page.get_by_role("alert")).to_have_text(re.compile("Une réponse est nécessaire ici."))
    expect(page.get_by_label("Un mot")).to_be_focused()
    look("text")
    page.get_by_label("Un mot").fill("Awa")
    go_on(page)

    expect(page.get_by_role("heading", name="Des nombres")).to_be_focused()
    page.get_by_label("Combien de pièces").fill("x")
    page.get_by_label("Combien de pièces").blur()
    page.get_by_text("Écrivez un nombre, avec des chiffres.").wait_for()
    page.get_by_label("Combien de pièces").fill("90")
    page.get_by_label("Combien de pièces").blur()
    page.get_by_text("Trop de pièces.").wait_for()
    page.get_by_label("Combien d’hectares").fill("1,5")
    page.get_by_role("slider").press("ArrowRight")
    look("number")
    page.get_by_label("Combien de pièces").fill("4")
    go_on(page)

    born = page.get_by_role("group", name="Né le")
    born.get_by_label("Jour", exact=True).fill("31")
    born.get_by_label("Mois", exact=True).select_option(label="avril")
    born.get_by_label("Année").fill("1975")
    page.get_by_text("Cette date n’existe pas.").wait_for()
    born.get_by_role("checkbox", name="Jour inconnu").check()
    page.get_by_text("Cette date n’existe pas.").wait_for(state="detached")
    came = page.get_by_role("group", name="Venu depuis")
    came.get_by_label("Mois").select_option(label="mai")
    came.get_by_label("Année").fill("2020")
    page.get_by_label("À quelle heure").fill("07:30")
    look("date")
    go_on(page)

    page.get_by_role("group", name="Un seul").get_by_role("radio", name="Oui").check()
    for beast in ("Bovins", "Poules"):
        page.get_by_role("checkbox", name=beast).check()
    page.get_by_label("Dans une petite liste").select_option(label="Non")
    look("choice")
    go_on(page)

    page.get_by_role("searchbox", name="Chercher", exact=True).fill("klela")
    page.get_by_role("radio", name="Kléla").check()
    look("search")
    go_on(page)

    page.get_by_role("button", name="Descendre : Bovins").click()
    look("rank")
    go_on(page)

    page.get_by_role("button", name="Prendre la photo").click()
    page.get_by_role("button", name="Photographier").click()
    page.get_by_role("img", name="Photo prise").wait_for()
    look("photo")
    go_on(page)

    page.get_by_role("button", name="Signer").click()
    pad = page.get_by_role("dialog").locator("canvas").bounding_box()
    page.mouse.move(pad["x"] + 40, pad["y"] + 40)
    page.mouse.down()
    page.mouse.move(pad["x"] + 200, pad["y"] + 120, steps=8)
    page.mouse.up()
    page.get_by_role("button", name="Garder la signature").click()
    page.get_by_role("img", name="Signature gardée").wait_for()
    look("signature")
    go_on(page)

    page.get_by_role("button", name="Scanner le code").click()
    expect(page.get_by_label("Ou écrivez le code")).to_have_value(CODE)
    look("barcode")
    go_on(page)

    page.get_by_text("Précision 35 m").wait_for()
    expect(page.get_by_role("button", name="Garder cette position")).to_be_disabled()
    look("position")
    page.get_by_label("Pourquoi garder").select_option(label="Sous un toit, impossible de sortir")
    page.get_by_role("button", name="Garder cette position").click()
    page.get_by_text("± 35 m").wait_for()
    go_on(page)

    page.get_by_role("button", name="Enregistrer la voix").click()
    page.get_by_role("button", name="Arrêter").click()
    page.locator("audio").wait_for()
    look("voice")
    go_on(page)

    page.get_by_role("checkbox", name="Lu").check()
    look("acknowledge")
    go_on(page)
    expect(page.get_by_role("main")).to_contain_text("Merci, Awa.")
    look("note")
    go_on(page)

    page.get_by_role("tab", name="Sans réponse").click()
    expect(page.get_by_role("tabpanel").get_by_role("button")).to_have_text(["Un récit"])
    walk.assert_clean()
    page.get_by_role("button", name="Terminer l’entretien").click()
    page.get_by_text("L’entretien est fini").wait_for()
    walk.assert_clean()


def test_somebody_is_added_by_name_and_removed_with_a_word_of_what_goes(hold):
    walk = hold(table=ROSTER)
    page = walk.page
    for name, age, way in (("Awa", "40", "Continuer avec Membres 1"), ("Bah", "7", "Ajouter")):
        page.get_by_role("button", name=way).click()
        page.get_by_label("Prénom").fill(name)
        go_on(page)
        expect(page.get_by_role("heading", level=1, name=name)).to_be_focused()
        page.get_by_label("Âge").fill(age)
        page.get_by_role("button", name="Sommaire").click()
        page.get_by_role("dialog").get_by_role("button", name="Membres").click()
    page.get_by_role("button", name="1. Awa", exact=False).first.wait_for()
    page.get_by_role("button", name="Enlever 1. Awa ?").click()
    asked = page.get_by_role("dialog", name="Enlever 1. Awa ?")
    expect(asked).to_contain_text("2 réponses seront perdues")
    walk.assert_clean()
    asked.get_by_role("button", name="Annuler").click()
    page.get_by_role("button", name="Enlever 1. Awa ?").click()
    asked.get_by_role("button", name="Enlever", exact=True).click()
    page.get_by_role("button", name=re.compile("1. Bah")).first.wait_for()
    expect(page.get_by_role("button", name=re.compile("Awa"))).to_have_count(0)
    page.get_by_role("button", name="Suite du questionnaire").click()
    expect(page.get_by_role("main")).to_contain_text("1 personne(s)")


def test_what_was_closed_opens_at_the_same_question(hold):
    walk = hold(table=KINDS)
    page = walk.page
    page.get_by_label("Un mot").fill("Awa")
    go_on(page)
    page.get_by_label("Combien de pièces").fill("4")
    page.get_by_role("button", name="Fermer").click()
    page.get_by_role("button", name="Reprendre l’entretien").click()
    expect(page.get_by_label("Combien de pièces")).to_have_value("4")
    page.get_by_role("button", name="Précédent").click()
    expect(page.get_by_label("Un mot")).to_have_value("Awa")
