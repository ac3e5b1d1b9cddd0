"""A draft goes into service unless it would make old answers lie."""

import pytest
from django.utils import timezone

from gwa.variables.actions import publish_version
from gwa.variables.errors import _REFUSALS, ChangesRefused, NewerVersionPublished, NotADraft
from gwa.variables.models import VersionStatus
from gwa.variables.queries import current_dictionary, current_version
from gwa.variables.rules.comparison import RefusalKind

pytestmark = pytest.mark.django_db


def test_it_becomes_the_version_of_new_interviews(folder, journal_lines):
    version = folder.publish()
    assert version.status == VersionStatus.PUBLISHED
    assert current_version() == version
    (line,) = journal_lines("variables.version_published")
    assert (line.actor_label, line.subject_id) == ("Awa", str(version.pk))


def test_the_version_before_stays_in_service(folder):
    first = folder.publish()
    folder.follow()
    folder.variables["rooms"]["max"] = 80
    second = folder.publish()
    first.refresh_from_db()
    assert first.status == VersionStatus.PUBLISHED
    assert current_version() == second
    assert current_dictionary().by_name["rooms"].maximum == 80


def test_a_published_version_is_not_published_again(folder):
    version = folder.publish()
    with pytest.raises(NotADraft):
        publish_version(version=version, actor=folder.actor, at=timezone.now())


def test_an_older_draft_is_not_published_after_a_newer_one(folder):
    folder.publish()
    folder.follow()
    folder.variables["rooms"]["max"] = 70
    second = folder.load()
    folder.head["number"] = 3
    folder.publish()
    with pytest.raises(NewerVersionPublished):
        publish_version(version=second, actor=folder.actor, at=timezone.now())


def refuse(folder):
    with pytest.raises(ChangesRefused) as refusal:
        folder.publish()
    assert current_version().number == 1
    return refusal.value.sentence


def test_a_variable_that_changes_type_is_refused_with_an_explanation(folder):
    folder.publish()
    folder.follow()
    folder.variables["rooms"] = {"fr": "Pièces", "en": "Rooms", "type": "text"}
    assert "« rooms » change de type (integer, puis text)" in refuse(folder)


def test_a_removed_variable_needs_a_mapping(folder):
    folder.publish()
    folder.follow()
    del folder.variables["land"]
    assert "« land » disparaît" in refuse(folder)


def test_a_removed_choice_needs_a_mapping(folder):
    folder.publish()
    folder.follow()
    del folder.variables["roof"]["choices"]["thatch"]
    assert "« roof » perd la réponse « thatch »" in refuse(folder)


def test_a_unit_changes_only_with_a_factor(folder):
    folder.publish()
    folder.follow()
    folder.variables["land"]["unit"] = "are"
    assert "« land » change d’unité sans conversion" in refuse(folder)
    folder.head["changes"] = {"land": {"converted": {"factor": "100"}}}
    assert folder.publish().status == VersionStatus.PUBLISHED


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"door": {"dropped": True}}, "« changes » parle de « door »"),
        ({"rooms": {"renamed": "chambers"}}, "« chambers », absente de la nouvelle version"),
        ({"rooms": {"renamed": "land"}}, "deviendraient toutes deux « land »"),
        ({"rooms": {"renamed": "roof"}}, "« rooms » ne peut pas devenir « roof » ainsi"),
        ({"roof": {"merged": {"slate": "metal"}}}, "cite la réponse « slate »"),
        ({"roof": {"merged": {"thatch": "slate"}}}, "perd la réponse « thatch »"),
    ],
)
def test_a_mapping_that_leads_nowhere_is_refused(folder, changes, said):
    folder.publish()
    folder.follow(**changes)
    assert said in refuse(folder)


@pytest.mark.parametrize(("key", "value"), [("level", "person"), ("storage", "registry")])
def test_a_variable_keeps_its_level_and_its_place(folder, key, value):
    folder.publish()
    folder.follow()
    folder.variables["rooms"][key] = value
    assert "« rooms »" in refuse(folder)


def test_renamed_split_merged_and_dropped_variables_are_published(folder):
    folder.publish()
    folder.follow(
        rooms={"renamed": "room_count"},
        roof={"split": {"metal_roof": {"flag": ["metal"]}}},
        land={"dropped": True},
    )
    folder.variables["room_count"] = folder.variables.pop("rooms")
    folder.variables["metal_roof"] = {"fr": "Toit de tôle", "en": "Tin roof", "type": "boolean"}
    del folder.variables["roof"], folder.variables["land"]
    assert folder.publish().number == 2


def test_every_refusal_has_a_sentence():
    assert set(_REFUSALS) == set(RefusalKind)
