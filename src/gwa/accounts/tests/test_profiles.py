"""Profiles shipped and composed."""

import pytest
from django.apps import apps
from django.utils.translation import override

from gwa.accounts.actions import profiles as actions
from gwa.accounts.errors import CodeTaken, LastAdministrator, ProfileInUse, UnknownRight
from gwa.accounts.models import Profile
from gwa.common.access import all_rights
from gwa.testing.accounts import browser_of, make_account

pytestmark = pytest.mark.django_db
ELEVEN = {
    "administrator",
    "operator",
    "analyst",
    "supervisor",
    "enumerator",
    "programme_officer",
    "scheme_officer",
    "commune_agent",
    "committee_member",
    "auditor",
    "web_editor",
}
NAMED = ("name", "description")
PERSONAL = {code for code, right in all_rights().items() if right.personal}


def test_a_fresh_installation_has_the_eleven_profiles():
    assert set(Profile.objects.values_list("code", flat=True)) == ELEVEN


def test_every_right_of_the_program_is_in_a_shipped_profile():
    granted = {right for one in actions.read_shipped() for right in one["rights"]}
    assert granted == set(all_rights())


def test_those_who_see_most_need_a_second_factor():
    needing = Profile.objects.filter(needs_second_factor=True).values_list("code", flat=True)
    assert set(needing) == {"administrator", "operator", "analyst", "auditor"}


@pytest.mark.parametrize("code", ["committee_member", "programme_officer", "scheme_officer"])
def test_those_who_see_figures_hold_no_right_on_persons(code):
    assert not set(Profile.objects.get(code=code).rights) & PERSONAL


def test_loading_again_keeps_what_the_administrator_chose(actor):
    auditor = Profile.objects.get(code="auditor")
    chosen = {*auditor.rights, "registry.print_household"} - {"registry.search"}
    actions.compose_profile(profile=auditor, rights=chosen, actor=actor)
    actions.load_shipped_profiles()
    assert set(Profile.objects.get(code="auditor").rights) == chosen


def test_a_right_the_program_adds_or_drops_follows(monkeypatch):
    shipped = actions.read_shipped()
    auditor = next(one for one in shipped if one["code"] == "auditor")
    auditor["rights"] = [*set(auditor["rights"]) - {"registry.search"}, "accounts.manage_profiles"]
    monkeypatch.setattr(actions, "read_shipped", lambda: shipped)
    actions.load_shipped_profiles()
    rights = Profile.objects.get(code="auditor").rights
    assert "accounts.manage_profiles" in rights
    assert "registry.search" not in rights


def test_a_misspelt_right_in_the_file_is_an_error(monkeypatch):
    shipped = actions.read_shipped()
    shipped[0]["rights"].append("registry.raed_household")
    monkeypatch.setattr(actions, "read_shipped", lambda: shipped)
    with pytest.raises(UnknownRight, match="raed_household"):
        actions.load_shipped_profiles()


def test_shipped_profiles_have_english_names_and_chosen_names_stay(db):
    auditor, agent = Profile.objects.get(code="auditor"), Profile.objects.get(code="commune_agent")
    agent.name = "Agent de mairie"
    with override("en"):
        assert (auditor.shown_name, agent.shown_name) == ("Auditor", "Agent de mairie")
        assert all(one[f"{word}_en"] for one in actions.read_shipped() for word in NAMED)
    with override("fr"):
        assert auditor.shown_name == "Auditeur"


def test_composing_counts_at_the_next_click(administrator, actor, places):
    user = make_account("enumerator", places.sevare)
    browser = browser_of(user)
    assert browser.get("/accounts/").status_code == 403
    enumerator = Profile.objects.get(code="enumerator")
    rights = [*enumerator.rights, "accounts.manage_accounts"]
    actions.compose_profile(profile=enumerator, rights=rights, actor=actor)
    assert browser.get("/accounts/").status_code == 200


def test_composing_leaves_a_line_of_what_was_given_and_taken(actor, last_line):
    profile = Profile.objects.get(code="web_editor")
    actions.compose_profile(profile=profile, rights=["zones.read_zones"], actor=actor, reason="x")
    line = last_line("accounts.profile_composed")
    assert line.data["given"] == ["zones.read_zones"]
    assert line.data["taken"] == []
    assert line.reason == "x"


def test_nobody_may_lock_everybody_out(administrator, actor):
    profile = Profile.objects.get(code="administrator")
    with pytest.raises(LastAdministrator):
        actions.compose_profile(profile=profile, rights=["zones.read_zones"], actor=actor)
    assert "accounts.manage_accounts" in Profile.objects.get(code="administrator").rights


def test_every_right_of_the_code_can_be_granted_on_the_screen(administrator):
    browser = browser_of(administrator)
    page = browser.get("/accounts/profiles/new/").content.decode()
    for code in all_rights():
        assert f'value="{code}"' in page
    answer = browser.post(
        "/accounts/profiles/new/", {"name": "Tout", "rights": [*all_rights()], "description": ""}
    )
    assert answer.status_code == 302
    assert set(Profile.objects.get(code="tout").rights) == set(all_rights())


def test_each_right_says_what_it_is_in_french_and_belongs_to_its_module():
    for code, right in all_rights().items():
        assert apps.is_installed(f"gwa.{code.split('.')[0]}")
        assert str(right.label)[0].isupper()


def test_the_screen_refuses_a_right_that_is_none(administrator):
    answer = browser_of(administrator).post(
        "/accounts/profiles/new/", {"name": "Faux", "rights": ["registry.everything"]}
    )
    assert answer.status_code == 200
    assert not Profile.objects.filter(code="faux").exists()


def test_two_profiles_never_share_a_name(actor):
    with pytest.raises(CodeTaken):
        actions.create_profile(name="Auditor", actor=actor)


def test_a_profile_that_somebody_holds_stays(actor):
    make_account("auditor")
    with pytest.raises(ProfileInUse):
        actions.delete_profile(profile=Profile.objects.get(code="auditor"), actor=actor)
    actions.delete_profile(profile=Profile.objects.get(code="web_editor"), actor=actor)
    assert not Profile.objects.filter(code="web_editor").exists()
