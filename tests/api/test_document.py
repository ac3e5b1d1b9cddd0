"""The document and the program agree: schemathesis asks each operation what it should not take.

Real keys stand in for most of the drawn ones, or every call would stop at "not found".
"""

from collections.abc import Callable, Iterator

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import FailureGroup

from gwa.api import api
from gwa.common.ids import new_id

pytestmark = pytest.mark.django_db
DOCUMENT = "/api/v1/openapi.json"
OPERATIONS = sorted(operation.view_func.__name__ for _, operation in api.operations())

load_all_checks()
# A well-formed body is not always a possible family: a second head is refused (422), and should be.
UNFIT = {"positive_data_acceptance"}
FIT = [check for check in CHECKS.get_all() if check.__name__ not in UNFIT]
# Corrections that the registry takes, whatever else was drawn.
SURE = {
    "correct_household": {"address": "près du puits"},
    "correct_person": {"everyday_name": "Awa Ba Diarra"},
    "correct_membership": {"is_absent": True},
}


@pytest.fixture
def in_one_transaction() -> Iterator[None]:
    """Let the program keep the test's connection, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def ask(world, caller, in_one_transaction) -> Callable[[str, GenerationMode, int], set[int]]:
    """Draw calls of an operation, check each answer, and return the statuses seen."""
    app = WSGIHandler()
    schema = schemathesis.openapi.from_wsgi(DOCUMENT, app)
    operations = {
        found.ok().definition.raw["operationId"]: found.ok()
        for found in schema.get_all_operations()
    }
    known = {
        "household_id": [str(world.household.pk), str(world.neighbours.pk)],
        "person_id": [str(world.person(name).pk) for name in ("Awa", "Binta")],
        "membership_id": [str(world.membership(name).pk) for name in ("Awa", "Seydou")],
        "zone_code": ["05010102", "05010101"],
        "name": ["phone", "sex"],
        "import_id": [str(new_id()), str(new_id())],
        "registered_on": ["2026-01-02", "2025-06-30"],
        "on": ["2026-01-02", "2025-06-30"],
    }

    def run(name: str, mode: GenerationMode, examples: int) -> set[int]:
        seen: set[int] = set()
        cases = operations[name].as_strategy(generation_mode=mode)

        @settings(
            max_examples=examples,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=cases, choice=st.integers(0, 2))
        def check(case, choice):
            if mode is GenerationMode.POSITIVE and choice < 2:
                make_likely(case, known, choice)
                if choice == 0 and name in SURE and isinstance(case.body, dict):
                    case.body["changes"] = SURE[name]
            headers = {"Authorization": f"Bearer {caller.token}"} if name != "give_token" else {}
            with transaction.atomic():
                answer = case.call_and_validate(app=app, headers=headers, checks=FIT)
                seen.add(answer.status_code)
                transaction.set_rollback(True)

        check()
        return seen

    return run


def test_every_operation_is_asked():
    assert len(OPERATIONS) == len(set(OPERATIONS)) >= 17


def make_likely(case, known: dict[str, list[str]], choice: int) -> None:
    """Put what exists in the place of what was drawn."""
    case.path_parameters = {place: known[place][choice] for place in case.path_parameters or {}}
    if "If-Match" in (case.headers or {}):
        case.headers["If-Match"] = "*"
    if isinstance(case.body, dict):
        case.body |= {name: known[name][choice] for name in case.body.keys() & known.keys()}
        members = case.body.get("members")
        for number, member in enumerate(members if isinstance(members, list) else []):
            member["relationship"] = "child" if number else "head"
            member.pop("answers", None)


def ask_all(ask, mode: GenerationMode, examples: int) -> dict[str, set[int]]:
    """Ask every operation; all that is wrong is told at the end."""
    seen, wrong = {}, []
    for operation in OPERATIONS:
        try:
            seen[operation] = ask(operation, mode, examples)
        except FailureGroup as failures:
            wrong += [f"{operation}: {failure}" for failure in failures.exceptions]
    assert "\n".join(wrong) == ""
    return seen


def test_answers_are_those_of_the_document(ask):
    seen = ask_all(ask, GenerationMode.POSITIVE, 15)
    # The draws reach the registry itself, not only the door.
    assert {operation for operation, statuses in seen.items() if statuses & {200, 201}} >= {
        *SURE,
        "list_households",
        "list_persons",
        "read_household",
        "read_person",
        "read_variable",
        "read_zone",
        "register_household",
        "set_identifier",
    }


def test_what_the_document_forbids_is_refused(ask):
    seen = ask_all(ask, GenerationMode.NEGATIVE, 15)
    assert all(statuses & {400, 401, 404, 422, 428} for statuses in seen.values())
