"""Machine × operation × zone, with exact counts: what each scope reads, what each right opens."""

import re
import uuid

import pytest

from gwa.accounts.rights import rights_of_machines
from gwa.api import api
from gwa.common.api.door import Bearer
from gwa.testing.machines import make_machine

pytestmark = pytest.mark.django_db
# Households, persons, memberships and settlements that each scope sees.
SCOPES = {
    "national": ((), (3, 7, 7, 7)),
    "region": (("mopti",), (2, 6, 6, 4)),
    "commune": (("socoura",), (2, 6, 6, 2)),
    "village": (("berrah",), (1, 1, 1, 1)),
    "two zones": (("konna", "berrah"), (1, 1, 1, 2)),
    "empty commune": (("sofara",), (0, 0, 0, 1)),
}


@pytest.mark.parametrize("scope", SCOPES)
def test_each_scope_reads_exactly_its_rows(world, scope):
    names, expected = SCOPES[scope]
    caller = make_machine(*(getattr(world.places, name) for name in names))
    counts = [
        len(caller.get(path).json()["items"])
        for path in ("/households", "/persons", "/memberships")
    ]
    settlements = sum(
        len(caller.get(f"/zones?level={level}").json()["items"])
        for level in ("village", "quartier", "fraction")
    )
    assert (*counts, settlements) == expected


@pytest.mark.parametrize("scope", SCOPES)
def test_one_object_answers_where_the_list_shows_it(world, scope):
    names, (households, *_rest) = SCOPES[scope]
    caller = make_machine(*(getattr(world.places, name) for name in names))
    whole = (world.household, world.neighbours, world.far)
    found = [caller.get(f"/households/{one.pk}").status_code for one in whole]
    assert found.count(200) == households
    assert set(found) <= {200, 404}


def rights_by_operation() -> dict[str, str]:
    """The right that each operation asks; only the token asks none."""
    return {
        operation.view_func.__name__: door.right
        for _path, operation in api.operations()
        for door in operation.auth_callbacks
        if isinstance(door, Bearer)
    }


def test_every_operation_asks_a_right_that_machines_may_have():
    asked = rights_by_operation()
    silent = {operation.view_func.__name__ for _, operation in api.operations()} - asked.keys()
    assert silent == {"give_token"}
    assert set(asked.values()) <= rights_of_machines().keys()
    of_columns = {"registry.read_identifier", "registry.read_sensitive", "registry.read_origin"}
    assert rights_of_machines().keys() - set(asked.values()) == of_columns


def addresses(world) -> list[tuple[str, str, str]]:
    """Verb, address and operation, for each of them."""
    keys = {
        "household_id": world.household.pk,
        "person_id": world.person("Awa").pk,
        "membership_id": world.membership("Awa").pk,
        "zone_code": "0501",
        "name": "phone",
        "import_id": uuid.uuid4(),
    }
    found = []
    for path, operation in api.operations():
        filled = re.sub(r"{(?:\w+:)?(\w+)}", lambda place: str(keys[place[1]]), path)
        found += [(verb, filled, operation.view_func.__name__) for verb in operation.methods]
    return found


def test_each_right_opens_its_operations_and_no_other(world):
    """One machine for each right, every operation: exactly those that ask it are not forbidden."""
    asked = rights_by_operation()
    wrong = []
    for right in rights_of_machines():
        caller = make_machine(rights=[right], name=right, calls_per_minute=10_000)
        for verb, path, name in addresses(world):
            if name == "give_token":
                continue
            answer = caller.client.generic(
                verb,
                f"/api/v1{path}",
                "{}",
                content_type="application/json",
                headers={"Authorization": f"Bearer {caller.token}"},
            )
            if (answer.status_code != 403) != (asked[name] == right):
                wrong.append(f"{right}: {verb} {path} answered {answer.status_code}")
    assert "\n".join(wrong) == ""
