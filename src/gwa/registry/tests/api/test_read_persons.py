"""GET /persons and /memberships: what the rights show, and no more."""

import pytest

from gwa.registry.actions import set_identifier
from gwa.testing.cast import FATOU, correction
from gwa.testing.machines import make_machine

pytestmark = pytest.mark.django_db


@pytest.fixture
def awa(cast):
    person = cast.person("Awa")
    set_identifier(
        person=person, kind="nina", value="12345678901234A", source=correction(), actor=FATOU
    )
    return person


def test_a_person_is_read_with_numbers_and_memberships(caller, awa, cast):
    found = caller.get(f"/persons/{awa.pk}").json()
    assert (found["phone"], found["identifiers"][0]["value"]) == ("22376123456", "12345678901234A")
    assert found["memberships"][0]["household_id"] == str(cast.household.pk)
    assert (found["birth_from"], found["birth_precision"]) == ("1984-05-02", "day")


def test_numbers_are_withheld_without_the_right(awa):
    modest = make_machine(rights=["registry.read_household"], name="Modeste")
    answer = modest.get(f"/persons/{awa.pk}")
    found = answer.json()
    assert (found["phone"], found["identifiers"][0]["value"]) == (None, None)
    assert found["withheld"] == ["identifiers.value", "phone"]
    assert b"76123456" not in answer.content
    assert b"12345678901234A" not in answer.content


def test_persons_are_listed_by_household_zone_and_status(caller, cast):
    assert len(caller.get("/persons").json()["items"]) == 7
    inside = caller.get(f"/persons?household_id={cast.neighbours.pk}").json()["items"]
    assert {person["given_name"] for person in inside} == {"Bakary", "Oumou"}
    assert len(caller.get("/persons?zone_code=07").json()["items"]) == 1
    assert caller.get("/persons?status=deceased").json()["items"] == []


def test_memberships_are_listed_and_read(caller, cast):
    rows = caller.get(f"/memberships?household_id={cast.household.pk}").json()["items"]
    assert len(rows) == 4
    caller.post(
        f"/memberships/{cast.membership('Seydou').pk}/end",
        {"on": "2025-09-01", "reason": "parti"},
    )
    here = f"/memberships?household_id={cast.household.pk}"
    assert len(caller.get(here).json()["items"]) == 3
    assert len(caller.get(f"{here}&with_ended=true").json()["items"]) == 4
    assert caller.get(f"/memberships/{rows[0]['membership_id']}").json() == rows[0]
