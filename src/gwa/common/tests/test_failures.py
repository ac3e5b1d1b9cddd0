"""Pages of refusal and failure: a sentence that helps, in both languages, and no secret."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import path

from gwa import urls
from gwa.common.access import public

handler500 = urls.handler500


@public
def break_down(request):
    raise RuntimeError("secret of the server")


@public
def refuse(request):
    raise PermissionDenied("Il vous manque le droit « lire ».")


urlpatterns = [*urls.urlpatterns, path("break/", break_down), path("refuse/", refuse)]


@pytest.fixture
def visitor(db, settings):
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False, headers={"accept-language": "fr"})


def test_a_failure_gives_a_number_and_no_secret(visitor, caplog):
    page = visitor.get("/break/")
    text = page.content.decode()
    assert page.status_code == 500
    assert "Erreur du serveur" in text
    assert "secret" not in text
    line = next(record for record in caplog.records if record.name == "gwa.common.views")
    number = str(line.args[0])
    assert len(number) == 36
    assert number in text


def test_a_failure_is_told_in_english_too(visitor):
    page = visitor.get("/break/", headers={"accept-language": "en"})
    assert "Server error" in page.content.decode()


def test_a_refusal_says_which_right_is_missing(visitor):
    page = visitor.get("/refuse/")
    assert page.status_code == 403
    assert "Il vous manque le droit « lire »." in page.content.decode()


def test_a_missing_page_does_not_tell_which_routes_exist(visitor):
    page = visitor.get("/nowhere/")
    assert page.status_code == 404
    assert "Page introuvable" in page.content.decode()
    assert "urlpatterns" not in page.content.decode()


def test_a_form_of_another_session_is_refused_with_words(visitor):
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "fr"})
    page = strict.post("/language/", {"language": "en"})
    assert page.status_code == 403
    assert "Formulaire périmé" in page.content.decode()
    assert "<style" not in page.content.decode()
