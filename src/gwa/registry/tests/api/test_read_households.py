"""GET /households and /households/{id}: by key, by filter, no more than the rights show."""

import datetime as dt

import pytest
from django.utils import timezone

from gwa.journal.models import Entry
from gwa.registry.actions import correct_household, set_origin, set_place_now
from gwa.testing.cast import FATOU, LATER, correction, save_row
from gwa.testing.machines import make_machine

pytestmark = pytest.mark.django_db


def numbers(answer):
    return [item["registry_number"] for item in answer.json()["items"]]


def test_pages_follow_each_other_without_gap_or_repeat(caller, cast):
    whole = numbers(caller.get("/households"))
    assert len(whole) == 3
    first = caller.get("/households?limit=2")
    cursor = first.json()["next_cursor"]
    assert cast.household.registry_number not in cursor
    rest = caller.get(f"/households?limit=2&cursor={cursor}")
    assert numbers(first) + numbers(rest) == whole
    assert rest.json()["next_cursor"] is None


def test_a_cursor_of_another_list_is_refused(caller):
    cursor = caller.get("/persons?limit=1").json()["next_cursor"]
    assert caller.get(f"/households?cursor={cursor}").json()["code"] == "api.cursor_unknown"
    assert caller.get("/households?cursor=xyz").status_code == 422


def test_filters_by_zone_status_and_number(caller, cast):
    assert len(numbers(caller.get("/households?zone_code=0501"))) == 2
    assert numbers(caller.get("/households?zone_code=07")) == [cast.far.registry_number]
    assert numbers(caller.get("/households?status=moved")) == []
    number = cast.household.registry_number
    assert numbers(caller.get(f"/households?registry_number={number}")) == [number]
    assert numbers(caller.get("/households?registry_number=123")) == []
    assert caller.get("/households?zone_code=nowhere").status_code == 404
    assert caller.get("/households?status=lost").status_code == 422


def test_updated_since_finds_what_changed_and_nothing_else(caller, cast):
    now = timezone.now()
    since = f"/households?updated_since={now:%Y-%m-%dT%H:%M:%S.%fZ}"
    assert numbers(caller.get(since)) == []
    correct_household(
        household=cast.far,
        changes={"address": "près du fleuve"},
        source=correction(),
        actor=FATOU,
        reason="visite",
    )
    assert numbers(caller.get(since)) == [cast.far.registry_number]
    ago = now - dt.timedelta(days=1)
    assert len(numbers(caller.get(f"/households?updated_since={ago:%Y-%m-%dT%H:%M:%SZ}"))) == 3
    assert caller.get("/households?updated_since=2026-01-01").status_code == 422


def test_a_household_is_read_with_its_members_the_head_first(caller, cast):
    found = caller.get(f"/households/{cast.household.pk}").json()
    assert found["members"][0]["given_name"] == "Awa"
    assert (found["size"], found["zone_code"], found["lat"]) == (4, "05010101", 14.53)
    assert found["withheld"] == []


def test_who_has_the_state_already_receives_nothing(caller, cast):
    address = f"/households/{cast.household.pk}"
    tag = caller.get(address).headers["ETag"]
    answer = caller.get(address, If_None_Match=tag)
    assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", tag)


def test_each_reading_leaves_one_line(caller, cast):
    caller.get("/households")
    line = Entry.objects.get(action="registry.households_listed")
    assert (line.data["rows"], line.right) == (3, "registry.read_household")
    answer = caller.get(f"/households/{cast.household.pk}")
    line = Entry.objects.get(action="registry.household_read")
    assert line.subject_id == str(cast.household.pk)
    assert line.actor_label == caller.machine.label
    assert str(line.request_id) == answer.headers["X-Request-Id"]


def test_origin_and_position_of_the_displaced_are_withheld_or_rounded(caller, cast):
    set_origin(household=cast.household, zone=cast.places.chateau, actor=FATOU)
    set_place_now(
        household=cast.household, zone=cast.places.konna, kind="host", since=LATER, actor=FATOU
    )
    address = f"/households/{cast.household.pk}"
    found = caller.get(address).json()
    assert (found["lat"], found["lon"], found["accuracy_m"]) == (14.5, -4.1, None)
    assert (found["is_position_rounded"], found["origin"]) == (True, "07010101")
    modest = make_machine(rights=["registry.read_household"], name="Modeste")
    found = modest.get(address).json()
    assert found["origin"] is None
    assert found["withheld"] == ["arrived_on", "origin"]
    correct_household(
        household=cast.household,
        changes={"is_position_hidden": True},
        source=correction(),
        actor=FATOU,
        reason="sécurité",
    )
    assert caller.get(address).json()["lat"] is None


def test_sensitive_answers_are_withheld_by_name(cast, dictionary):
    household = cast.with_dictionary(dictionary)
    sensitive = dictionary.variables.filter(level="household", is_sensitive=True, storage="answers")
    plain = dictionary.variables.filter(level="household", is_sensitive=False, storage="answers")
    household.answers = {sensitive[0].name: "a", plain[0].name: "b"}
    save_row(row=household)
    modest = make_machine(rights=["registry.read_household"], name="Modeste")
    found = modest.get(f"/households/{household.pk}").json()
    assert found["answers"] == {plain[0].name: "b"}
    assert f"answers.{sensitive[0].name}" in found["withheld"]


def test_a_page_asks_as_many_queries_for_three_as_for_one(caller, django_assert_max_num_queries):
    caller.get("/households")
    with django_assert_max_num_queries(30):
        caller.get("/households?limit=1")
    with django_assert_max_num_queries(30):
        caller.get("/households")
