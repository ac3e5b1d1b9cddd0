"""PostgreSQL and the processes that write are killed with -9, again and again: nothing half-done.

The database is a private one of its own, with fsync, as an installation has.
"""

import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psycopg
import pytest
from launcher import environment, postgres
from launcher.environment import Addresses
from launcher.processes import read_birth
from launcher.project import PYTHON

CLERK = Path(__file__).with_name("clerk.py")
ROUNDS = 4
# What must hold whatever was killed; each query names what is broken, and must find nothing.
PROMISES = {
    "a household without exactly one head": """
        SELECT h.id FROM registry_household h
        LEFT JOIN registry_membership m ON m.household_id = h.id AND m.is_head
        GROUP BY h.id HAVING count(m.id) <> 1""",
    "a person without a membership": """
        SELECT p.id FROM registry_person p WHERE NOT EXISTS (
            SELECT FROM registry_membership m WHERE m.person_id = p.id)""",
    "a person whom the search does not know": """
        SELECT p.id FROM registry_person p WHERE NOT EXISTS (
            SELECT FROM registry_personname n WHERE n.person_id = p.id)""",
    "a change of rows without its journal line": """
        SELECT v.change_id FROM registry_version v WHERE NOT EXISTS (
            SELECT FROM journal_entry j WHERE j.change_id = v.change_id)""",
    "a journal line without the rows it tells of": """
        SELECT j.id, j.action FROM journal_entry j WHERE j.action LIKE 'registry.%' AND NOT EXISTS (
            SELECT FROM registry_version v WHERE v.change_id = j.change_id)""",
    "a correction half made": """
        SELECT j.id FROM journal_entry j
        WHERE j.action = 'registry.member_added' AND (
            SELECT count(*) FROM registry_version v WHERE v.change_id = j.change_id
            AND v.operation = 'I' AND v.table_name IN ('registry_person', 'registry_membership')
        ) <> 2""",
}


@pytest.fixture
def cluster(tmp_path_factory):
    """A private PostgreSQL with the product's tables and the tiny geography."""
    state = tmp_path_factory.mktemp("killed")
    state.chmod(0o755)
    cluster = postgres.Cluster(state, ("max_connections=40", "shared_buffers=64MB"))
    cluster.make()
    cluster.start()
    yield cluster
    cluster.stop()
    shutil.rmtree(cluster.home)


def addresses_of(cluster):
    return Addresses(*(cluster.url(role) for role in ("gwa_app", "gwa_owner", "gwa_backup")))


@pytest.fixture
def env(cluster):
    addresses = addresses_of(cluster)
    env = environment.for_django("test", cluster.state, addresses)
    environment.manage("migrate", env=environment.as_owner(env, addresses))
    scene = "import django; django.setup(); from gwa.testing.places import make_places as m; m()"
    subprocess.run([PYTHON, "-c", scene], env=env, check=True)  # noqa: S603 (our own words)
    return env


def start_clerk(env, seed, log):
    return subprocess.Popen(  # noqa: S603 (our own program)
        [PYTHON, CLERK, str(seed)], env=env, stdout=log, stderr=subprocess.DEVNULL
    )


def kill_postgres(cluster):
    """Kill the server and every process of it, as a power cut does."""
    file = cluster.home / "data" / "postmaster.pid"
    main = int(file.read_text().splitlines()[0])
    children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
    for pid in (main, *map(int, children)):
        os.kill(pid, signal.SIGKILL)
    while any(read_birth(pid) for pid in (main, *map(int, children))):
        time.sleep(0.02)


def wait_until_busy(log, size):
    deadline = time.monotonic() + 60
    while log.stat().st_size <= size and time.monotonic() < deadline:
        time.sleep(0.02)
    assert log.stat().st_size > size, "no clerk got anything confirmed"


def confirmed(log):
    """Return what the clerks were told is safe: households by kind of action."""
    lines = [line.split() for line in log.read_text().splitlines() if line.count(" ") == 1]
    return [(what, household) for what, household in lines if len(household) == 36]


def test_nothing_is_half_done_and_nothing_confirmed_is_lost(cluster, env, tmp_path):
    chance = random.Random(7)  # noqa: S311 (a fixed seed)
    log = tmp_path / "confirmed"
    with log.open("ab") as output:
        for round_ in range(ROUNDS):
            size = log.stat().st_size
            clerks = [start_clerk(env, round_ * 10 + i, output) for i in range(2)]
            wait_until_busy(log, size)
            time.sleep(chance.uniform(0.2, 1.2))
            if round_ % 2:
                clerks[0].kill()
            else:
                kill_postgres(cluster)
            time.sleep(0.1)
            for clerk in clerks:
                clerk.kill()
                clerk.wait()
            cluster.start()

    said = confirmed(log)
    assert len(said) > ROUNDS * 3
    done = {
        "registered": "registry.household_registered",
        "added": "registry.member_added",
        "corrected": "registry.household_corrected",
    }
    with psycopg.connect(cluster.url("postgres")) as connection:
        for broken, query in PROMISES.items():
            assert connection.execute(query).fetchall() == [], broken
        lines = set(connection.execute("SELECT action, subject_id FROM journal_entry").fetchall())
    assert {(done[what], household) for what, household in said} <= lines
