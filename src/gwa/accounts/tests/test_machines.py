"""Machines of partners: a secret shown once, two at once while a rotation lasts, closed at once."""

import base64
import datetime as dt

import pytest
from django.test import Client

from gwa.accounts import errors
from gwa.accounts.actions import machines as actions
from gwa.accounts.models import CallCount, Machine, MachineSecret, MachineToken, Organisation
from gwa.accounts.throttling import FAILURES_BY_ADDRESS
from gwa.accounts.tokens import LIFETIME, fingerprint
from gwa.journal.models import SYSTEM, Actor
from gwa.testing.accounts import browser_of, make_account
from gwa.testing.machines import Caller, make_machine

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller(cast) -> Caller:
    return make_machine()


def test_a_token_opens_the_api_for_an_hour(caller, last_line):
    answer = caller.sign_in()
    assert answer.json() | {"access_token": ""} == {
        "access_token": "",
        "token_type": "Bearer",
        "expires_in": 3600,
        "scope": " ".join(caller.machine.rights),
    }
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert caller.get("/zones").status_code == 200
    assert last_line("accounts.token_issued").actor_label == caller.machine.label
    MachineToken.objects.update(expires_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    answer = caller.get("/zones")
    assert (answer.status_code, answer.json()["code"]) == (401, "api.not_signed_in")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_the_secret_may_stand_in_the_header(caller):
    pair = base64.b64encode(f"{caller.machine.client_id}:{caller.secret}".encode()).decode()
    answer = caller.client.post(
        "/api/v1/token",
        "grant_type=client_credentials",
        content_type="application/x-www-form-urlencoded",
        headers={"Authorization": f"Basic {pair}"},
    )
    assert answer.status_code == 200


def test_neither_secret_nor_token_is_kept(caller):
    assert bytes(MachineSecret.objects.get().digest) == fingerprint(caller.secret)
    assert bytes(MachineToken.objects.get().digest) == fingerprint(caller.token)
    kept = str([*MachineSecret.objects.values(), *MachineToken.objects.values()])
    assert caller.secret not in kept
    assert caller.token not in kept
    assert dt.timedelta(hours=1) >= LIFETIME


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ("grant_type=client_credentials&client_id=x&client_secret=y", 401, "invalid_client"),
        ("grant_type=client_credentials", 401, "invalid_client"),
        ("grant_type=password&username=a&password=b", 400, "unsupported_grant_type"),
        ("", 400, "unsupported_grant_type"),
        ("%%%", 400, "unsupported_grant_type"),
    ],
)
def test_a_token_is_refused_in_the_words_of_the_protocol(cast, last_line, form, status, error):
    answer = Client().post("/api/v1/token", form, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == status
    assert answer.json()["error"] in (error, "invalid_request")
    assert last_line("accounts.token_refused").data == {"status": status}


def test_a_token_may_be_narrower_than_its_machine(caller):
    assert caller.sign_in(scope="zones.read_zones").status_code == 200
    assert caller.get("/zones").status_code == 200
    assert caller.get("/households").json()["code"] == "api.right_missing"
    assert caller.sign_in(scope="accounts.manage_machines").json()["error"] == "invalid_scope"


def test_both_secrets_are_valid_while_a_rotation_lasts(caller, actor, last_line):
    new = actions.rotate_secret(
        machine=caller.machine, overlap=dt.timedelta(days=7), actor=actor, reason="chaque année"
    )
    assert Caller(caller.machine, new).sign_in().status_code == 200
    assert caller.sign_in().status_code == 200
    MachineSecret.objects.filter(valid_until__isnull=False).update(
        valid_until=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    )
    assert caller.sign_in().status_code == 401
    assert Caller(caller.machine, new).sign_in().status_code == 200
    assert last_line("accounts.secret_rotated").data == {"overlap_hours": 168}


def test_a_secret_that_leaked_falls_at_once_with_its_tokens(caller, actor):
    actions.rotate_secret(
        machine=caller.machine, overlap=dt.timedelta(0), actor=actor, reason="fuite"
    )
    assert caller.get("/zones").status_code == 401
    assert caller.sign_in().status_code == 401


def test_a_rotation_lengthens_no_life(caller, actor):
    """A secret already ending in a day does not come back for thirty."""
    machine = caller.machine
    actions.rotate_secret(machine=machine, overlap=dt.timedelta(days=1), actor=actor, reason="un")
    actions.rotate_secret(
        machine=machine, overlap=dt.timedelta(days=30), actor=actor, reason="deux"
    )
    ends = sorted(filter(None, machine.secrets.values_list("valid_until", flat=True)))
    assert ends[1] - ends[0] > dt.timedelta(days=28)
    with pytest.raises(errors.OverlapRefused):
        actions.rotate_secret(machine=machine, overlap=dt.timedelta(days=2), actor=actor)


def test_a_revoked_machine_is_out_at_once_and_for_good(caller, actor):
    actions.revoke_machine(machine=caller.machine, actor=actor, reason="fin du protocole")
    assert caller.get("/zones").status_code == 401
    assert caller.sign_in().status_code == 401
    with pytest.raises(errors.MachineRevoked):
        actions.rotate_secret(machine=caller.machine, overlap=dt.timedelta(0), actor=actor)


def test_a_change_of_rights_and_zones_counts_at_the_next_call(caller, actor, cast):
    assert len(caller.get("/households").json()["items"]) == 3
    actions.change_machine(
        machine=caller.machine,
        name="Caisse",
        organisation=caller.machine.organisation,
        rights=["registry.read_household"],
        zones=[cast.places.gao],
        is_national=False,
        contact="",
        calls_per_minute=600,
        actor=actor,
    )
    assert len(caller.get("/households").json()["items"]) == 1
    assert caller.get("/zones").status_code == 403


def test_a_refused_call_leaves_its_line(caller, last_line):
    caller.sign_in(scope="zones.read_zones")
    answer = caller.get("/households")
    line = last_line("accounts.call_refused")
    assert line.data == {
        "method": "GET",
        "route": "api:list_households",
        "status": 403,
        "code": "api.right_missing",
    }
    assert (line.actor_label, str(line.request_id)) == (
        caller.machine.label,
        answer.headers["X-Request-Id"],
    )


def test_calls_are_counted_by_machine(cast):
    slow = make_machine(calls_per_minute=3, name="Lente")
    assert [slow.get("/zones").status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    answer = slow.get("/zones")
    assert answer.json()["code"] == "api.too_many_calls"
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert make_machine(name="Autre").get("/zones").status_code == 200
    CallCount.objects.update(window_start=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    assert slow.get("/zones").status_code == 200


def test_guessing_secrets_is_slowed_down(caller):
    wrong = Caller(caller.machine, "wrong")
    statuses = [wrong.sign_in().status_code for _ in range(FAILURES_BY_ADDRESS + 2)]
    assert statuses == [401] * FAILURES_BY_ADDRESS + [429, 429]
    assert caller.sign_in().status_code == 429  # from that address, for a minute


def test_a_session_opens_nothing_of_the_api(cast):
    """No page elsewhere can act with a person's cookies: nothing reads them here."""
    operator = browser_of(make_account("operator"))
    assert operator.get("/households/").status_code == 200
    for verb in (operator.get, operator.post, operator.patch, operator.delete):
        answer = verb(f"/api/v1/households/{cast.household.pk}")
        assert answer.status_code == 401
    assert "Set-Cookie" not in answer.headers
    assert not answer.cookies


def test_a_token_opens_no_screen(caller, cast):
    answer = caller.client.get(
        f"/households/{cast.household.pk}/", headers={"Authorization": f"Bearer {caller.token}"}
    )
    assert (answer.status_code, answer.headers["Location"][:15]) == (302, "/account/login/")


def test_a_machine_has_rights_of_machines_a_place_and_a_national_manager(cast, places):
    organisation = Organisation.objects.create(name="PAM", kind="programme")
    given = {"name": "x", "organisation": organisation, "actor": SYSTEM}
    with pytest.raises(errors.UnknownRight):
        actions.open_machine(rights=["accounts.manage_accounts"], is_national=True, **given)
    with pytest.raises(errors.MachineWithoutRight):
        actions.open_machine(rights=[], is_national=True, **given)
    with pytest.raises(errors.MachineWithoutZone):
        actions.open_machine(rights=["zones.read_zones"], **given)
    supervisor = make_account("supervisor", places.socoura)
    local = Actor(label=supervisor.username, user_id=supervisor.pk)
    with pytest.raises(errors.OutsideOwnZones):
        actions.open_machine(
            rights=["zones.read_zones"], zones=[places.socoura], **(given | {"actor": local})
        )
    assert Machine.objects.count() == 0


def test_what_expired_is_swept(caller):
    old = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    MachineToken.objects.update(expires_at=old)
    CallCount.objects.update(window_start=old)
    swept = actions.sweep_machines()
    assert swept["tokens"] == 1
    assert swept["counts"] >= 1
    assert MachineSecret.objects.count() == 1
