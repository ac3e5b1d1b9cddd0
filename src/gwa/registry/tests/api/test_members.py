"""Members added, moved, taken out; numbers written down: one verb of the registry each."""

import pytest

from gwa.journal.models import Entry
from gwa.registry.models import Identifier, Membership

pytestmark = pytest.mark.django_db
BABY = {
    "given_name": "Sira",
    "family_name": "Diarra",
    "sex": "F",
    "relationship": "grandchild",
    "birth_date": "2025-08-20",
}


def test_a_birth_adds_a_member(caller, cast):
    address = f"/households/{cast.household.pk}/members"
    answer = caller.post(address, {"member": BABY, "on": "2025-09-01"})
    assert answer.status_code == 201
    assert answer.json()["household_id"] == str(cast.household.pk)
    assert caller.get(f"/households/{cast.household.pk}").json()["size"] == 5
    assert Entry.objects.filter(action="registry.member_added").count() == 1


def test_a_known_person_gets_a_second_hearth(caller, cast):
    known = {"person_id": str(cast.person("Oumou").pk), "relationship": "other_relative"}
    address = f"/households/{cast.household.pk}/members"
    answer = caller.post(address, {"known": known, "on": "2025-09-01"})
    assert (answer.status_code, answer.json()["is_principal"]) == (201, False)
    again = caller.post(address, {"known": known, "on": "2025-09-01"})
    assert (again.status_code, again.json()["code"]) == (409, "registry.already_member")


def test_a_member_is_new_or_known_not_both(caller, cast):
    answer = caller.post(f"/households/{cast.household.pk}/members", {"on": "2025-09-01"})
    assert answer.json()["errors"][0]["code"] == "one_member"


def test_a_person_moves_to_another_household(caller, cast):
    body = {
        "household_id": str(cast.neighbours.pk),
        "relationship": "nephew_niece",
        "on": "2025-09-01",
        "reason": "confiage",
    }
    answer = caller.post(f"/persons/{cast.person('Binta').pk}/move", body)
    assert answer.status_code == 201
    assert caller.get(f"/households/{cast.household.pk}").json()["size"] == 3
    assert caller.get(f"/households/{cast.neighbours.pk}").json()["size"] == 3


def test_a_member_leaves(caller, cast):
    address = f"/memberships/{cast.membership('Seydou').pk}/end"
    answer = caller.post(address, {"on": "2025-09-01", "reason": "parti à Bamako"})
    assert (answer.status_code, answer.json()["end_reason"]) == (200, "left")
    assert answer.json()["ended_on"] == "2025-09-01"


def test_a_head_leaves_to_a_successor_only(caller, cast):
    address = f"/memberships/{cast.membership('Awa').pk}/end"
    body = {"on": "2025-09-01", "reason": "partie"}
    assert caller.post(address, body).json()["code"] == "registry.head_leaves"
    successor = str(cast.membership("Kadia").pk)
    assert caller.post(address, body | {"new_head_id": successor}).status_code == 200
    assert Membership.objects.current().get(household=cast.household, is_head=True).pk == (
        cast.membership("Kadia").pk
    )


def test_a_number_is_written_down_and_held_once(caller, cast):
    body = {"kind": "nina", "value": "1234 5678 9012 34A"}
    answer = caller.post(f"/persons/{cast.person('Awa').pk}/identifiers", body)
    assert (answer.status_code, answer.json()["value"]) == (201, "12345678901234A")
    assert answer.json()["is_claim"] is False
    other = caller.post(f"/persons/{cast.person('Oumou').pk}/identifiers", body)
    assert (other.status_code, other.json()["is_claim"]) == (201, True)
    again = caller.post(f"/persons/{cast.person('Awa').pk}/identifiers", body)
    assert (again.status_code, again.json()["code"]) == (409, "registry.identifier_already_set")
    assert Identifier.objects.count() == 2


def test_a_number_that_cannot_be_is_refused(caller, cast):
    body = {"kind": "nina", "value": "12"}
    answer = caller.post(f"/persons/{cast.person('Awa').pk}/identifiers", body)
    assert answer.json()["code"] == "registry.identifier_malformed"
    assert "12" not in answer.json()["detail"].split()


@pytest.mark.parametrize("path", ["/members", ""])
def test_what_is_elsewhere_is_not_there(neighbour, cast, path):
    address = f"/households/{cast.household.pk}{path}"
    answer = (
        neighbour.post(address, {"member": BABY, "on": "2025-09-01"})
        if path
        else neighbour.get(address)
    )
    assert answer.status_code == 404
