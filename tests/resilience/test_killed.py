"""PostgreSQL and the processes that write are killed with -9, again and again: all stays whole."""

import os
import random
import signal
import subprocess
import time
from pathlib import Path

import psycopg
from launcher.processes import read_birth
from launcher.project import PYTHON

from tests.resilience.promises import check_promises

CLERK = Path(__file__).with_name("clerk.py")
ROUNDS = 4


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
        check_promises(connection)
        lines = set(connection.execute("SELECT action, subject_id FROM journal_entry").fetchall())
    assert {(done[what], household) for what, household in said} <= lines
