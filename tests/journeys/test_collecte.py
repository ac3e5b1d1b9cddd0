"""Gwa Collecte: enrolled once, then without network until the interview is sent."""

import re
from pathlib import Path

import pytest
from django.db import transaction
from tests.journeys.conftest import PHONE
from tests.journeys.telephones import PATIENCE, begin, enrol, unlock

from gwa.common.scope import everywhere
from gwa.submissions.models import Original, Submission, SubmissionFile

pytestmark = pytest.mark.django_db(transaction=True)
pytest_plugins = ["tests.journeys.telephones"]

MARKER = "Dognoumè Xyzzyba"


def bytes_of(profile: Path) -> bytes:
    return b"".join(file.read_bytes() for file in profile.rglob("*") if file.is_file())


def test_an_interview_without_network_reaches_the_server_once_and_never_the_disk(telephone, scene):
    page = telephone()
    enrol(page, scene)
    page.context.set_offline(True)
    page.reload()
    unlock(page)
    begin(page, scene.places.sevare.name)
    page.get_by_label("Chef du ménage").fill(MARKER)
    page.get_by_role("button", name="Suivant").click()
    page.get_by_label("Adresse").wait_for()

    # The page is gone in the middle: the same question comes back. A hand is slower than the disk.
    page.wait_for_timeout(500)
    page.reload()
    unlock(page)
    page.get_by_label("Adresse").fill("Près du puits")
    page.get_by_role("button", name="Suivant").click()
    page.get_by_role("button", name="Prendre la photo").click()
    page.get_by_role("button", name="Photographier").click()
    page.get_by_role("button", name="Reprendre la photo").wait_for()
    page.get_by_role("button", name="Suivant").click()
    page.get_by_role("button", name="Terminer l’entretien").click()
    page.get_by_text(f"L’entretien avec {MARKER} est terminé.").wait_for()
    page.get_by_role("button", name="Terminé, retour").click()
    page.get_by_text("Seulement sur ce téléphone : 1", exact=True).wait_for()

    # What was made here is known here, before the server knows.
    page.get_by_role("button", name="Nouvel entretien").click()
    page.get_by_label("Nom d’un membre").fill("dognoume xyziba")
    page.get_by_role("button", name=MARKER).wait_for()
    page.get_by_role("button", name="Retour").click()

    page.context.set_offline(False)
    page.get_by_role("button", name="Envoyer maintenant").click()
    page.get_by_text("Tout est au serveur").wait_for()
    with transaction.atomic(), everywhere():
        sent = Submission.objects.get()
        words = bytes(Original.objects.get(pk=sent.pk).xml).decode()
        files = dict(SubmissionFile.objects.filter(submission=sent).values_list("name", "stored"))
    assert MARKER in words
    assert files.pop("audit.csv"), "how it went came last"
    [photo] = files.values()
    assert photo, "the photo came after the words"

    page.evaluate("localStorage.setItem('seen', 'Wxyzzyw')")
    page.context.close()
    kept = bytes_of(telephone.profile)
    assert b"Wxyzzyw" in kept, "what stands in clear is found"
    for word in (MARKER, "Xyzzyba", "puits"):
        assert word.encode() not in kept
        assert word.encode("utf-16-le") not in kept


def test_every_page_speaks_three_languages_and_bars_nobody(start_walk, scene):
    walk = start_walk(width=PHONE)
    page = walk.page
    page.set_default_timeout(PATIENCE)
    walk.open("/collecte/")
    walk.shoot("collecte-enrol")
    walk.assert_clean()
    enrol(page, scene, walk.address)
    for language, settings, search in (
        ("Bamanankan", "Labɛnw", "Baro kura"),
        ("English", "Settings", "New interview"),
        ("Français", "Réglages", "Nouvel entretien"),
    ):
        page.get_by_role("button", name=re.compile("Réglages|Settings|Labɛnw")).click()
        page.get_by_role("button", name=language).click()
        walk.shoot(f"collecte-settings-{language}")
        walk.assert_clean()
        page.go_back()
        page.get_by_role("button", name=settings).wait_for()
        walk.shoot(f"collecte-home-{language}")
        walk.assert_clean()
        page.get_by_role("button", name=search).click()
        page.get_by_role("searchbox").fill("Traoré")
        walk.shoot(f"collecte-search-{language}")
        walk.assert_clean()
        page.go_back()
        page.get_by_role("button", name=settings).wait_for()
