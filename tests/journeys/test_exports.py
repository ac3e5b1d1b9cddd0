"""Taking lists away, and the snapshots, as people do it in Chromium."""

import csv
import io
import zipfile

import pytest
from django.db import transaction
from django.utils import timezone
from tests.journeys.conftest import DESK, PHONE

from gwa.common.scope import everywhere
from gwa.exports.models import Export
from gwa.exports.tasks import make
from gwa.journal.models import SYSTEM
from gwa.snapshots.models import Snapshot
from gwa.snapshots.tasks import take
from gwa.testing.accounts import make_account
from gwa.testing.cast import make_cast
from gwa.testing.places import make_places
from gwa.variables.actions import load_dictionary, publish_version

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.SNAPSHOT_DIR = tmp_path / "snapshots"
    folder = settings.BASE_DIR / "questionnaires" / "rsu-menage"
    publish_version(
        version=load_dictionary(folder=folder, actor=SYSTEM), actor=SYSTEM, at=timezone.now()
    )
    with transaction.atomic(), everywhere():
        cast = make_cast(make_places())
        return {
            "agent": make_account("commune_agent", cast.places.socoura),
            "analyst": make_account("analyst"),
        }


def test_a_commune_agent_exports_and_finds_only_the_commune(people, start_walk):
    walk = start_walk(width=DESK)
    walk.enter_as(people["agent"])
    walk.open("/exports/")
    walk.shoot("exports-empty-1440")
    walk.assert_clean()
    walk.page.get_by_role("link", name="Nouvel export").click()
    walk.page.get_by_role("heading", name="Nouvel export").wait_for()
    assert walk.page.get_by_label("NINA").count() == 0
    walk.shoot("export-ask-1440")
    walk.assert_clean()
    walk.page.get_by_role("button", name="Demander le fichier").click()
    walk.page.locator(".invalid-feedback, .errorlist, [role=alert]").first.wait_for()
    walk.page.get_by_label("Fichier").select_option("csv")
    walk.page.get_by_label("Motif").fill("liste du comité communal")
    walk.page.get_by_role("button", name="Demander le fichier").click()
    walk.page.get_by_text("Demandé : le fichier se prépare").wait_for()
    walk.shoot("export-waiting-1440")
    walk.assert_clean()

    make(export_id=str(Export.objects.get().pk))
    link = walk.page.get_by_role("link", name="Télécharger")
    link.wait_for(timeout=10_000)
    walk.shoot("export-done-1440")
    walk.assert_clean()
    with walk.page.expect_download() as download:
        link.click()
    with zipfile.ZipFile(download.value.path()) as archive:
        households = list(
            csv.DictReader(
                io.StringIO(archive.read("menages.csv").decode("utf-8-sig")), delimiter=";"
            )
        )
        persons = archive.read("personnes.csv").decode("utf-8-sig")
        assert "dictionnaire.csv" in archive.namelist()
    assert len(households) == 2
    assert {line["Commune"] for line in households} == {"Socoura"}
    assert persons.count("\r\n") == 1 + 6
    assert "Aïcha" not in persons
    walk.page.get_by_role("button", name="Détruire").click()
    walk.page.get_by_text("Le fichier est détruit.").wait_for()
    assert link.count() == 0


def test_an_export_fits_a_phone(people, start_walk):
    walk = start_walk(width=PHONE)
    walk.enter_as(people["agent"])
    walk.open("/exports/new/")
    walk.shoot("export-ask-360")
    walk.assert_clean()
    walk.page.get_by_label("Motif").fill("liste du comité communal")
    walk.page.get_by_role("button", name="Demander le fichier").click()
    walk.page.get_by_text("Demandé : le fichier se prépare").wait_for()
    make(export_id=str(Export.objects.get().pk))
    walk.page.get_by_role("link", name="Télécharger").wait_for(timeout=10_000)
    walk.shoot("export-done-360")
    walk.assert_clean()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_an_analyst_takes_a_snapshot(people, start_walk, width):
    walk = start_walk(width=width)
    walk.enter_as(people["analyst"])
    walk.open("/snapshots/")
    walk.shoot(f"snapshots-empty-{width}")
    walk.page.get_by_role("button", name="Prendre un instantané maintenant").click()
    walk.page.get_by_text("Demandé : cette page dira quand il sera prêt.").wait_for()
    walk.assert_clean()
    take(snapshot_id=str(Snapshot.objects.get().pk), actor="analyst")
    walk.page.get_by_text("prêt", exact=True).wait_for(timeout=10_000)
    walk.page.get_by_role("button", name="Prendre un instantané maintenant").wait_for()
    walk.shoot(f"snapshots-done-{width}")
    walk.assert_clean()
