"""The tool that keeps catalogues in step with the source."""

import gettext
import os
import shutil

import pytest
from babel.messages.pofile import read_po

from gwa.common import translations

SOURCE = """
from django.utils.translation import gettext as _, ngettext
A = _("Ménage")
B = ngettext("%(n)s ménage", "%(n)s ménages", 2)
"""
TEMPLATE = """{% load i18n %}
  <p>{% translate "Chercher" %}</p>
    {% blocktranslate count n=n %}{{ n }} page{% plural %}{{ n }} pages{% endblocktranslate %}
 {{ x|default:_("Rien") }}
"""


@pytest.fixture
def module(tmp_path, monkeypatch):
    monkeypatch.setattr(translations, "SOURCE", tmp_path)
    folder = tmp_path / "toy"
    (folder / "templates").mkdir(parents=True)
    (folder / "tests").mkdir()
    (folder / "apps.py").write_text(SOURCE, encoding="utf-8")
    (folder / "templates" / "page.html").write_text(TEMPLATE, encoding="utf-8")
    (folder / "tests" / "test_x.py").write_text('_("Ignoré")', encoding="utf-8")
    return folder


def translate(module, language="en", **words):
    path = translations.catalogue_path(module, language)
    text = path.read_text(encoding="utf-8")
    for french, other in words.items():
        text = text.replace(f'msgid "{french}"\nmsgstr ""', f'msgid "{french}"\nmsgstr "{other}"')
    path.write_text(text, encoding="utf-8")


def strings(flaws, language):
    return {flaw.text: flaw.reason for flaw in flaws if flaw.language == language}


def test_python_and_templates_are_read_and_tests_are_not(module):
    found = {translations._first(m.id) for m in translations.extract_module(module) if m.id}
    assert found == {"Ménage", "%(n)s ménage", "Chercher", "%(n)s page", "Rien"}


def test_a_new_string_is_missing_until_the_catalogues_know_it(module):
    flaws = translations.check(module)
    assert set(strings(flaws, "en").values()) == {"not in the catalogue"}
    assert set(strings(flaws, "fr")) == {"%(n)s ménage", "%(n)s page"}
    translations.update(module)
    assert strings(translations.check(module), "en")["Ménage"] == "untranslated"


def test_an_update_keeps_what_is_translated_and_drops_what_is_gone(module):
    translations.update(module)
    translate(module, Ménage="Household", Rien="Nothing")
    (module / "apps.py").write_text('_("Ménage")', encoding="utf-8")
    translations.update(module)
    catalogue = translations.read_catalogue(module, "en")
    assert catalogue.get("Ménage").string == "Household"
    assert catalogue.get("%(n)s ménage") is None


def test_an_update_without_change_writes_the_same_bytes(module):
    translations.update(module)
    path = translations.catalogue_path(module, "en")
    before = path.read_bytes()
    translations.update(module)
    assert path.read_bytes() == before


def test_an_unsure_translation_is_a_flaw(module):
    translations.update(module)
    path = translations.catalogue_path(module, "en")
    text = path.read_text(encoding="utf-8")
    text = text.replace('msgid "Rien"\nmsgstr ""', '#, fuzzy\nmsgid "Rien"\nmsgstr "Nil"')
    path.write_text(text, encoding="utf-8")
    assert strings(translations.check(module), "en")["Rien"] == "fuzzy"


def test_a_translation_that_loses_a_place_is_a_flaw(module):
    (module / "apps.py").write_text('_("Bonjour %(name)s")', encoding="utf-8")
    translations.update(module)
    translate(module, **{"Bonjour %(name)s": "Hello %(nom)s"})
    assert "Bonjour %(name)s" in strings(translations.check(module), "en")


def test_a_string_gone_from_the_source_is_a_flaw(module):
    translations.update(module)
    (module / "apps.py").write_text("", encoding="utf-8")
    assert strings(translations.check(module), "en")["Ménage"] == "no longer in the source"


def test_two_modules_that_disagree_are_told_apart(module):
    other = module.with_name("other")
    shutil.copytree(module, other)
    for one, english in ((module, "Nothing"), (other, "Nil")):
        translations.update(one)
        translate(one, Rien=english)
    assert [str(flaw) for flaw in translations.find_disagreements()] == [
        "other and toy [en] translated in two ways: Rien"
    ]


def test_compiled_catalogues_say_what_was_translated(module):
    translations.update(module)
    translate(module, Ménage="Household")
    translations.compile_catalogues(module)
    path = translations.catalogue_path(module, "en")
    assert b"Household" in path.with_suffix(".mo").read_bytes()
    with path.open("rb") as file:
        assert read_po(file).num_plurals == 2


def test_the_compiled_french_is_typeset(module):
    (module / "apps.py").write_text('_("C\'est bien vous ?")', encoding="utf-8")
    translations.update(module)
    translations.compile_catalogues(module)
    with translations.catalogue_path(module, "fr").with_suffix(".mo").open("rb") as file:
        french = gettext.GNUTranslations(file)
    assert french.gettext("C'est bien vous ?") == "C’est bien vous\u202f?"
    assert french.ngettext("%(n)s page", "%(n)s pages", 2) == "%(n)s pages"


def test_catalogues_are_compiled_again_when_words_change_only(module):
    translations.update(module)
    translations.compile_catalogues(module)
    compiled = translations.catalogue_path(module, "en").with_suffix(".mo")
    os.utime(compiled, (2**31 - 2, 2**31 - 2))
    os.utime(compiled.parents[2] / "fr" / "LC_MESSAGES" / "django.mo", (2**31 - 2, 2**31 - 2))
    before = compiled.read_bytes()
    translate(module, Rien="Nothing")
    translations.compile_catalogues(module)
    assert compiled.read_bytes() == before
    os.utime(translations.catalogue_path(module, "en"), (2**31 - 1, 2**31 - 1))
    translations.compile_catalogues(module)
    assert b"Nothing" in compiled.read_bytes()


def test_the_command_fails_where_something_is_missing(module, capsys):
    assert translations.main(["check"]) == 1
    assert "toy [en] not in the catalogue: Ménage" in capsys.readouterr().out
    assert translations.main(["update", "toy"]) == 0
