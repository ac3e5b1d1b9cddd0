"""The web server is killed with -9 while clerks correct households over HTTP: nothing half-done.

In each round first the process that answers, which the server replaces, then the whole server.
"""

import os
import random
import signal
import time
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import psycopg
import pytest
from launcher import machine, processes
from launcher.commands import demo

from tests.resilience.conftest import play
from tests.resilience.desk import Clerk
from tests.resilience.promises import check_promises

CLERKS = 3
ROUNDS = 2
SCENE = """
from django.db import transaction
from gwa.common.scope import everywhere
from gwa.registry.actions import register_household
from gwa.registry.rules.facts import MemberFacts
from gwa.testing.accounts import make_account
from gwa.testing.cast import MOUSSA, facts, interview, place
from gwa.zones.models import Zone
with transaction.atomic(), everywhere():
    sevare = Zone.objects.get(name="Sévaré")
    for number in range(CLERKS):
        make_account("supervisor", sevare.parent, username=f"clerk{number}", has_password=True)
        household = register_household(
            household=place(sevare),
            members=[MemberFacts(person=facts("Awa", "Traoré", "F"), relationship="head")],
            source=interview(),
            actor=MOUSSA,
        )
        print(household.pk)
"""


@pytest.fixture
def desks(env, cluster):
    """A port, and the household that each clerk corrects."""
    port = machine.find_free_port("127.0.0.1", 8200)
    return port, play(SCENE.replace("CLERKS", str(CLERKS)), env).split()


@contextmanager
def serving(cluster, env, port):
    """Run the web server and the worker as the launcher does; give the web server."""
    services = []
    try:
        demo.start_services(services, cluster.state, env, "127.0.0.1", port)
        demo.wait_for_web(services, f"http://127.0.0.1:{port}/")
        yield services[0]
    finally:
        for service in services:
            processes.stop(service)


def wait_for_confirmations(clerks, more):
    wanted = sum(len(clerk.confirmed) for clerk in clerks) + more
    deadline = time.monotonic() + 60
    while sum(len(clerk.confirmed) for clerk in clerks) < wanted:
        assert time.monotonic() < deadline, [clerk.refused[:2] for clerk in clerks]
        time.sleep(0.02)


def children_of(web):
    """Return the processes that answer; the one that the launcher started only watches them."""
    main = web.process.pid
    return [int(pid) for pid in Path(f"/proc/{main}/task/{main}/children").read_text().split()]


def test_nothing_is_half_done_and_nothing_confirmed_is_lost(cluster, env, desks):
    chance = random.Random(11)  # noqa: S311 (a fixed seed)
    port, households = desks
    clerks = [Clerk(number, port, household) for number, household in enumerate(households)]
    for round_ in range(ROUNDS):
        with serving(cluster, env, port) as web:
            for clerk in clerks if round_ == 0 else ():
                clerk.sign_in()
                clerk.start()
            for victim in (*children_of(web), None):
                wait_for_confirmations(clerks, more=CLERKS * 3)
                time.sleep(chance.uniform(0, 0.3))
                if victim:
                    os.kill(victim, signal.SIGKILL)
            os.killpg(web.process.pid, signal.SIGKILL)
    with serving(cluster, env, port):
        wait_for_confirmations(clerks, more=CLERKS)
        for clerk in clerks:
            clerk.stop()

    assert [clerk.refused for clerk in clerks] == [[]] * CLERKS
    assert all(clerk.cut >= ROUNDS for clerk in clerks), "the server was never killed mid-way"
    with psycopg.connect(cluster.url("postgres")) as connection:
        check_promises(connection)
        for clerk in clerks:
            check_story(connection, clerk)


def check_story(connection, clerk):
    """Each correction is whole: one line, one version that holds the address before it."""
    rows = connection.execute(
        "SELECT j.reason, v.row_before->>'address', count(*) OVER (PARTITION BY j.id)"
        " FROM journal_entry j LEFT JOIN registry_version v"
        " ON v.change_id = j.change_id AND v.table_name = 'registry_household'"
        " WHERE j.action = 'registry.household_corrected' AND j.subject_id = %s"
        " AND j.actor_label LIKE %s ORDER BY j.id",
        [clerk.household, f"%{clerk.number}"],
    ).fetchall()
    told = [reason for reason, _, _ in rows]
    assert len(set(told)) == len(told), "a correction was written twice"
    assert set(clerk.confirmed) <= set(told), "a confirmed correction is lost"
    assert [before for _, before, _ in rows] == ["", *told[:-1]]
    assert {versions for _, _, versions in rows} == {1}
    [(address,)] = connection.execute(
        "SELECT address FROM registry_household WHERE id = %s", [clerk.household]
    )
    assert address == told[-1]
    numbers = [int(words.rpartition("-")[2]) for words in told]
    assert all(one < next_ for one, next_ in pairwise(numbers))
