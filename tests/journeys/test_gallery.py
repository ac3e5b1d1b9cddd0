"""Every shared component, on a phone and at a desk, under the real content policy."""

from itertools import pairwise

import pytest

PHONE, DESK = 360, 1440
PAGES = [
    "/gallery/",
    "/gallery/?errors",
    "/gallery/figures/",
    "/gallery/entrance/",
    "/gallery/errors/400/",
    "/gallery/errors/403/",
    "/gallery/errors/404/",
    "/gallery/errors/500/",
    "/account/login/",
    "/account/password/reset/",
    "/aide/",
    "/aide/?q=menage",
    "/aide/?q=zzzz",
]


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_page_bars_anyones_way(start_walk, width):
    walk = start_walk(width=width)
    for path in PAGES:
        walk.open(path)
        name = path.strip("/").replace("/", "-").replace("?", "").replace("=", "-")
        walk.shoot(f"{name}-{width}")
        walk.assert_clean()


def test_pages_speak_english(start_walk):
    walk = start_walk(language="en")
    for path in ["/gallery/", "/account/login/", "/aide/"]:
        walk.open(path)
        assert walk.page.locator("html").get_attribute("lang") == "en"
        walk.assert_clean()


def test_the_watchers_see_what_they_watch_for(start_walk):
    walk = start_walk()
    walk.open("/gallery/entrance/")
    walk.page.evaluate("document.body.setAttribute('style', 'color: red')")
    walk.page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    walk.page.wait_for_timeout(200)
    assert any("style-src" in refusal for refusal in walk.refused)
    assert any(finding.startswith("image-alt") for finding in walk.axe())


def test_a_chosen_language_lasts(start_walk):
    walk = start_walk()
    walk.open("/gallery/")
    walk.page.get_by_role("button", name="English").click()
    walk.open("/aide/")
    assert walk.page.locator("html").get_attribute("lang") == "en"


def test_nothing_lies_over_anything_else_in_the_bar_of_a_phone(start_walk):
    walk = start_walk(width=PHONE)
    walk.open("/gallery/")
    parts = walk.page.locator(".topbar > *, .topbar-tools > *").all()
    boxes = [box for part in parts if part.is_visible() and (box := part.bounding_box())]
    rows = sorted({round(box["y"] + box["height"] / 2, -1) for box in boxes})
    assert len(rows) == 2, "one line of buttons, then the search box"
    bar = walk.page.locator(".topbar").bounding_box()
    assert max(box["y"] + box["height"] for box in boxes) <= bar["y"] + bar["height"]
    leaves = walk.page.locator(".topbar .btn:visible, .topbar .brand").all()
    edges = sorted((leaf.bounding_box()["x"], leaf.bounding_box()["width"]) for leaf in leaves)
    for (left, width), (following, _) in pairwise(edges):
        assert left + width <= following + 0.5


def test_the_menu_of_a_phone_opens_and_closes(start_walk):
    walk = start_walk(width=PHONE)
    walk.open("/gallery/")
    menu = walk.page.get_by_role("navigation", name="Navigation principale")
    assert menu.is_hidden()
    walk.page.get_by_role("button", name="Ouvrir le menu").click()
    assert menu.get_by_role("link", name="Doublons à trancher 12 en attente").is_visible()
    walk.shoot("menu-360")
    assert walk.axe() == []
    walk.page.keyboard.press("Escape")
    assert menu.is_hidden()


def test_keys_explain_themselves_and_walk_through_a_list(start_walk):
    walk = start_walk()
    walk.open("/gallery/")
    walk.page.keyboard.press("/")
    assert walk.page.evaluate("document.activeElement.id") == "search"
    walk.page.locator("h1").click()
    walk.page.keyboard.press("?")
    dialog = walk.page.locator("#shortcuts")
    assert dialog.is_visible()
    walk.page.keyboard.press("Escape")
    assert dialog.is_hidden()
    walk.page.keyboard.press("ArrowDown")
    walk.page.keyboard.press("ArrowDown")
    walk.page.keyboard.press("ArrowUp")
    assert walk.page.evaluate("document.activeElement.textContent") == "ML-7Q2K-91F3"


def test_a_dangerous_button_asks_first(start_walk):
    walk = start_walk()
    walk.open("/gallery/")
    walk.page.get_by_role("button", name="Annuler la correction").click()
    dialog = walk.page.get_by_role("dialog", name="Annuler la dernière correction ?")
    assert dialog.is_visible()
    assert walk.axe() == []
    dialog.get_by_role("button", name="Annuler", exact=True).click()
    assert dialog.is_hidden()


def test_a_registry_number_is_copied(start_walk):
    walk = start_walk(permissions=["clipboard-read", "clipboard-write"])
    walk.open("/gallery/")
    walk.page.get_by_role("button", name="Copier le numéro ML-7Q2K-91F3").click()
    walk.page.get_by_text("Copié").wait_for()
    assert walk.page.evaluate("navigator.clipboard.readText()") == "ML-7Q2K-91F3"


def test_the_map_is_drawn_with_its_legend(start_walk):
    walk = start_walk()
    walk.open("/gallery/figures/")
    area = walk.page.locator("gwa-map").first
    assert area.locator("canvas").count() == 1
    legend = area.locator(".legend li").all_inner_texts()
    assert legend == ["12,5", "41,2", "73,9", "sans donnée"]


def test_a_map_that_cannot_be_drawn_says_so(start_walk):
    walk = start_walk()
    walk.page.route("**/areas.geojson", lambda route: route.abort())
    walk.open("/gallery/figures/")
    assert walk.page.get_by_text("Le tableau donne les mêmes chiffres").is_visible()


def test_a_map_without_boundaries_says_so(start_walk):
    walk = start_walk()
    nothing = '{"type": "FeatureCollection", "features": []}'
    walk.page.route("**/areas.geojson", lambda route: route.fulfill(body=nothing))
    walk.open("/gallery/figures/")
    assert walk.page.get_by_text("Aucune limite n’est connue").is_visible()
    assert walk.errors == []


def test_pages_work_without_script(start_walk):
    walk = start_walk(java_script_enabled=False)
    walk.page.goto(walk.address + "/gallery/")
    walk.page.get_by_role("button", name="Annuler la correction").click()
    assert walk.page.locator("#undo").is_visible()
    walk.page.get_by_role("link", name="Suivant").click()
    assert "after=3" in walk.page.url


def test_errors_are_listed_and_take_the_focus(start_walk):
    walk = start_walk()
    walk.open("/gallery/?errors")
    focused = "document.activeElement.hasAttribute('data-error-summary')"
    assert walk.page.evaluate(focused)
    walk.page.locator("[data-error-summary] a", has_text="Nom de famille").click()
    assert walk.page.evaluate("document.activeElement.name") == "name"
    described = walk.page.locator("#id_name").get_attribute("aria-describedby")
    assert described == "id_name_helptext id_name_error"
