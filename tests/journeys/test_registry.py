"""The registry at work: find, open, correct, undo, print; on a phone and at a desk."""

import io
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from gwa.accounts.models import User
from gwa.common.scope import everywhere
from gwa.journal.models import SYSTEM, Entry
from gwa.registry.actions import correct_household, set_identifier
from gwa.registry.models import Membership, Person
from gwa.registry.upkeep import refresh_figures
from gwa.testing.accounts import make_account
from gwa.testing.cast import FATOU, Cast, correction, make_cast
from gwa.testing.places import make_places
from gwa.variables.actions import load_dictionary, publish_version

PHONE, DESK = 360, 1440


@dataclass
class Scene:
    """The cast, committed, and the two people who look at it."""

    cast: Cast
    awa: Person
    binta: Membership
    operator: User
    agent: User


@pytest.fixture
def scene(transactional_db, settings):
    """Three households with the shipped dictionary, an answer, a number and their figures."""
    with transaction.atomic(), everywhere():
        folder = settings.BASE_DIR / "questionnaires" / "rsu-menage"
        version = load_dictionary(folder=folder, actor=SYSTEM)
        publish_version(version=version, actor=SYSTEM, at=timezone.now())
        cast = make_cast(make_places())
        household = cast.with_dictionary(version)
        set_identifier(
            person=cast.person("Awa"),
            kind="nina",
            value="18405123456789K",
            source=correction(),
            actor=FATOU,
        )
        correct_household(
            household=household,
            changes={"address": "près du grand fromager"},
            source=correction(),
            actor=FATOU,
            reason="la mosquée a été reconstruite ailleurs",
        )
        operator = make_account("operator", username="sira")
        agent = make_account("commune_agent", cast.places.socoura, username="agent")
        scene = Scene(cast, cast.person("Awa"), cast.membership("Binta"), operator, agent)
    refresh_figures()
    return scene


def search_for(walk, words):
    """Type into the box of the header, from the keyboard."""
    walk.page.locator("h1").click()
    walk.page.keyboard.press("/")
    walk.page.keyboard.type(words)
    walk.page.keyboard.press("Enter")
    walk.page.wait_for_url("**/households/?s=*")
    walk.wait_until_drawn()


def read_pdf(walk, url):
    """Read the text of a PDF that the page links to."""
    answer = walk.context.request.get(walk.address + url)
    assert answer.ok
    assert answer.headers["content-type"] == "application/pdf"
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.body())).pages)


def test_an_operator_finds_corrects_undoes_and_prints(scene, start_walk):
    walk = start_walk()
    walk.enter_as(scene.operator)
    walk.open("/")
    search_for(walk, "Hawa Taraoré")
    walk.page.get_by_role("link", name="Awa Traoré").wait_for()
    walk.shoot("search-results-1440")
    walk.assert_clean()
    assert "Taraor" not in walk.page.url
    walk.page.keyboard.press("ArrowDown")
    walk.page.keyboard.press("Enter")
    walk.page.wait_for_url("**/households/*-*/")
    walk.wait_until_drawn()
    assert walk.page.get_by_role("heading", level=1).inner_text() == "Ménage d’Awa Traoré"

    walk.page.get_by_role("link", name="Corriger", exact=True).first.click()
    walk.page.get_by_label("Adresse ou repère").fill("en face du marché")
    walk.page.get_by_label("Motif").fill("le chef de quartier confirme")
    walk.page.get_by_role("button", name="Enregistrer").click()
    walk.page.get_by_text("Le ménage est corrigé.").wait_for()
    history = walk.page.locator("#history-lines")
    history.get_by_text("en face du marché").first.wait_for()
    assert history.get_by_text("Motif : le chef de quartier confirme").count() == 1

    walk.page.get_by_role("link", name="Annuler la dernière modification").click()
    walk.page.get_by_text("Ce qui sera annulé").wait_for()
    assert walk.page.get_by_text("en face du marché").count() == 1
    walk.shoot("undo-1440")
    walk.assert_clean()
    walk.page.get_by_label("Motif").fill("le marché a déménagé")
    walk.page.get_by_role("button", name="Annuler cette modification").click()
    walk.page.get_by_text("La modification est annulée.").wait_for()
    assert walk.page.locator("dd", has_text="près du grand fromager").count() >= 1

    sheet = walk.page.get_by_role("link", name="Imprimer la fiche").get_attribute("href")
    text = read_pdf(walk, sheet)
    number = scene.cast.household.registry_number
    assert f"{number[:4]} {number[4:8]} {number[8:]}" in text
    for name in ("Awa Traoré", "Binta Diarra", "Seydou Diarra", "Kadia Coulibaly"):
        assert name in text
    assert "18405123456789K" not in text
    assert "76 12 34 56" not in text


def test_a_commune_agent_sees_one_commune_counts_included(scene, start_walk):
    walk = start_walk(width=PHONE)
    walk.enter_as(scene.agent)
    walk.open("/")
    figures = walk.page.locator(".figure-card")
    assert figures.filter(has_text="Ménages").first.locator(".figure-value").inner_text() == "2"
    assert figures.filter(has_text="Personnes").locator(".figure-value").inner_text() == "6"
    walk.shoot("home-agent-360")
    walk.assert_clean()
    search_for(walk, "Aïcha Walet")
    walk.page.get_by_text("Personne ne répond dans vos zones").wait_for()
    walk.shoot("search-nobody-360")
    walk.assert_clean()
    search_for(walk, "Aoua Traore")
    walk.page.get_by_role("link", name="Awa Traoré").click()
    walk.page.wait_for_url("**/households/*-*/")
    walk.wait_until_drawn()
    walk.page.locator("#history-lines").wait_for()
    assert walk.page.get_by_role("link", name="Corriger").count() == 0
    walk.shoot("household-agent-360")
    walk.assert_clean()
    text = read_pdf(walk, reverse("registry:sheet", args=[scene.cast.household.pk]))
    assert "Awa Traoré" in text
    far = walk.context.request.get(
        walk.address + reverse("registry:household", args=[scene.cast.far.pk])
    )
    assert far.status == 404
    with transaction.atomic(), everywhere():
        lines = set(Entry.objects.filter(actor_id=scene.agent.pk).values_list("action", flat=True))
    assert {
        "registry.searched",
        "registry.household_read",
        "registry.household_printed",
    } <= lines


def test_a_number_shows_on_demand_and_leaves_a_line(scene, start_walk):
    walk = start_walk()
    walk.enter_as(scene.operator)
    walk.open(reverse("registry:person", args=[scene.awa.pk]))
    assert walk.page.get_by_text("18405123456789K").count() == 0
    walk.page.get_by_role("button", name="Afficher : NINA").click()
    walk.page.get_by_text("18405123456789K").wait_for()
    assert "18405123456789K" not in walk.page.url
    walk.assert_clean()
    with transaction.atomic(), everywhere():
        assert Entry.objects.filter(action="registry.identifier_shown").count() == 1


def test_what_is_typed_outlives_a_crash(scene, start_walk):
    url = reverse("registry:correct", args=[scene.cast.household.pk])
    walk = start_walk()
    walk.enter_as(scene.operator)
    walk.open(url)
    walk.page.get_by_label("Adresse ou repère").fill("derrière l’école")
    walk.page.get_by_text("Brouillon gardé").wait_for()
    walk.context.close()
    again = start_walk()
    again.enter_as(scene.operator)
    again.open(url)
    again.page.get_by_text("Brouillon retrouvé").wait_for()
    assert again.page.get_by_label("Adresse ou repère").input_value() == "derrière l’école"


HOUSEHOLD_SCREENS = [
    "household",
    "history",
    "correct",
    "attachment",
    "place_now",
    "origin",
    "contacts",
    "add_member",
    "head",
    "split",
    "dissolve",
    "attach",
]
PERSON_SCREENS = ["person", "person_correct", "join", "death", "add_identifier"]


def addresses(scene):
    """Every kind of screen of the registry, by a name for its picture."""
    household = scene.cast.household
    yield "home", "/"
    yield "search", reverse("registry:search")
    yield "list", reverse("registry:search") + "?status=active"
    yield "claims", reverse("registry:claims")
    for name in HOUSEHOLD_SCREENS:
        yield name, reverse(f"registry:{name}", args=[household.pk])
    for name in PERSON_SCREENS:
        yield name, reverse(f"registry:{name}", args=[scene.awa.pk])
    yield "answers", reverse("registry:answers", args=[household.pk, "housing"])
    yield "link", reverse("registry:link", args=[scene.binta.pk])


@pytest.mark.parametrize(("width", "language"), [(PHONE, "fr"), (DESK, "en")])
def test_no_screen_bars_anyones_way(scene, start_walk, width, language):
    walk = start_walk(width=width, language=language)
    walk.enter_as(scene.operator)
    for name, address in addresses(scene):
        answer = walk.open(address)
        assert answer.ok, address
        if name == "household":
            walk.page.locator("#history-lines").wait_for()
        walk.shoot(f"registry-{name}-{language}-{width}")
        try:
            walk.assert_clean()
        except AssertionError as error:
            raise AssertionError(f"{name} at {width}: {error}") from error
