"""The guide: complete in both languages, linked from screens, searched without accents."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

import gwa
from gwa.common import guide

HELP_LINK = re.compile(r"help_link\s+[\"']([a-z0-9-]+)[\"']")
TEMPLATES = sorted(Path(gwa.__file__).parent.glob("*/templates/**/*.html"))


def anchors(language):
    return [section.anchor for page in guide.read_guide(language) for section in page.sections]


def test_each_anchor_stands_once():
    assert len(anchors("fr")) == len(set(anchors("fr"))) > 30


def test_english_has_every_section_of_the_french_guide_in_the_same_order():
    assert anchors("en") == anchors("fr")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_heading_names_its_own_anchor(language):
    for file in (guide.guide_folder() / language).glob("*.md"):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                assert re.search(r"\{#[a-z0-9-]+\}$", line), f"{file.name}: {line}"


def test_each_help_link_of_a_screen_leads_to_a_section():
    links = {
        (template.name, anchor)
        for template in TEMPLATES
        for anchor in HELP_LINK.findall(template.read_text(encoding="utf-8"))
    }
    known = set(anchors("fr"))
    assert links
    assert {link for link in links if link[1] not in known} == set()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_link_inside_the_guide_leads_somewhere(language):
    pages = {page.name: page for page in guide.read_guide(language)}
    for page in pages.values():
        for target in re.findall(r'href="([^"]+)"', page.html):
            name, _, anchor = target.removeprefix("../").partition("#")
            goal = pages[name.strip("/")] if name else page
            assert anchor in {"", *(section.anchor for section in goal.sections)}, target


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_picture_of_the_guide_exists(language):
    for page in guide.read_guide(language):
        for name in re.findall(r'<img src="[^"]*/([^/"]+)"', page.html):
            assert (guide.guide_folder() / "images" / name).is_file()


def test_a_search_without_accents_finds_accented_words():
    found = guide.search_guide("fr", "medecin telephone MENAGE")
    assert found == []
    found = guide.search_guide("fr", "REINSCRIVEZ menage")
    assert [finding.section.anchor for finding in found] == ["rien-trouve"]
    assert "<mark>réinscrivez</mark>" in found[0].excerpt
    assert found[0].url == reverse("guide:page", args=["chercher"]) + "#rien-trouve"


def test_a_section_whose_title_holds_the_words_comes_first():
    found = guide.search_guide("fr", "brouillon")
    assert found[0].section.anchor == "brouillon"
    assert len(found) > 1


def test_an_excerpt_never_carries_markup_of_the_text():
    excerpt = guide._excerpt("avant <script>alert(1)</script> après", ["apres"])
    assert excerpt == "avant &lt;script&gt;alert(1)&lt;/script&gt; <mark>après</mark>"


def test_an_unknown_language_reads_french():
    assert guide.read_guide("bm") == guide.read_guide("fr")


def test_pages_open_to_everyone_in_the_language_of_the_browser(client, db):
    french = client.get("/aide/", headers={"accept-language": "fr"}, follow=True)
    english = client.get("/aide/", headers={"accept-language": "en"}, follow=True)
    assert "<h1>Commencer</h1>" in french.content.decode()
    assert "<h1>Getting started</h1>" in english.content.decode()


def test_a_search_that_finds_nothing_says_what_to_do(client, db):
    page = client.get("/aide/", {"q": "zzzz"}, headers={"accept-language": "fr"})
    assert "Aucune section ne contient ces mots" in page.content.decode()


@pytest.mark.parametrize("path", ["/aide/nowhere/", "/aide/images/..%2Fsecret.md"])
def test_what_is_not_in_the_guide_is_not_found(client, db, path):
    assert client.get(path).status_code == 404
