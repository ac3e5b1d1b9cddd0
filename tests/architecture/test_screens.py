"""What every screen keeps to: the content policy, the guide, both languages, one front end."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings

from gwa.common import translations

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "src" / "gwa").glob("*/templates/**/*.html"))
# Pages that are the guide, or that are shown when there is nothing to explain.
WITHOUT_HELP = {
    "400.html",
    "403.html",
    "403_csrf.html",
    "404.html",
    "guide/page.html",
    "guide/search.html",
}
REFUSED_BY_THE_POLICY = {
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*="),
    "a style element": re.compile(r"<style[\s>]"),
    "an event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*="),
    "a script in the page": re.compile(r"<script(?![^>]*(\ssrc=|type=\"application/json\"))"),
    "a script address": re.compile(r"javascript:"),
    "code in an attribute of htmx": re.compile(r"hx-on|hx-vals=.js:|hx-trigger=\"[^\"]*\["),
    "an address elsewhere": re.compile(r"(src|href)=\"(https?:)?//"),
}


def name_of(template: Path) -> str:
    return template.relative_to(ROOT / "src" / "gwa").as_posix()


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_no_template_holds_what_the_content_policy_refuses(template):
    text = template.read_text(encoding="utf-8")
    found = [what for what, pattern in REFUSED_BY_THE_POLICY.items() if pattern.search(text)]
    assert found == []


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_each_screen_links_to_its_section_of_the_guide(template):
    text = template.read_text(encoding="utf-8")
    inside = template.as_posix().split("/templates/")[1]
    if '{% extends "base.html" %}' in text and inside not in WITHOUT_HELP:
        assert "help_link" in text


@pytest.mark.parametrize("module", translations.modules(), ids=lambda module: module.name)
def test_each_module_speaks_french_and_english(module):
    assert [str(flaw) for flaw in translations.check(module)] == []


def test_modules_agree_on_what_a_word_is_in_english():
    assert [str(flaw) for flaw in translations.find_disagreements()] == []


def test_front_end_packages_are_pinned_and_the_lock_names_no_host():
    package = json.loads((ROOT / "web/desk/package.json").read_text(encoding="utf-8"))
    wanted = {**package["dependencies"], **package["devDependencies"]}
    assert [name for name, version in wanted.items() if not re.fullmatch(r"[\d.]+", version)] == []
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    addresses = [
        entry["resolved"]
        for entry in lock["packages"].values()
        if entry.get("resolved", "").startswith("http")
    ]
    assert addresses == []


@pytest.mark.django_db
def test_browsers_keep_built_files_for_ever_and_no_other(client):
    manifest = json.loads((ROOT / "src/gwa/static/build/manifest.json").read_text())
    built = {entry["file"] for entry in manifest.values()}
    kept = {name: client.get(f"/static/build/{name}").headers["Cache-Control"] for name in built}
    assert {name for name in built if "immutable" not in kept[name]} == set()
    assert "immutable" not in client.get("/static/gwa/logo.svg").headers["Cache-Control"]


def test_the_rules_see_what_they_forbid():
    bad = (
        '<p style="x"><style></style><b onclick="x"><script>1</script><a href="javascript:x">'
        '<i hx-on:click="x"><img src="https://elsewhere/x.png">'
    )
    assert all(pattern.search(bad) for pattern in REFUSED_BY_THE_POLICY.values())
