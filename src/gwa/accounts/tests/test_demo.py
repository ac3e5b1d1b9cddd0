"""The accounts of a demonstration: one a profile, and nowhere else."""

import json
import stat

import pytest
from django.core.management import call_command

from gwa.accounts.actions.demo import CAST, NotADemonstration, create_demo_accounts
from gwa.accounts.models import Profile, User
from gwa.testing.accounts import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_country")]


@pytest.fixture
def shown(settings, tmp_path, places):
    settings.STATE_DIR = tmp_path
    call_command("demo_accounts", commune=places.socoura.code)
    return tmp_path / "demo-accounts.json"


def test_each_profile_has_one_account(shown):
    profiles = User.objects.values_list("profile__code", flat=True)
    assert sorted(profiles) == sorted(Profile.objects.values_list("code", flat=True))


def test_the_passwords_shown_open_the_accounts(shown, settings):
    settings.SECOND_FACTOR = "optional"
    for one in json.loads(shown.read_text()):
        browser = browser_of(None)
        browser.post("/account/login/", {"login": one["login"], "password": one["password"]})
        assert browser.get("/account/").status_code == 200, one["profile"]


def test_only_its_owner_reads_the_file(shown):
    assert stat.S_IMODE(shown.stat().st_mode) == 0o600


def test_the_agent_works_in_the_commune_and_the_supervisor_above(shown, places):
    assert User.objects.get(username="commune").scope_paths() == [places.socoura.path]
    assert User.objects.get(username="superviseur").scope_paths() == [places.socoura.parent.path]


def test_a_second_start_changes_nothing(shown):
    before = shown.read_text(), list(User.objects.order_by("pk").values())
    call_command("demo_accounts")
    assert (shown.read_text(), list(User.objects.order_by("pk").values())) == before


def test_a_lost_file_gives_new_passwords(shown):
    before = shown.read_text()
    shown.unlink()
    call_command("demo_accounts")
    assert shown.read_text() != before


def test_ready_made_accounts_are_refused_in_production(settings):
    settings.MODE = "production"
    with pytest.raises(NotADemonstration):
        create_demo_accounts(passwords={one.login: "x" for one in CAST}, places={})
    assert not User.objects.exists()
