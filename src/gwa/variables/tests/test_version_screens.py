"""Versions are listed, compared, published and retired on screen."""

import pytest
from django.utils import timezone

from gwa.variables.actions import publish_version
from gwa.variables.models import DictionaryVersion

pytestmark = pytest.mark.django_db
RIGHTS = ("variables.read_dictionary", "variables.publish_dictionary")


def follow(client, address, **data):
    response = client.post(address, data, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def status(number):
    return DictionaryVersion.objects.get(number=number).status


@pytest.fixture
def two(folder):
    """A published version and a draft that follows it."""
    folder.publish()
    folder.follow(land={"dropped": True})
    folder.variables["rooms"]["max"] = 80
    folder.variables["door"] = {"fr": "Porte", "en": "Door", "type": "boolean"}
    del folder.variables["land"]
    return folder.load()


def test_a_draft_is_published_with_a_reason(two, sign_in, journal_lines):
    client = sign_in(*RIGHTS)
    assert "/variables/versions/2/publish/" in client.get("/variables/versions/").content.decode()
    page = follow(client, "/variables/versions/2/publish/", reason="Comité du 3 mars")
    assert "Version 2 publiée." in page
    assert status(2) == "published"
    (_first, line) = sorted(journal_lines("variables.version_published"), key=lambda one: one.at)
    assert (line.reason, line.right) == ("Comité du 3 mars", "variables.publish_dictionary")


def test_a_reason_is_needed(two, sign_in):
    assert "Écrivez le motif" in follow(sign_in(*RIGHTS), "/variables/versions/2/publish/")
    assert status(2) == "draft"


def test_a_refusal_is_said(folder, sign_in):
    folder.publish()
    folder.follow()
    folder.variables["rooms"] = {"fr": "Pièces", "en": "Rooms", "type": "text"}
    folder.load()
    page = follow(sign_in(*RIGHTS), "/variables/versions/2/publish/", reason="essai")
    assert "« rooms » change de type" in page
    assert status(2) == "draft"


def test_an_older_version_is_retired(two, folder, sign_in):
    publish_version(version=two, actor=folder.actor, at=timezone.now())
    client = sign_in(*RIGHTS)
    page = client.get("/variables/versions/").content.decode()
    assert "/variables/versions/1/retire/" in page
    assert "/variables/versions/2/retire/" not in page
    assert "Version 1 retirée." in follow(client, "/variables/versions/1/retire/", reason="fin")
    assert status(1) == "retired"


@pytest.mark.parametrize("verb", ["publish", "retire"])
def test_a_reader_changes_nothing(two, sign_in, verb):
    client = sign_in("variables.read_dictionary")
    assert f"/{verb}/" not in client.get("/variables/versions/").content.decode()
    address = f"/variables/versions/2/{verb}/"
    assert client.post(address, {"reason": "essai"}).status_code == 403
    assert client.get(address).status_code in (403, 405)
    assert (status(1), status(2)) == ("published", "draft")


def test_two_versions_are_compared(two, sign_in):
    page = sign_in(*RIGHTS).get("/variables/compare/?old=1&new=2").content.decode()
    assert "1 variable ajoutée" in page
    assert "Porte" in page
    assert "1 variable retirée" in page
    assert "« land » n’est plus demandée" in page
    assert "<del>de 0 à 60</del>" in page
    assert "Empêche la publication" not in page


def test_the_order_of_the_choice_does_not_matter(two, sign_in):
    page = sign_in(*RIGHTS).get("/variables/compare/?old=2&new=1").content.decode()
    assert "1 variable ajoutée" in page


def test_what_prevents_publication_is_shown(two, folder, sign_in):
    folder.head["changes"] = {}
    folder.load()
    page = sign_in(*RIGHTS).get("/variables/compare/?old=1&new=2").content.decode()
    assert "Empêche la publication" in page
    assert "« land » disparaît" in page


def test_a_version_compared_with_itself_says_the_same(two, sign_in):
    page = sign_in(*RIGHTS).get("/variables/compare/?old=1&new=1").content.decode()
    assert "Les deux versions disent la même chose" in page


@pytest.mark.parametrize("asked", ["", "?old=1&new=9", "?old=x&new="])
def test_a_pair_that_does_not_exist_is_a_form_to_fill(two, sign_in, asked):
    response = sign_in(*RIGHTS).get(f"/variables/compare/{asked}")
    assert response.status_code == 200
    assert "Ancienne version" in response.content.decode()
