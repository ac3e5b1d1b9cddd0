"""The dictionary is read section by section, or searched in any spelling."""

import pytest
from django.conf import settings

from gwa.variables.tests.conftest import Folder

pytestmark = pytest.mark.django_db
READ = "variables.read_dictionary"


@pytest.fixture
def shipped(folder):
    """The dictionary that is shipped, published."""
    first = Folder(settings.BASE_DIR / "questionnaires" / "rsu-menage")
    first.write = lambda: first.path
    return first.publish()


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_it_opens_on_the_sections(shipped, sign_in):
    page = read(sign_in(READ), "/variables/")
    assert "190 variables, version 1" in page
    assert page.index("Identification et consentement") < page.index("Logement")
    assert "Matériau principal du toit" not in page


def test_a_section_shows_its_variables(shipped, sign_in):
    page = read(sign_in(READ), "/variables/?section=housing")
    assert "Matériau principal du toit" in page
    assert "roof_material" in page
    assert "Source principale d&#x27;eau de boisson" not in page
    assert "12 variables trouvées" in page


@pytest.mark.parametrize("words", ["toit", "TÔLE", "roof_material", "tole toit", "so bili"])
def test_a_variable_is_found_by_label_name_or_answer(shipped, sign_in, words):
    assert "Matériau principal du toit" in read(sign_in(READ), f"/variables/?q={words}")


def test_the_level_limits_the_list(shipped, sign_in):
    page = read(sign_in(READ), "/variables/?level=person")
    assert "44 variables trouvées" in page
    assert "Type de logement" not in page


def test_it_speaks_english_too(shipped, sign_in):
    client = sign_in(READ)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = read(client, "/variables/?section=housing")
    for said in ("12 variables found", "Main material of the roof", "whole number (rooms)"):
        assert said in page, said


def test_a_search_without_answer_says_what_to_do(shipped, sign_in):
    page = read(sign_in(READ), "/variables/?q=xyzzy")
    assert "Aucune variable ne répond à cette recherche" in page
    assert "Essayez un autre mot" in page


def test_an_unknown_section_is_ignored(shipped, sign_in):
    assert "190 variables" in read(sign_in(READ), "/variables/?section=nowhere")


def test_an_old_version_is_read_and_said_to_be_old(folder, sign_in):
    folder.publish()
    folder.follow()
    folder.variables["rooms"]["fr"] = "Nombre de pièces"
    folder.load()
    client = sign_in(READ)
    assert "Nombre de pièces" not in read(client, "/variables/?section=housing")
    page = read(client, "/variables/?section=housing&version=2")
    assert "Nombre de pièces" in page
    assert "Cette version est un brouillon" in page
    assert client.get("/variables/?version=9").status_code == 404


def test_without_a_dictionary_it_says_what_to_do(sign_in):
    assert "Aucun dictionnaire n’est chargé" in read(sign_in(READ), "/variables/")


def test_the_right_is_needed(shipped, sign_in):
    assert sign_in().get("/variables/").status_code == 403


def test_it_asks_few_queries(shipped, sign_in, django_assert_max_num_queries):
    client = sign_in(READ)
    client.get("/variables/")
    with django_assert_max_num_queries(14):
        client.get("/variables/?q=eau")
