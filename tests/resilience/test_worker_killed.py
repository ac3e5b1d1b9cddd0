"""The worker is killed with -9 in the middle of a job: another one takes the job up again."""

import os
import signal
import time

import psycopg
import pytest
from launcher import machine, processes
from launcher.commands import demo

from tests.resilience.conftest import play
from tests.resilience.promises import check_promises

SCENE = """
from django.db import transaction
from gwa.common.scope import everywhere
from gwa.registry.actions import register_household
from gwa.registry.rules.facts import MemberFacts
from gwa.testing.cast import MOUSSA, facts, interview, place
from gwa.zones.models import Zone
with transaction.atomic(), everywhere():
    for name in ("Awa", "Binta", "Kadia"):
        register_household(
            household=place(Zone.objects.get(name="Sévaré")),
            members=[MemberFacts(person=facts(name, "Traoré", "F"), relationship="head")],
            source=interview(),
            actor=MOUSSA,
        )
"""
REBUILD = "from gwa.registry.tasks import rebuild_search; rebuild_search.defer()"
LOCKS = "SELECT FROM pg_locks WHERE relation = 'registry_searchword'::regclass"
# The rescue passes each minute; the rest is for the worker to start and for the job.
PATIENCE = 60 + 30
# The 30 s after which a worker without heartbeat is taken for dead, without sitting through them.
THIRTY_SECONDS_LATER = (
    "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '31 s'"
)


@pytest.fixture
def worker(cluster, env):
    """Start a worker as the launcher does, as often as asked."""
    services = []

    def start():
        port = machine.find_free_port("127.0.0.1", 8300)
        demo.start_services(services, cluster.state, env, "127.0.0.1", port)
        return services[-1]

    yield start
    for service in services:
        processes.stop(service)


def wait_until(question, connection, seconds=30):
    deadline = time.monotonic() + seconds
    while not connection.execute(question).fetchone()[0]:
        assert time.monotonic() < deadline, f"waited in vain for: {question}"
        time.sleep(0.1)


def test_an_interrupted_job_leaves_nothing_half_done_and_is_taken_up_again(cluster, env, worker):
    play(SCENE, env)
    server = psycopg.connect(cluster.url("postgres"), autocommit=True)
    indexed = server.execute("SELECT count(*) FROM registry_personname").fetchone()[0]
    # What the job must mend, so that its work can be seen.
    server.execute(
        "DELETE FROM registry_personname WHERE person_id ="
        " (SELECT person_id FROM registry_personname LIMIT 1)"
    )
    left = server.execute("SELECT count(*) FROM registry_personname").fetchone()[0]
    assert (indexed, left) == (3, 2)

    with psycopg.connect(cluster.url("postgres")) as holder:
        # The job empties two tables, then waits here: the very middle.
        holder.execute("LOCK TABLE registry_searchword IN ACCESS EXCLUSIVE MODE")
        play(REBUILD, env)
        killed = worker()
        wait_until(f"SELECT EXISTS ({LOCKS} AND NOT granted)", server)
        os.killpg(killed.process.pid, signal.SIGKILL)
        killed.process.wait()
    jobs = "SELECT status, attempts FROM procrastinate_jobs WHERE task_name LIKE '%rebuild_search'"
    wait_until(f"SELECT NOT EXISTS ({LOCKS})", server)
    assert server.execute("SELECT count(*) FROM registry_personname").fetchone()[0] == left
    assert server.execute(jobs).fetchall() == [("doing", 0)]

    server.execute(THIRTY_SECONDS_LATER)
    worker()

    done = "SELECT count(*) = 1 FROM procrastinate_jobs WHERE task_name LIKE '%rebuild_search' "
    wait_until(done + "AND status = 'succeeded'", server, PATIENCE)
    assert server.execute(jobs).fetchall() == [("succeeded", 2)]
    assert server.execute("SELECT count(*) FROM registry_personname").fetchone()[0] == indexed
    check_promises(server)
    server.close()
