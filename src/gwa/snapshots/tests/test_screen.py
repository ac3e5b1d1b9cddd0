"""The screen of snapshots."""

import pytest
from django.db import transaction
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from gwa.common.scope import everywhere
from gwa.journal.models import SYSTEM
from gwa.snapshots.actions import ask_snapshot
from gwa.snapshots.models import Snapshot
from gwa.snapshots.tasks import take, take_nightly
from gwa.snapshots.tests.conftest import take as take_now
from gwa.testing.accounts import browser_of, make_account, make_profile


@pytest.fixture
def analyst(whole_country):
    return browser_of(make_account("analyst"))


def test_it_asks_for_one_and_queues_the_job_once(analyst):
    analyst.post(reverse("snapshots:take"))
    page = analyst.post(reverse("snapshots:take"), follow=True)
    assert "Un instantané est déjà en cours" in page.content.decode()
    assert Snapshot.objects.get().state == "waiting"
    job = ProcrastinateJob.objects.get(task_name="snapshots.take")
    assert job.args["snapshot_id"] == str(Snapshot.objects.get().pk)


def test_while_one_waits_the_page_asks_again_by_itself_and_offers_none(analyst):
    ask_snapshot(actor=SYSTEM)
    page = analyst.get(reverse("snapshots:list")).content.decode()
    assert 'hx-trigger="every 3s"' in page
    assert "Prendre un instantané maintenant" not in page


def test_the_empty_list_says_what_to_do(analyst):
    page = analyst.get(reverse("snapshots:list")).content.decode()
    assert "Aucun instantané encore" in page
    assert "Prendre un instantané maintenant" in page


def test_who_may_only_look_is_not_offered_one(whole_country):
    browser = browser_of(make_account(make_profile("snapshots.read_snapshots")))
    assert "maintenant</button>" not in browser.get(reverse("snapshots:list")).content.decode()
    assert browser.post(reverse("snapshots:take")).status_code == 403


def test_the_jobs_take_what_was_asked_and_what_the_night_wants(committed):
    snapshot = ask_snapshot(actor=SYSTEM)
    take(snapshot_id=str(snapshot.pk), actor="analyst")
    take(snapshot_id=str(snapshot.pk), actor="analyst")
    take_nightly()
    assert sorted(Snapshot.objects.values_list("state", flat=True)) == ["done", "removed"]


def test_the_list_says_counts_and_what_was_taken_over(committed):
    take_now()
    with transaction.atomic(), everywhere():
        browser = browser_of(make_account("analyst"))
    page = browser.get(reverse("snapshots:list")).content.decode()
    assert "2 lues, 0 inchangées" in page
    assert "prêt" in page
