"""Accounts: invited, changed, disabled, within one's own reach."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from gwa.accounts.actions import accounts as actions
from gwa.accounts.errors import (
    AlreadyJoined,
    LastAdministrator,
    NameTaken,
    NeedsZones,
    OutsideOwnZones,
    OwnAccount,
)
from gwa.accounts.models import Profile, User
from gwa.journal.models import Actor
from gwa.testing.accounts import PASSWORD, browser_of, make_account, make_profile

pytestmark = pytest.mark.django_db


def invite(actor, **more):
    facts = {
        "username": "moussa",
        "email": "moussa@example.org",
        "full_name": "Moussa Coulibaly",
        "profile": Profile.objects.get(code="enumerator"),
        "zones": [],
    }
    return actions.invite_account(actor=actor, **(facts | more))


def regional(places):
    """Return Nana, who manages the accounts of the region of Mopti only."""
    profile = make_profile("accounts.manage_accounts", code="regional")
    user = make_account(profile, places.mopti, username="nana")
    return user, Actor(label="nana", user_id=user.pk)


def test_an_invited_person_has_no_password_yet(actor, places, last_line):
    user = invite(actor, zones=[places.sevare])
    assert user.status == User.Status.INVITED
    assert not user.has_usable_password()
    line = last_line("accounts.invited")
    assert line.actor_label == "kadiatou"
    assert line.data["profile"] == "enumerator"
    assert line.data["zones"] == ["05010101"]


def test_a_profile_that_works_in_zones_needs_one(actor):
    with pytest.raises(NeedsZones):
        invite(actor)


@pytest.mark.parametrize(
    "taken",
    [
        {"username": "MOUSSA", "email": "b@example.org"},
        {"username": "b", "email": "Moussa@Example.org"},
        {"username": "moussa@example.org", "email": "b@example.org"},
    ],
)
def test_one_person_has_one_account(actor, places, taken):
    invite(actor, zones=[places.sevare])
    with pytest.raises(NameTaken):
        invite(actor, zones=[places.sevare], **taken)


def test_moving_somebody_counts_at_once(actor, places):
    user = make_account("supervisor", places.sevare)
    actions.change_account(
        user=user,
        full_name="Fatou Maïga",
        profile=user.profile,
        zones=[places.gao],
        organisation=None,
        actor=actor,
        reason="Mutation",
    )
    assert User.objects.get(pk=user.pk).scope_paths() == [places.gao.path]


def test_disabling_ends_every_session_at_once(actor, places):
    user = make_account("supervisor", places.sevare, has_password=True)
    browser = browser_of(None)
    answer = browser.post("/account/login/", {"login": user.username, "password": PASSWORD})
    assert answer.status_code == 302
    assert browser.get("/account/").status_code == 200
    assert UserSession.objects.filter(user=user).count() == 1
    actions.disable_account(user=user, actor=actor, reason="Départ")
    assert browser.get("/account/").status_code == 302
    assert not UserSession.objects.filter(user=user).exists()
    again = browser.post("/account/login/", {"login": user.username, "password": PASSWORD})
    assert "_auth_user_id" not in browser.session
    assert again.status_code in (200, 302)


def test_an_account_can_be_opened_again(actor, places):
    user = make_account("supervisor", places.sevare)
    actions.disable_account(user=user, actor=actor, reason="Erreur")
    actions.enable_account(user=user, actor=actor, reason="Erreur")
    assert User.objects.get(pk=user.pk).status == User.Status.ACTIVE


def test_a_lost_second_factor_leads_back_to_the_invitation(actor, places, last_line):
    user = make_account("operator", has_password=True)
    assert Authenticator.objects.filter(user=user).exists()
    actions.reset_second_factor(user=user, actor=actor, reason="Téléphone volé")
    user = User.objects.get(pk=user.pk)
    assert user.status == User.Status.INVITED
    assert not user.has_usable_password()
    assert not Authenticator.objects.filter(user=user).exists()
    assert last_line("accounts.second_factor_reset").reason == "Téléphone volé"


def test_whoever_has_joined_is_not_invited_again(actor, places):
    with pytest.raises(AlreadyJoined):
        actions.invite_again(user=make_account("supervisor", places.sevare), actor=actor)


@pytest.mark.parametrize(
    "verb", [actions.disable_account, actions.enable_account, actions.reset_second_factor]
)
def test_nobody_changes_their_own_account(administrator, actor, verb):
    with pytest.raises(OwnAccount):
        verb(user=administrator, actor=actor, reason="")


def test_the_last_manager_cannot_be_disabled(administrator, places):
    # A system job has no account of its own, so only this refusal stands in its way.
    with pytest.raises(LastAdministrator):
        actions.disable_account(user=administrator, actor=Actor(label="système"), reason="")
    assert User.objects.get(pk=administrator.pk).is_active


def test_a_regional_manager_stays_in_the_region(places, whole_country):
    _, nana = regional(places)
    invite(nana, zones=[places.sevare])
    with pytest.raises(OutsideOwnZones):
        invite(nana, zones=[places.gao], username="b", email="b@example.org")
    with pytest.raises(OutsideOwnZones):
        invite(
            nana,
            profile=Profile.objects.get(code="auditor"),
            username="c",
            email="c@example.org",
        )
    elsewhere = make_account("supervisor", places.gao)
    with pytest.raises(OutsideOwnZones):
        actions.disable_account(user=elsewhere, actor=nana, reason="")


def test_a_regional_manager_sees_the_accounts_of_the_region_only(places, whole_country):
    user, _ = regional(places)
    make_account("enumerator", places.sevare, username="inside")
    make_account("enumerator", places.gao, username="outside")
    make_account("enumerator", places.sevare, places.gao, username="astride")
    make_account("auditor", username="national")
    browser = browser_of(user)
    page = browser.get("/accounts/").content.decode()
    assert "Inside" in page
    for name in ("Outside", "Astride", "National"):
        assert name not in page
    outside = User.objects.get(username="outside")
    assert browser.get(f"/accounts/{outside.pk}/").status_code == 404
    assert browser.post(f"/accounts/{outside.pk}/disable/", {"reason": "x"}).status_code == 404
    assert User.objects.get(pk=outside.pk).is_active


def test_sessions_are_ended_on_every_device(actor, places):
    user = make_account("supervisor", places.sevare, has_password=True)
    browsers = [browser_of(None), browser_of(None)]
    for browser in browsers:
        browser.post("/account/login/", {"login": user.email, "password": PASSWORD})
    assert actions.end_sessions(user=user, actor=actor, reason="Poste perdu") == 2
    assert [browser.get("/account/").status_code for browser in browsers] == [302, 302]
