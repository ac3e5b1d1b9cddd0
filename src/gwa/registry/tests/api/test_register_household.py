"""POST /households: whole or not at all, once for each key."""

import pytest
from django.utils import timezone

from gwa.accounts.models import MachineAnswer
from gwa.journal.models import Entry
from gwa.registry.models import Household, Person
from gwa.variables.models import DictionaryVersion

pytestmark = pytest.mark.django_db


def body(**more):
    return {
        "zone_code": "05010101",
        "registered_on": "2026-01-02",
        "lat": 14.5,
        "lon": -4.1,
        "members": [
            {
                "given_name": "Ali",
                "family_name": "Diop",
                "sex": "M",
                "relationship": "head",
                "birth_year": 1980,
            },
            {
                "given_name": "Fanta",
                "family_name": "Diop",
                "sex": "F",
                "relationship": "child",
                "birth_date": "2015-06-01",
                "phone": "76 00 00 01",
            },
        ],
        "source": {"collected_on": "2026-01-01", "label": "fiche 12"},
        **more,
    }


def test_a_household_enters_with_its_members_and_the_organisation_as_its_source(caller):
    answer = caller.post("/households", body())
    made = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/v1/households/{made['household_id']}"
    assert (made["size"], [member["given_name"] for member in made["members"]]) == (
        2,
        ["Ali", "Fanta"],
    )
    household = Household.objects.get(pk=made["household_id"])
    assert (household.source.kind, household.source.label) == ("partner", "CANAM · fiche 12")
    assert household.source.collected_on.isoformat() == "2026-01-01"
    assert caller.get(f"/households/{household.pk}").headers["ETag"] == answer.headers["ETag"]


def test_the_journal_names_the_machine_the_right_and_the_request(caller):
    answer = caller.post("/households", body(reason="enquête"))
    line = Entry.objects.get(action="registry.household_registered", reason="enquête")
    assert (line.actor_label, line.actor_id) == (caller.machine.label, None)
    assert line.right == "registry.register_household"
    assert str(line.request_id) == answer.headers["X-Request-Id"]


def test_the_same_key_answers_the_same_and_does_nothing_twice(caller):
    first = caller.post("/households", body(), key="one")
    again = caller.post("/households", body(), key="one")
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Person.objects.filter(given_name="Fanta").count() == 1
    assert Entry.objects.filter(action="accounts.call_repeated").count() == 1


def test_the_answer_is_kept_sealed(caller):
    caller.post("/households", body(), key="one")
    assert b"Fanta" not in bytes(MachineAnswer.objects.get().sealed)


def test_the_same_key_with_another_body_is_refused(caller):
    caller.post("/households", body(), key="one")
    answer = caller.post("/households", body(address="près du puits"), key="one")
    assert (answer.status_code, answer.json()["code"]) == (422, "api.idempotency_key_reused")
    assert Person.objects.filter(given_name="Fanta").count() == 1


def test_a_refusal_gives_the_key_back(caller):
    refused = caller.post("/households", body(zone_code="0501"), key="one")
    assert refused.json()["code"] == "registry.zone_not_settlement"
    assert refused.json()["errors"][0]["field"] == "zone_code"
    assert caller.post("/households", body(), key="one").status_code == 201


def test_two_machines_may_choose_the_same_key(caller, neighbour):
    assert caller.post("/households", body(), key="one").status_code == 201
    there = body(zone_code="07010101")
    assert neighbour.post("/households", there, key="one").status_code == 201


def test_without_a_key_nothing_is_written(caller):
    answer = caller.post("/households", body(), key="")
    assert (answer.status_code, answer.json()["code"]) == (400, "api.idempotency_key_missing")
    assert not Person.objects.filter(given_name="Fanta").exists()


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"addres": "x"}, "addres", "extra_forbidden"),
        ({"members": []}, "members", "too_short"),
        ({"lat": 91}, "lat", "less_than_equal"),
        ({"lon": None}, "", "position_whole"),
        ({"registered_on": "02/01/2026"}, "registered_on", "date_from_datetime_parsing"),
        ({"address": "a\x00b"}, "address", "string_pattern_mismatch"),
        ({"answers": {"wall": 1e400}}, "answers.wall", None),
    ],
)
def test_a_misshapen_body_says_which_field(caller, change, field, code):
    answer = caller.post("/households", body(**change))
    errors = answer.json()["errors"]
    assert answer.status_code == 422
    assert errors[0]["field"].startswith(field)
    assert code is None or errors[0]["code"] == code


def test_two_heads_are_refused_in_words_of_both_languages(caller):
    two = body()
    two["members"][1]["relationship"] = "head"
    french = caller.post("/households", two).json()
    english = caller.post("/households", two, accept_language="en").json()
    assert french["code"] == english["code"] == "registry.head_not_one"
    assert french["detail"].startswith("Il faut un chef de ménage")
    assert english["title"] == "Values refused"
    assert english["detail"] != french["detail"]


def test_a_refused_answer_names_its_variable(caller, dictionary):
    answer = caller.post("/households", body(answers={"no_such_variable": "x"}))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "answers.no_such_variable"
    assert not Person.objects.filter(given_name="Fanta").exists()


def test_answers_are_not_read_with_a_draft(caller, dictionary):
    draft = DictionaryVersion.objects.create(
        number=977,
        labels={"fr": "Essai", "en": "Trial"},
        content_hash="0" * 64,
        created_at=timezone.now(),
    )
    for number in (draft.number, 978):
        answer = caller.post("/households", body(answers={"rooms": 3}, dictionary_version=number))
        assert (answer.status_code, answer.json()["code"]) == (422, "registry.dictionary_unknown")
        assert answer.json()["errors"][0]["field"] == "dictionary_version"
    assert not Person.objects.filter(given_name="Fanta").exists()


def test_a_zone_elsewhere_is_not_there(neighbour):
    assert neighbour.post("/households", body()).status_code == 404
