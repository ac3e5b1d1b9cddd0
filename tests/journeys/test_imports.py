"""A faulty Excel file: import it, understand, mend the refused lines, send again, take it back."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from django.db import transaction

from gwa.collection.actions.sources import DataSourceFacts, add_data_source
from gwa.collection.intake.job import run_import
from gwa.collection.models import Import
from gwa.common.scope import everywhere
from gwa.journal.models import Actor
from gwa.registry.models import Household, Person
from gwa.testing.accounts import make_account
from gwa.testing.demo import load_first_dictionary
from gwa.testing.places import make_places

TITLES = [
    "N° ménage", "Village", "Commune", "Prénom", "Nom", "Sexe", "Né(e) le", "Lien", "Téléphone",
]  # fmt: skip
FATOU = Actor(label="fatou", right="collection.manage_sources")


@pytest.fixture
def scene(transactional_db, settings, tmp_path):
    """The tiny geography, the dictionary, one source, and somebody who may import."""
    settings.MEDIA_ROOT = tmp_path / "media"
    with transaction.atomic(), everywhere():
        make_places()
        load_first_dictionary()
        add_data_source(
            facts=DataSourceFacts(
                name="Filets sociaux 2026",
                kind="partner",
                organisation="Projet Jigisèmèjiri",
                collected_from=dt.date(2026, 1, 5),
                collected_to=dt.date(2026, 3, 1),
                households_told=1200,
            ),
            actor=FATOU,
        )
    return make_account("operator", username="fatou", has_second_factor=True)


def write_list(path: Path) -> Path:
    """A list as communes send them: a letterhead, titles below, three households, two faulty."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Liste"
    sheet.append(["République du Mali, commune de Socoura"])
    sheet.append([])
    sheet.append(TITLES)
    day = dt.date(1984, 5, 2)
    rows = [
        ["1", "Sévaré", "Socoura", "Awa", "Traoré", "F", day, "Chef de ménage", "76 12 34 56"],
        ["1", "Sévaré", "Socoura", "Binta", "Diarra", "F", "2008", "Enfant", None],
        ["2", "Sévaré", "Socoura", "Bakary", "Coulibaly", "X", "31/02/1980", "Chef", None],
        ["2", "Sévaré", "Socoura", "Oumou", "Sidibé", "F", "1985", "Épouse", None],
        ["3", "Nulle Part", "Socoura", "=Ali", "Tall", "M", "1970", "Chef", None],
    ]
    for row in rows:
        sheet.append(row)
    sheet["D8"].data_type = "s"
    book.save(path)
    return path


def mend(path: Path) -> Path:
    """Correct the cells of the refused lines, as a clerk does."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    titles = [cell.value for cell in sheet[1]]
    place = {title: titles.index(title) + 1 for title in TITLES}
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, place["Prénom"]).value == "Bakary":
            sheet.cell(row, place["Sexe"]).value = "M"
            sheet.cell(row, place["Né(e) le"]).value = "28/02/1980"
        if sheet.cell(row, place["Village"]).value == "Nulle Part":
            assert sheet.cell(row, place["Prénom"]).data_type == "s"
            sheet.cell(row, place["Village"]).value = "Sévaré"
            sheet.cell(row, place["Prénom"]).value = "Ali"
    mended = path.with_name("corrige.xlsx")
    book.save(mended)
    return mended


def upload(walk, file):
    walk.page.get_by_label("Fichier", exact=True).set_input_files(file)
    walk.page.get_by_label("Date de la liste").fill("01/03/2026")
    walk.page.get_by_role("button", name="Déposer et regarder").click()
    walk.page.wait_for_url("**/columns/")


def run_waiting():
    """Do what the worker does."""
    with transaction.atomic(), everywhere():
        waiting = list(Import.objects.filter(status=Import.Status.QUEUED))
    for one in waiting:
        run_import(one.pk)


def names():
    with transaction.atomic(), everywhere():
        return sorted(Person.objects.values_list("given_name", flat=True))


@pytest.mark.parametrize("width", [1440, 360])
def test_a_faulty_list_is_understood_mended_and_taken_back(start_walk, scene, tmp_path, width):
    walk = start_walk(width=width, accept_downloads=True)
    walk.enter_as(scene)

    # The source, then the file.
    walk.open("/sources/")
    walk.assert_clean()
    walk.shoot(f"sources-{width}")
    walk.page.get_by_role("link", name="Filets sociaux 2026").click()
    walk.page.wait_for_load_state("load")
    walk.assert_clean()
    walk.shoot(f"source-{width}")
    walk.page.get_by_role("link", name="Importer un fichier").first.click()
    walk.page.wait_for_url("**/imports/new/**")
    walk.assert_clean()
    walk.shoot(f"import-upload-{width}")
    upload(walk, write_list(tmp_path / "liste.xlsx"))

    # What each column means is suggested.
    assert walk.page.get_by_text("5 lignes").count() == 1
    walk.assert_clean()
    walk.shoot(f"import-columns-{width}")
    assert walk.page.get_by_label("Prénom", exact=True).input_value() == "p:given_name"
    assert walk.page.get_by_label("N° ménage").input_value() == "key"
    assert walk.page.get_by_label("Village").input_value() == "h:name_of_zone"
    walk.page.get_by_label("Garder ces choix sous le nom").fill("Liste de commune")
    walk.page.get_by_role("button", name="Voir les premières lignes").click()
    walk.page.wait_for_url("**/check/")

    # The first lines as they will be understood.
    walk.assert_clean()
    walk.shoot(f"import-check-{width}")
    assert walk.page.get_by_text("entrerait", exact=True).count() == 1
    assert walk.page.get_by_text("resterait dehors", exact=True).count() == 2
    assert walk.page.get_by_text("n’est pas un village, quartier ou fraction connu").count() == 1
    walk.page.get_by_role("button", name="Lancer l’import").click()
    walk.page.get_by_text("L’import attend son tour").wait_for()
    walk.assert_clean()
    walk.shoot(f"import-progress-{width}")
    run_waiting()

    # The page finds by itself that the import has ended.
    walk.page.get_by_role("heading", name="Lignes restées dehors").wait_for(timeout=10_000)
    walk.assert_clean()
    walk.shoot(f"import-result-{width}")
    assert walk.page.locator(".figure-card", has_text="Lignes lues").inner_text().split()[-1] == "5"
    places = walk.page.get_by_role("table", name="Lieux à préciser")
    assert places.get_by_text("Nulle Part").count() == 1
    assert names() == ["Awa", "Binta"]
    with walk.page.expect_download() as download:
        walk.page.get_by_role("link", name="Télécharger les lignes refusées").click()
    refused = tmp_path / "refusees.xlsx"
    download.value.save_as(refused)

    result = walk.page.url

    # The same list again: what is known is said beforehand to stay as it is.
    walk.page.get_by_role("link", name="Envoyer le fichier corrigé").click()
    walk.page.wait_for_url("**/imports/new/**")
    upload(walk, tmp_path / "liste.xlsx")
    walk.page.get_by_role("button", name="Voir les premières lignes").click()
    walk.page.wait_for_url("**/check/")
    walk.assert_clean()
    walk.shoot(f"import-check-known-{width}")
    assert walk.page.get_by_text("ne changerait pas", exact=True).count() == 1
    assert walk.page.get_by_text("entrerait", exact=True).count() == 0
    walk.page.goto(result)

    # Mended and sent again: what stayed outside enters, nothing enters twice.
    walk.page.get_by_role("link", name="Envoyer le fichier corrigé").click()
    walk.page.wait_for_url("**/imports/new/**")
    upload(walk, mend(refused))
    walk.page.get_by_role("button", name="Voir les premières lignes").click()
    walk.page.wait_for_url("**/check/")
    assert walk.page.get_by_text("resterait dehors", exact=True).count() == 0
    walk.page.get_by_role("button", name="Lancer l’import").click()
    walk.page.get_by_text("L’import attend son tour").wait_for()
    run_waiting()
    walk.page.get_by_text("Aucune ligne n’est restée dehors").wait_for(timeout=10_000)
    assert names() == ["Ali", "Awa", "Bakary", "Binta", "Oumou"]

    # Taken back as a whole, with a reason.
    walk.page.get_by_role("link", name="Retirer du registre").click()
    walk.page.wait_for_url("**/take-back/")
    walk.assert_clean()
    walk.shoot(f"import-take-back-{width}")
    walk.page.get_by_role("button", name="Retirer tout l’import").click()
    walk.page.get_by_text("Ce champ est obligatoire.", exact=True).wait_for()
    assert len(names()) == 5
    walk.page.get_by_label("Motif").fill("Envoyée par erreur")
    walk.page.get_by_role("button", name="Retirer tout l’import").click()
    walk.page.get_by_text("L’import est retiré").wait_for()
    assert names() == ["Awa", "Binta"]
    walk.open("/imports/")
    walk.assert_clean()
    walk.shoot(f"imports-{width}")
    with transaction.atomic(), everywhere():
        assert Household.objects.count() == 1

    # The choices that were kept serve no more.
    walk.page.get_by_role("link", name="Choix de colonnes gardés").click()
    walk.page.wait_for_url("**/imports/mappings/")
    walk.assert_clean()
    walk.shoot(f"import-mappings-{width}")
    walk.page.get_by_role("button", name="Supprimer").first.click()
    walk.page.get_by_role("dialog").get_by_role("button", name="Supprimer").click()
    walk.page.get_by_text("Aucun choix n’est encore gardé").wait_for()
