"""What the screens say beside the journey: refusals counted, places to settle, kept columns."""

import pytest
from django.db import transaction
from django.urls import reverse

from gwa.collection.actions import save_mapping
from gwa.collection.models import SavedMapping
from gwa.collection.tests.conftest import FATOU, MAPPING
from gwa.common.scope import everywhere
from gwa.registry.models import Household
from gwa.testing.accounts import browser_of, make_account


@pytest.fixture
def browser(lists):
    return browser_of(make_account("operator", has_second_factor=True))


def rows_of(page, heading):
    """The lines of the table under a heading: sentence and count."""
    table = page.split(heading, 1)[1].split("</table>", 1)[0]
    return [
        (row.split("</th>")[0], int(row.split('class="number"')[1].split(">")[1].split("<")[0]))
        for row in table.split('<th scope="row" class="fw-normal">')[1:]
    ]


def test_refusals_are_counted_by_reason_and_places_by_what_is_written(lists, browser):
    homes = [[f"K{n}", "Nulle Part", "", ""] for n in range(3)] + [["L", "Ailleurs", "", "trop"]]
    people = [[home[0], "Awa", "Traoré", "F", "1984", "chef", "", ""] for home in homes]
    done = lists.bring(homes, people)
    page = browser.get(reverse("collection:import", args=[done.pk])).content.decode()
    reasons = rows_of(page, "Pourquoi des lignes sont restées dehors")
    assert [count for _, count in reasons] == [4, 1, 4]
    assert reasons[0][0].startswith("« … » n’est ni un code ni un nom de village")
    assert reasons[1][0].startswith("« Nombre de pièces occupées » : « … » n’est pas un nombre")
    assert reasons[2][0].startswith("Refusée avec son ménage")
    places = rows_of(page, "Lieux à préciser")
    assert [(sentence.split(" »")[0], count) for sentence, count in places] == [
        ("« Nulle Part", 3),
        ("« Ailleurs", 1),
    ]


def test_an_import_without_refusals_shows_no_empty_tables(lists, family, browser):
    done = lists.bring(*family)
    page = browser.get(reverse("collection:import", args=[done.pk])).content.decode()
    assert "Pourquoi des lignes" not in page
    assert "Lieux à préciser" not in page


def test_kept_columns_are_listed_and_removed(lists, browser):
    with transaction.atomic(), everywhere():
        kept = save_mapping(name="Liste de commune", mapping=MAPPING, actor=FATOU)
    page = browser.get(reverse("collection:mappings")).content.decode()
    assert "Liste de commune" in page
    address = reverse("collection:mapping_remove", args=[kept.pk])
    assert browser.get(address).status_code == 405
    page = browser.post(address, follow=True).content.decode()
    assert "Ces choix de colonnes sont supprimés" in page
    assert not SavedMapping.objects.exists()
    assert browser.post(address).status_code == 404


def test_the_page_of_a_household_names_the_list_that_brought_it(lists, family, browser):
    lists.bring(*family)
    with transaction.atomic(), everywhere():
        household = Household.objects.get()
    page = browser.get(reverse("registry:household", args=[household.pk])).content.decode()
    assert "Filets sociaux 2026 (fichier d’un partenaire), 01/03/2026" in page
