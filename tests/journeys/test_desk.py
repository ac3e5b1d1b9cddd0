"""What the desk adds to pages: lists that replace themselves, drafts that come back, letters."""

import json

import pytest

from gwa.common import drafts
from gwa.testing.accounts import make_account

LETTERS = "ɛɔɲŋƐƆƝŊ éèêëàâçîïôùûüœ ÉÀÇŒ «’…»"
FORM = "gallery.sample:1"


@pytest.fixture
def sira(transactional_db):
    return make_account("operator", username="sira", has_second_factor=True)


def test_a_list_sorts_without_loading_the_page_again(start_walk):
    walk = start_walk()
    walk.open("/gallery/")
    walk.page.evaluate("window.stayed = true")
    walk.page.get_by_role("link", name="Numéro").click()
    walk.page.wait_for_url("**/gallery/?sort=number")
    assert walk.page.evaluate("window.stayed") is True
    walk.page.get_by_label("Nom", exact=True).fill("Traoré")
    walk.page.get_by_role("button", name="Filtrer").click()
    walk.page.wait_for_url("**name=Traor*")
    assert walk.page.evaluate("window.stayed") is True
    assert walk.refused == []
    assert walk.errors == []
    walk.page.go_back()
    walk.page.wait_for_url("**/gallery/?sort=number")


def test_a_draft_survives_a_closed_browser(start_walk, sira):
    walk = start_walk()
    walk.enter_as(sira)
    walk.open("/gallery/draft/")
    walk.page.get_by_label("Nom de famille").fill("Traoré")
    walk.page.get_by_label("Charrue").check()
    with walk.page.expect_response("**/drafts/**"):
        walk.page.get_by_label("Femme").check()
    walk.page.get_by_text("Brouillon gardé").wait_for()
    kept = drafts.read_draft(author_id=sira.pk, form=FORM)
    assert kept is not None
    assert kept["fields"]["name"] == ["Traoré"]
    assert kept["fields"]["assets"] == ["plough"]
    walk.context.close()

    again = start_walk()
    again.enter_as(sira)
    again.open("/gallery/draft/")
    again.page.get_by_text("Brouillon retrouvé").wait_for()
    assert again.page.get_by_label("Nom de famille").input_value() == "Traoré"
    assert again.page.get_by_label("Charrue").is_checked()
    assert again.page.get_by_label("Femme").is_checked()
    again.assert_clean()
    again.page.get_by_role("button", name="Repartir de zéro").click()
    again.page.wait_for_load_state("load")
    again.page.wait_for_function("() => document.querySelector('#id_name').value === ''")
    assert drafts.read_draft(author_id=sira.pk, form=FORM) is None


def test_nothing_typed_stays_in_the_browser(start_walk, sira):
    walk = start_walk()
    walk.enter_as(sira)
    walk.open("/gallery/draft/")
    with walk.page.expect_response("**/drafts/**"):
        walk.page.get_by_label("Nom de famille").fill("Traoré")
    stored = walk.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "Traor" not in stored
    assert json.loads(stored) == [{}, {}]


def test_every_letter_of_french_and_bambara_is_drawn_by_our_font(start_walk):
    walk = start_walk()
    walk.open("/gallery/entrance/")
    walk.page.evaluate(
        "letters => { document.querySelector('.card-body p').textContent = letters;"
        " return document.fonts.ready.then(() => true) }",
        LETTERS.replace(" ", ""),
    )
    walk.page.wait_for_timeout(500)
    session = walk.context.new_cdp_session(walk.page)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": ".card-body p"})
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node["nodeId"]})["fonts"]
    assert {font["familyName"] for font in fonts} == {"Fira Sans"}
    assert all(font["isCustomFont"] for font in fonts)


def test_maps_and_charts_come_only_to_pages_that_draw_them(start_walk):
    walk = start_walk()
    fetched = []
    walk.page.on("request", lambda request: fetched.append(request.url))
    walk.open("/account/login/")
    assert not [url for url in fetched if "/map-" in url or "/chart-" in url or "worker" in url]
    walk.open("/gallery/figures/")
    assert [url for url in fetched if "/map-" in url]
    assert all(url.startswith((walk.address, "blob:" + walk.address)) for url in fetched)


def test_a_printed_page_keeps_only_its_content(start_walk):
    walk = start_walk()
    walk.open("/gallery/")
    walk.page.emulate_media(media="print")
    assert walk.page.locator("h1").is_visible()
    for hidden in (".topbar", ".sidenav", ".pager", ".page-footer"):
        assert walk.page.locator(hidden).is_hidden()
