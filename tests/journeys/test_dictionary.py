"""A reader looks a variable up; the technical unit publishes a version that follows the first."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.utils import timezone

from gwa.accounts.models import Profile, User
from gwa.journal.models import SYSTEM
from gwa.variables.actions import load_dictionary, publish_version
from gwa.variables.models import DictionaryVersion

FIRST = settings.BASE_DIR / "questionnaires" / "rsu-menage"
WIDTHS = pytest.mark.parametrize("width", [360, 1440], ids=["phone", "desk"])


@pytest.fixture
def operator(transactional_db: None) -> User:
    """Somebody of the technical unit, with the first dictionary in service."""
    first = load_dictionary(folder=FIRST, actor=SYSTEM)
    publish_version(version=first, actor=SYSTEM, at=timezone.now())
    rights = ["variables.read_dictionary", "variables.publish_dictionary"]
    profile = Profile.objects.create(code="unit", name="Unité technique", rights=rights)
    return User.objects.create(
        username="sira", email="sira@example.org", full_name="Sira Keïta", profile=profile
    )


def load_second(folder: Path) -> DictionaryVersion:
    """Load a draft: rooms renamed, two roofs merged, one question dropped, one added."""
    shutil.copytree(FIRST, folder, dirs_exist_ok=True)
    head = folder / "variables.yaml"
    content = yaml.safe_load(head.read_text(encoding="utf-8"))
    content |= {
        "number": 2,
        "follows": 1,
        "changes": {
            "rooms": {"renamed": "rooms_occupied"},
            "roof_material": {"merged": {"tiles": "concrete"}},
            "video_players": {"dropped": True},
        },
    }
    head.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True), encoding="utf-8")
    for name in ("housing", "assets"):
        file = folder / "variables" / f"{name}.yaml"
        section = yaml.safe_load(file.read_text(encoding="utf-8"))
        variables = section["variables"]
        if name == "housing":
            variables["rooms_occupied"] = variables.pop("rooms")
            variables["roof_leaks"] = {"fr": "Le toit fuit", "en": "Leaks", "type": "boolean"}
            del variables["roof_material"]["choices"]["tiles"]
        else:
            del variables["video_players"]
        file.write_text(yaml.safe_dump(section, sort_keys=False, allow_unicode=True), "utf-8")
    return load_dictionary(folder=folder, actor=SYSTEM)


@WIDTHS
def test_a_variable_is_found_by_one_of_its_answers(
    operator: User, start_walk: Callable[..., object], width: int
) -> None:
    walk = start_walk(width=width)
    walk.enter_as(operator)
    walk.open("/variables/")
    walk.assert_clean()
    walk.shoot(f"dictionary-sections-{width}")
    walk.page.get_by_role("link", name="Logement", exact=True).click()
    walk.page.get_by_role("heading", name="Logement").wait_for()
    walk.assert_clean()
    walk.shoot(f"dictionary-section-{width}")
    walk.open("/variables/")
    walk.page.get_by_label("Mot ou réponse").fill("tole")
    walk.page.get_by_role("button", name="Chercher", exact=True).click()
    walk.page.get_by_text("3 variables trouvées").wait_for()
    walk.assert_clean()
    walk.page.get_by_role("link", name="Matériau principal du toit").click()
    walk.page.get_by_role("heading", name="Réponses possibles").wait_for()
    assert walk.page.get_by_text("à relire par un locuteur").count() == 1
    walk.assert_clean()
    walk.shoot(f"dictionary-variable-{width}")


@WIDTHS
def test_a_version_is_compared_then_published(
    operator: User, start_walk: Callable[..., object], tmp_path: Path, width: int
) -> None:
    load_second(tmp_path)
    walk = start_walk(width=width)
    walk.enter_as(operator)
    walk.open("/variables/versions/")
    walk.assert_clean()
    walk.shoot(f"dictionary-versions-{width}")
    walk.page.get_by_role("link", name="Comparer à la version 1").click()
    walk.page.get_by_text("« rooms » devient « rooms_occupied »").first.wait_for()
    walk.page.get_by_role("heading", name="2 variables ajoutées").wait_for()
    walk.page.get_by_role("heading", name="2 variables retirées").wait_for()
    assert not walk.page.get_by_text("Empêche la publication").count()
    walk.assert_clean()
    walk.shoot(f"dictionary-compare-{width}")
    walk.open("/variables/versions/")
    walk.page.get_by_role("button", name="Publier", exact=True).click()
    dialog = walk.page.get_by_role("dialog")
    dialog.get_by_label("Motif").fill("Comité du 22/11/2026")
    walk.assert_clean()
    dialog.get_by_role("button", name="Publier").click()
    walk.page.get_by_text("Version 2 publiée.").wait_for()
    assert DictionaryVersion.objects.get(number=2).status == "published"
    walk.open("/variables/rooms_occupied/")
    walk.page.get_by_text("Version 2 : « rooms » devient « rooms_occupied »").wait_for()
    walk.assert_clean()
    walk.shoot(f"dictionary-history-{width}")
