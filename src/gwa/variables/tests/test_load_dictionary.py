"""A folder of YAML becomes a draft; loading it again changes nothing."""

import pytest

from gwa.variables.actions import load_dictionary
from gwa.variables.errors import (
    _FAULTS,
    DictionaryRefused,
    DictionaryUnreadable,
    PublishedVersionIsFixed,
    UnknownPrevious,
)
from gwa.variables.models import DictionaryVersion
from gwa.variables.queries import read_dictionary
from gwa.variables.rules.content import FaultKind

pytestmark = pytest.mark.django_db


def test_it_loads_a_draft_as_it_is_written(folder, journal_lines):
    version = folder.load()
    assert version.is_draft
    loaded = read_dictionary(version)
    assert [variable.name for variable in loaded.variables] == ["roof", "rooms", "land"]
    assert loaded.by_name["roof"].codes() == ("metal", "thatch")
    assert loaded.by_name["roof"].label("bm") == "So bili"
    assert loaded.by_name["rooms"].maximum == 60
    assert loaded.by_name["land"].unit == {"fr": "ha", "en": "hectares"}
    assert loaded.sections[0].refresh_months == 36
    assert len(journal_lines("variables.draft_written")) == 1


def test_the_same_content_makes_no_new_version(folder, journal_lines):
    first = folder.load()
    again = folder.load()
    assert again.pk == first.pk
    assert DictionaryVersion.objects.count() == 1
    assert len(journal_lines("variables.draft_written")) == 1


def test_a_draft_is_rewritten(folder):
    first = folder.load()
    folder.variables["rooms"]["max"] = 80
    del folder.variables["land"]
    again = folder.load()
    assert again.pk == first.pk
    assert [variable.name for variable in read_dictionary(again).variables] == ["roof", "rooms"]
    assert read_dictionary(again).by_name["rooms"].maximum == 80


def test_the_layout_of_the_file_does_not_matter(folder, journal_lines):
    first = folder.load()
    file = folder.path / "variables.yaml"
    file.write_text("# a comment\n" + file.read_text())
    assert load_dictionary(folder=folder.path, actor=folder.actor).pk == first.pk
    assert len(journal_lines("variables.draft_written")) == 1


def test_a_published_number_never_changes(folder):
    folder.publish()
    folder.variables["rooms"]["max"] = 80
    with pytest.raises(PublishedVersionIsFixed) as refusal:
        folder.load()
    assert "La version 1 est déjà publiée" in refusal.value.sentence


@pytest.mark.parametrize("follows", [None, 2, 7])
def test_a_new_version_says_which_one_it_follows(folder, follows):
    folder.publish()
    folder.head |= {"number": 2, "follows": follows}
    with pytest.raises(UnknownPrevious):
        folder.load()


def test_a_version_cannot_follow_a_draft(folder):
    folder.load()
    folder.follow()
    with pytest.raises(UnknownPrevious):
        folder.load()


def refuse(folder):
    with pytest.raises(DictionaryRefused) as refusal:
        folder.load()
    assert not DictionaryVersion.objects.exists()
    return refusal.value.sentence


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"fr": ""}, "housing.roof : il manque « fr »"),
        ({"kind": "choice"}, "housing.roof : le mot « kind » n’est pas prévu"),
        ({"type": "list"}, "housing.roof : la valeur « type: list » ne convient pas"),
        ({"level": "village"}, "« level: village »"),
        ({"storage": "elsewhere"}, "« storage: elsewhere »"),
        ({"choices": {}}, "une variable à choix a besoin de réponses"),
        ({"choices": "colours"}, "« choices: colours »"),
        ({"choices": {True: {"fr": "Oui", "en": "Yes"}}}, "housing.roof.True"),
        ({"choices": {"a": {"fr": "Tôle"}}}, "housing.roof.a : il manque « en »"),
        (
            {"choices": {"a": {"fr": "Tôle", "en": "A"}, "b": {"fr": "tole", "en": "B"}}},
            "deux réponses ont le même libellé (fr: tole)",
        ),
        ({"type": "text"}, "seules les variables à choix ont des réponses"),
        ({"min": 1}, "seuls les nombres ont un minimum"),
        ({"from_age": 5}, "seules les variables de personne ont des âges"),
        ({"from_age": -1}, "« from_age: -1 »"),
        ({"unit": "arpent"}, "« unit: arpent »"),
        ({"fr": "Religion du chef"}, "ne demande jamais l’ethnie, la religion"),
        ({"en": "Ethnic group"}, "(« ethnic »)"),
    ],
)
def test_each_fault_of_a_variable_is_said_with_its_place(folder, change, said):
    folder.variables["roof"] |= change
    assert said in refuse(folder)


def test_a_number_needs_its_limits_in_order_and_its_decimals(folder):
    folder.variables["rooms"] |= {"min": 9, "max": 2}
    folder.variables["land"] |= {"decimals": 0, "min": "peu"}
    sentence = refuse(folder)
    assert "housing.rooms : le minimum dépasse le maximum" in sentence
    assert "housing.land : la valeur « decimals » ne convient pas" in sentence
    assert "« min: peu »" in sentence


def test_names_are_plain(folder):
    folder.variables["Nombre de pièces"] = folder.variables.pop("rooms")
    assert "housing.Nombre de pièces : le nom s’écrit" in refuse(folder)


def test_a_name_serves_once(folder):
    folder.head["sections"] = ["housing", "again"]
    folder.write()
    text = (folder.path / "variables" / "housing.yaml").read_text()
    (folder.path / "variables" / "again.yaml").write_text(text)
    assert "again.roof : ce nom sert déjà dans la section « housing »" in refuse(folder)


def test_changes_that_cannot_be_read_are_refused(folder):
    folder.head["changes"] = {"roof": {"vanished": True}}
    assert "changes : la valeur « roof »" in refuse(folder)


def test_a_key_written_twice_is_refused(folder):
    folder.write()
    with (folder.path / "variables.yaml").open("a") as file:
        file.write("\nnumber: 2\n")
    with pytest.raises(DictionaryUnreadable, match="number"):
        load_dictionary(folder=folder.path, actor=folder.actor)


def test_a_missing_or_broken_file_is_refused(folder):
    with pytest.raises(DictionaryUnreadable, match=r"variables\.yaml"):
        load_dictionary(folder=folder.path, actor=folder.actor)
    folder.write()
    (folder.path / "variables" / "housing.yaml").write_text("fr: [")
    with pytest.raises(DictionaryUnreadable, match=r"housing\.yaml"):
        load_dictionary(folder=folder.path, actor=folder.actor)


def test_every_fault_has_a_sentence():
    assert set(_FAULTS) == set(FaultKind)
