"""A paper form is numbered and printed, keyed with its photo, and keyed again by somebody else."""

import io
import re

import pytest
from django.db import transaction
from tests.journeys.conftest import PHONE
from tests.journeys.test_register_at_desk import photo, type_line

from gwa.accounts.models import User
from gwa.collection.actions.paper_forms import is_drawn
from gwa.collection.models import PaperForm
from gwa.common.scope import everywhere
from gwa.registry.models import Document, Household
from gwa.testing.accounts import make_account
from gwa.testing.demo import load_first_dictionary
from gwa.testing.places import make_places
from gwa.testing.small_form import publish_test_form

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 25_000


@pytest.fixture
def clerks(transactional_db, settings) -> tuple[User, User]:
    # The forms that are drawn are the same each time.
    settings.SECRET_KEY = "the key of the tests"  # noqa: S105 (it opens nothing)
    with transaction.atomic(), everywhere():
        load_first_dictionary()
        make_places()
        publish_test_form()
        return make_account("operator", username="sekou"), make_account(
            "operator", username="fatou"
        )


def walk_as(start_walk, user, **options):
    walk = start_walk(**options)
    walk.enter_as(user)
    walk.page.set_default_timeout(PATIENCE)
    return walk


def print_until_one_is_drawn(walk):
    """Print fifty forms: one in ten of them is drawn for a second keying."""
    page = walk.page
    walk.open("/registrations/paper/")
    walk.assert_clean()
    page.get_by_label("Nombre de fiches").fill("50")
    with page.expect_download() as download:
        page.get_by_role("button", name="Numéroter et imprimer").click()
    pdf = io.BytesIO(download.value.path().read_bytes())
    with transaction.atomic(), everywhere():
        numbers = list(PaperForm.objects.values_list("number", flat=True))
    drawn = [number for number in numbers if is_drawn(number)]
    assert len(numbers) == 50
    assert 0 < len(drawn) < 20
    return drawn[0], pdf.getvalue()


def key(page, *, village, members, rooms, with_photo):
    """Key a sheet of two people from the place to the check."""
    page.get_by_label("Date de l’entretien").fill("01/10/2026")
    page.get_by_label("Village, quartier ou fraction").press_sequentially(village)
    page.get_by_label("Soufouroulaye (village)").check()
    page.get_by_role("button", name="Continuer").last.click()
    page.get_by_role("heading", name="Composition").wait_for()
    page.get_by_label("Prénom").first.focus()
    for line in members:
        type_line(page, *line)
    page.get_by_text("Brouillon gardé").wait_for()
    page.get_by_role("button", name="Continuer").last.click()
    page.get_by_role("heading", name="Ménage", exact=True).wait_for()
    page.get_by_role("heading", name="Logement").click()
    page.get_by_label("Nombre de pièces occupées").fill(rooms)
    page.get_by_role("button", name="Consentement et pièces").click()
    page.get_by_role("heading", name="Consentement", exact=True).wait_for()
    if with_photo:
        page.get_by_label("Photo ou PDF").set_input_files(
            {"name": "fiche.jpg", "mimeType": "image/jpeg", "buffer": photo()}
        )
        page.get_by_role("button", name="Retirer Fiche papier").wait_for()
    page.get_by_label("oui").first.check()
    page.get_by_label("Forme du consentement").select_option(label="Signature")
    page.get_by_role("button", name="Continuer").last.click()
    page.get_by_role("heading", name="Vérifier et enregistrer").wait_for()


def test_a_form_is_printed_keyed_and_keyed_again(clerks, start_walk):
    first, second = clerks
    walk = walk_as(start_walk, first)
    page = walk.page
    number, pdf = print_until_one_is_drawn(walk)
    assert count_pages(pdf) == 100
    walk.open("/registrations/")
    page.get_by_role("button", name="Nouveau ménage").click()
    page.get_by_label("Numéro de la fiche papier").fill(number)
    family = [("Moussa", "Dembélé", "h", "1980", "chef"), ("Assitan", "Kanté", "f", "34", "conj")]
    key(page, village="soufou", members=family, rooms="3", with_photo=True)
    page.get_by_role("button", name="Enregistrer le ménage").click()
    page.get_by_text("Le ménage est enregistré sous le numéro RSU").wait_for()
    with transaction.atomic(), everywhere():
        household = Household.objects.get()
        form = PaperForm.objects.get(number=number)
        assert (form.household, form.keyed_by, form.is_drawn) == (household, first, True)
        assert household.source.kind == "paper"
        assert number in household.source.label
        assert Document.objects.filter(household=household).count() == 1

    # Its own clerk does not check it; another one sees it in the list.
    walk.open("/registrations/paper/")
    assert page.get_by_role("button", name=f"Saisir {number}").count() == 0
    other = walk_as(start_walk, second)
    page = other.page
    other.open("/registrations/paper/")
    other.shoot("paper-forms-1440")
    other.assert_clean()
    page.get_by_role("button", name=f"Saisir {number}").click()
    page.get_by_role("heading", name="Lieu et source").wait_for()
    misread = [family[0], ("Assitan", "Kanté", "f", "43", "conj")]
    key(page, village="soufou", members=misread, rooms="8", with_photo=False)
    page.get_by_role("button", name="Comparer les deux saisies").click()
    page.get_by_text("La seconde saisie est gardée").wait_for()
    table = page.get_by_role("table", name="Ce qui diffère")
    cells = table.locator("tbody td").all_inner_texts()
    assert [text.strip() for text in cells] == ["34", "43", "3", "8"]
    other.shoot("paper-differences-1440")
    other.assert_clean()
    with transaction.atomic(), everywhere():
        assert Household.objects.count() == 1
        assert PaperForm.objects.get(number=number).differences == 2


def count_pages(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_the_list_of_forms_fits_a_phone(clerks, start_walk):
    walk = walk_as(start_walk, clerks[0], width=PHONE)
    walk.open("/registrations/paper/")
    walk.shoot("paper-forms-360")
    walk.assert_clean()
