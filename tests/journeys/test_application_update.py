"""A new version of the application, and of the questionnaire, while an interview is held."""

import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.contrib.staticfiles import finders
from django.db import transaction
from playwright.sync_api import expect
from tests.journeys.bad_network import answer_cut, gone, portal
from tests.journeys.telephones import XFORM, begin, enrol, look, send, touch, unlock

from gwa.common.scope import everywhere
from gwa.fieldwork import application
from gwa.testing.small_form import publish_test_form

pytestmark = pytest.mark.django_db(transaction=True)
pytest_plugins = ["tests.journeys.telephones", "tests.journeys.bad_network"]

BUILT = Path(configured.BASE_DIR) / "src" / "gwa" / "static" / application.FOLDER
DAY, HOUR = "2031-02-03", "04:05"
NEW = f"{DAY} {HOUR}"
BUILT_AT = re.compile(r"20\d\d-\d\d-\d\d([T ])\d\d:\d\d")
READY = "Une nouvelle version est prête"
CACHES = "caches.keys().then(all => all.filter(name => name.startsWith('gwa-version-')).length)"


@pytest.fixture
def install_new_build(tmp_path, monkeypatch, settings):
    """Put another build in the place of the one that is served: other scripts, another day."""

    def install():
        folder = tmp_path / application.FOLDER
        names = [one.name for one in BUILT.iterdir() if re.search(r"-[\w-]{8}\.js$", one.name)]
        any_name = re.compile("|".join(re.escape(name) for name in names))
        shutil.copytree(BUILT, folder)
        for file in [*folder.glob("*.js"), folder / "manifest.json"]:
            text = any_name.sub(lambda found: f"new-{found[0]}", file.read_text("utf-8"))
            file.write_text(BUILT_AT.sub(rf"{DAY}\g<1>{HOUR}", text), "utf-8")
            if file.name in names:
                file.rename(folder / f"new-{file.name}")
        monkeypatch.setattr(application, "folder", lambda: folder)
        monkeypatch.setattr("gwa.fieldwork.views.application.folder", lambda: folder)
        others = [one for one in settings.STATICFILES_DIRS if one[0] != application.FOLDER]
        settings.STATICFILES_DIRS = [*others, (application.FOLDER, folder)]
        finders.get_finder.cache_clear()

    yield install
    finders.get_finder.cache_clear()


def test_new_versions_wait_until_they_are_whole_and_nothing_is_open(
    telephone, scene, network, install_new_build
):
    page = telephone()
    enrol(page, scene, network.address)
    begin(page, scene.places.sevare.name)
    page.get_by_label("Chef du ménage").fill("Awa Diarra")
    touch(page, "Suivant")
    page.get_by_label("Adresse").fill("Près du puits")
    page.wait_for_timeout(500)
    page.reload()
    unlock(page)

    install_new_build()
    with transaction.atomic(), everywhere():
        publish_test_form("2", xform=XFORM.replace("<label>Adresse<", "<label>Repère<"))
    for fault in (gone, answer_cut, portal):
        network.spoil(r"GET /static/collecte/new-Interview", fault)
        look_for_update(page, network)
        page.wait_for_function(f"{CACHES}.then(count => count === 1)")
    page.reload()
    unlock(page)
    network.mend()
    look_for_update(page, network)
    page.wait_for_function(f"{CACHES}.then(count => count === 2)")
    # The telephone dies at this moment: the interview goes on under the version it began with.
    page.reload()
    unlock(page)
    expect(page.get_by_label("Adresse")).to_have_value("Près du puits")
    touch(page, "Fermer")
    page.get_by_text(READY).wait_for()
    look(page, "update-ready")
    assert version_of(page) != NEW
    send(page)
    touch(page, "L’utiliser")
    unlock(page)
    page.get_by_role("button", name="Nouvel entretien").wait_for()
    assert version_of(page) == NEW

    page.get_by_role("button", name="Awa Diarra").click()
    expect(page.get_by_label("Adresse")).to_have_value("Près du puits")
    touch(page, "Fermer")
    begin(page, scene.places.sevare.name)
    touch(page, "Suivant")
    touch(page, "Suivant")
    page.get_by_label("Repère").wait_for()


def look_for_update(page, network):
    """The network comes back: the telephone looks, and asks for what it has not."""
    before = len(network.asked)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    wanted = "GET /static/collecte/new-Interview"
    for _ in range(100):
        if any(call.startswith(wanted) for call in network.asked[before:]):
            return
        page.wait_for_timeout(100)
    raise AssertionError("no new file was asked for")


def version_of(page):
    """The version that the settings show."""
    touch(page, "Réglages")
    told = page.locator("dd", has_text=re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")).inner_text()
    page.go_back()
    page.get_by_role("button", name="Nouvel entretien").wait_for()
    return told[: len(NEW)]
