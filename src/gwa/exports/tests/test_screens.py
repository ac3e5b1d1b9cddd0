"""The screens of exports: ask, follow, open, destroy."""

import datetime as dt

import pytest
from cryptography.exceptions import InvalidTag
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from gwa.common.scope import everywhere
from gwa.exports import tasks
from gwa.exports.actions import destroy_all
from gwa.exports.models import Export
from gwa.exports.tests.conftest import ask, made
from gwa.exports.writing.job import folder, path_of
from gwa.journal.models import SYSTEM
from gwa.testing.accounts import browser_of, make_account

ASKED = {
    "place": "",
    "status": "active",
    "section": "",
    "form": "csv",
    "wording": "words",
    "with_persons": "on",
    "reason": "réunion",
    "household_columns": ["registry_number", "name_of_commune"],
    "person_columns": ["given_name"],
}


def ask_by_screen(person, **more):
    return browser_of(person).post(reverse("exports:ask"), {**ASKED, **more}, follow=True)


def test_the_screen_keeps_the_question_and_queues_the_job(agent):
    page = ask_by_screen(agent).content.decode()
    assert "Demandé : le fichier se prépare" in page
    assert 'hx-trigger="every 2s"' in page
    export = Export.objects.get()
    assert export.household_columns == ["household_id", "registry_number", "name_of_commune"]
    assert export.person_columns == ["household_id", "person_id", "given_name"]
    assert ProcrastinateJob.objects.get(task_name="exports.make").args == {
        "export_id": str(export.pk)
    }


def test_a_whole_group_is_taken_with_one_box(agent):
    page = browser_of(agent).get(reverse("exports:ask")).content.decode()
    assert "Toutes les colonnes de ce groupe" in page
    ask_by_screen(agent, groups=["household:0"])
    columns = Export.objects.get().household_columns
    assert {"address", "status", "size", "registered_on"} <= set(columns)


def test_columns_that_one_may_not_read_are_not_offered(agent, operator):
    page = browser_of(agent).get(reverse("exports:ask")).content.decode()
    assert 'value="nina"' not in page
    assert 'value="displacement_status"' not in page
    page = browser_of(operator).get(reverse("exports:ask")).content.decode()
    assert 'value="nina"' in page
    assert 'value="displacement_status"' in page


def test_without_a_reason_nothing_is_asked(agent):
    ask_by_screen(agent, reason="")
    assert not Export.objects.exists()


def test_a_zone_is_found_by_its_name_and_told_apart_from_its_namesakes(operator, committed):
    page = ask_by_screen(operator, place="Nullepart").content.decode()
    assert "Aucune de vos zones ne porte ce nom" in page
    page = ask_by_screen(operator, place="Mopti").content.decode()
    assert "Plusieurs zones portent ce nom" in page
    ask_by_screen(operator, place="Mopti", zone=str(committed.places.mopti.pk))
    assert Export.objects.get().zone == committed.places.mopti


def test_an_agent_cannot_name_a_zone_elsewhere(agent):
    assert "Aucune de vos zones" in ask_by_screen(agent, place="Gao").content.decode()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"asked_from": "2026-01-01"}, "Dites de quelle section"),
        (
            {"section": "housing", "asked_from": "2026-02-01", "asked_to": "2026-01-01"},
            "Ce jour vient avant le premier",
        ),
    ],
)
def test_dates_must_make_sense(agent, told, said):
    assert said in ask_by_screen(agent, **told).content.decode()


def test_the_asker_alone_opens_the_file(agent, operator):
    export = made(agent)
    address = reverse("exports:file", args=[export.pk])
    answer = browser_of(agent).get(address)
    assert answer["Content-Type"] == "application/zip"
    assert b"".join(answer.streaming_content).startswith(b"PK")
    for action in ("file", "cancel", "destroy"):
        browser = browser_of(operator)
        ask_it = browser.get if action == "file" else browser.post
        answer = ask_it(reverse(f"exports:{action}", args=[export.pk]), follow=True)
        assert "streaming_content" not in vars(answer)
    assert path_of(export).exists()
    assert str(export.pk) not in browser_of(operator).get(reverse("exports:list")).content.decode()


def test_a_right_or_a_zone_lost_since_closes_the_file(operator, agent, committed):
    columns = ["person_id", "household_id", "nina"]
    export = made(operator, person_columns=columns)
    operator.profile.rights.remove("registry.read_identifier")
    operator.profile.save()
    page = browser_of(operator).get(reverse("exports:file", args=[export.pk]), follow=True)
    assert "Vous n’avez pas le droit de lire la colonne « NINA »" in page.content.decode()
    export = made(agent)
    agent.zones.set([committed.places.konna_commune])
    page = browser_of(agent).get(reverse("exports:file", args=[export.pk]), follow=True)
    assert "Cette zone n’est pas une des vôtres" in page.content.decode()


def test_a_file_that_was_altered_is_not_given_whole(agent):
    export = made(agent)
    path = path_of(export)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    answer = browser_of(agent).get(reverse("exports:file", args=[export.pk]))
    with pytest.raises(InvalidTag):
        b"".join(answer.streaming_content)


def test_destroying_takes_the_file_and_keeps_the_question(agent):
    export = made(agent)
    browser_of(agent).post(reverse("exports:destroy", args=[export.pk]))
    assert not path_of(export).exists()
    assert Export.objects.get().state == "removed"
    page = browser_of(agent).get(reverse("exports:file", args=[export.pk]), follow=True)
    assert "n’est plus gardé ici" in page.content.decode()


def test_files_end_with_their_time(agent):
    export = made(agent)
    kept = export.expires_at - timezone.now()
    assert dt.timedelta(days=6, hours=23) < kept <= dt.timedelta(days=7)
    tasks.sweep()
    assert path_of(export).exists()
    Export.objects.update(expires_at=timezone.now())
    page = browser_of(agent).get(reverse("exports:file", args=[export.pk]), follow=True)
    assert "n’est plus gardé ici" in page.content.decode()
    tasks.sweep()
    assert list(folder().iterdir()) == []


def test_the_job_makes_what_was_asked(agent):
    export = ask(agent)
    tasks.make(export_id=str(export.pk))
    assert Export.objects.get().state == "done"


def test_all_files_go_at_once_where_an_erasure_asks(agent, operator):
    files = [made(agent), made(operator)]
    with transaction.atomic(), everywhere():
        assert destroy_all(actor=SYSTEM, reason="effacement") == 2
    assert not [one for one in files if path_of(one).exists()]


def test_the_first_visit_says_what_to_do(transactional_db):
    with transaction.atomic(), everywhere():
        browser = browser_of(make_account("analyst"))
    assert "Aucun export encore" in browser.get(reverse("exports:list")).content.decode()
    page = browser.get(reverse("exports:ask"), follow=True)
    assert page.redirect_chain
