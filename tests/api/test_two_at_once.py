"""Two calls at the same moment, each in its own connection: done once, corrected once."""

import threading

import pytest
from django.db import connections, transaction

from gwa.common.scope import everywhere
from gwa.registry.models import Person, Statement
from gwa.testing.cast import make_cast
from gwa.testing.machines import Caller, make_machine
from gwa.testing.places import make_places

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    with transaction.atomic(), everywhere():
        return make_cast(make_places())


@pytest.fixture
def caller(world) -> Caller:
    with transaction.atomic(), everywhere():
        return make_machine()


def at_once(*calls):
    """Let the calls start together; return their answers."""
    barrier = threading.Barrier(len(calls))
    answers = [None] * len(calls)

    def run(place, call):
        barrier.wait()
        try:
            answers[place] = call()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def twin(caller: Caller) -> Caller:
    """The same machine in another process."""
    return Caller(caller.machine, caller.secret, token=caller.token)


def test_the_same_write_sent_twice_at_once_is_done_once(caller):
    body = {
        "zone_code": "05010101",
        "registered_on": "2026-01-02",
        "members": [
            {"given_name": "Fanta", "family_name": "Diop", "sex": "F", "relationship": "head"}
        ],
    }
    callers = [caller, *(twin(caller) for _ in range(3))]
    answers = at_once(*(lambda one=one: one.post("/households", body, key="k") for one in callers))
    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.content for answer in answers}) == 1
    replays = [answer.headers.get("Idempotency-Replayed") for answer in answers]
    assert replays.count("true") == 3
    with transaction.atomic(), everywhere():
        assert Person.objects.filter(given_name="Fanta").count() == 1


def test_of_two_corrections_from_one_state_one_is_done(caller, world):
    address = f"/households/{world.household.pk}"
    tag = caller.get(address).headers["ETag"]

    def correct(one, words):
        return one.patch(address, {"changes": {"address": words}, "reason": "visite"}, tag=tag)

    answers = at_once(
        lambda: correct(caller, "près du puits"), lambda: correct(twin(caller), "près de l'école")
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    won = next(answer.json()["address"] for answer in answers if answer.status_code == 200)
    assert caller.get(address).json()["address"] == won
    with transaction.atomic(), everywhere():
        said = Statement.objects.filter(subject_id=world.household.pk, field="address")
        assert said.filter(is_in_force=True).count() == 1
        assert said.count() == 2  # the interview's word, and one correction
