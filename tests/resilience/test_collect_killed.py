"""Telephones send interviews with photos while web server, worker and database are killed with -9.

Each interview is in the registry, once, with its photo. A thousand of them:
`GWA_TEST_INTERVIEWS=1000 ./gwa test tests/resilience/test_collect_killed.py`.
"""

import http.client
import os
import queue
import signal
import threading
import time
from random import Random

import psycopg
import pytest
from launcher import machine, processes
from launcher.commands import demo

from gwa.testing import team
from gwa.testing.accounts import PASSWORD
from gwa.testing.collect import Collect, write_form
from tests.resilience.conftest import play
from tests.resilience.promises import check_promises
from tests.resilience.test_killed import kill_postgres
from tests.resilience.test_web_killed import children_of
from tests.resilience.test_worker_killed import THIRTY_SECONDS_LATER

INTERVIEWS = int(os.environ.get("GWA_TEST_INTERVIEWS", "60"))
PHONES = 4
DEATHS = max(5, INTERVIEWS // 60)
VICTIMS = ("web", "worker", "database", "a process that answers", "everything")
NOTHING_WAITS = """
SELECT NOT EXISTS (SELECT FROM submissions_submission WHERE status = 'received')
AND NOT EXISTS (SELECT FROM submissions_submissionfile WHERE document_id IS NULL AND refusal = '')
"""
# Then the clock queues what a death left without a job: see `gwa.submissions.upkeep`.
A_QUARTER_OF_AN_HOUR_LATER = """
UPDATE submissions_submission SET received_at = received_at - interval '16 minutes',
    processed_at = processed_at - interval '16 minutes';
UPDATE submissions_submissionfile SET received_at = received_at - interval '16 minutes'
"""
CLOCK = "from gwa.submissions.upkeep import queue_forgotten; queue_forgotten()"
PATIENCE = 240 + INTERVIEWS
SCENE = f"""
from gwa.testing.demo import load_first_dictionary
from gwa.testing.team import send_out
from django.db import transaction
from gwa.common.scope import everywhere
with transaction.atomic(), everywhere():
    load_first_dictionary()
team = send_out({PHONES})
print(*team.tokens)
print(*team.places)
"""


class Phone(threading.Thread):
    """Sends what the team still has, each interview until the server has acknowledged it."""

    def __init__(self, number, token, port, waiting, photo):
        super().__init__(daemon=True)
        self.number, self.token, self.port = number, token, port
        self.waiting, self.photo = waiting, photo
        self.received, self.refused, self.cut = [], [], 0

    def run(self):
        """Send until nothing is left."""
        collect = self.connect()
        while True:
            try:
                place, interview = self.waiting.get_nowait()
            except queue.Empty:
                return
            while True:
                try:
                    status = self.send(collect, place, interview)
                except (OSError, http.client.HTTPException):
                    status = 0
                if status == 201:
                    self.received.append(interview)
                    break
                if 0 < status < 500:
                    self.refused.append((interview.instance_id, status))
                    break
                self.cut += 1
                time.sleep(0.2)
                collect = self.connect()

    def connect(self):
        """Open a connection: the first telephone signs in by password, the others by token."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        if self.number == 0:
            return Collect(connection, "/openrosa", login=("equipe0", PASSWORD))
        return Collect(connection, f"/openrosa/key/{self.token}")

    def send(self, collect, place, interview):
        """Send one interview; some in two parts, some in chunks, some once more at the end."""
        xml, files = interview.write(), {team.PHOTO: self.photo}
        told = collect.offer()
        if told.status != 204:
            return told.status
        if place % 5 == 1:
            first = collect.post(xml, {}, is_partial=True)
            if first.status != 201:
                return first.status
            return collect.post(xml, files).status
        if place % 5 == 2:
            kind, body = write_form(xml, files)
            blocks = iter([body[:5000], body[5000:]])
            return collect.ask("POST", "submission", blocks, {"Content-Type": kind}).status
        answer = collect.submit(xml, files)
        if place % 5 == 3 and answer.status == 201:
            answer = collect.submit(xml, files)
        return answer.status


class Server:
    """The web server, the worker and the database, to be killed and started again."""

    def __init__(self, cluster, env, port):
        self.cluster, self.env, self.port = cluster, env, port
        self.web = demo.start_web(cluster.state, env, "127.0.0.1", port)
        self.worker = demo.start_worker(cluster.state, env)

    def kill(self, what):
        """Kill with -9, then start what is dead, as systemd does."""
        if what == "a process that answers":
            os.kill(children_of(self.web)[0], signal.SIGKILL)
        for service in (self.web, self.worker):
            if what in (service.name, "everything"):
                os.killpg(service.process.pid, signal.SIGKILL)
                service.process.wait()
        if what in ("database", "everything"):
            kill_postgres(self.cluster)
            self.cluster.start()
        self.revive()

    def revive(self):
        """Start what is dead."""
        if not self.web.is_alive():
            self.web = demo.start_web(self.cluster.state, self.env, "127.0.0.1", self.port)
        if not self.worker.is_alive():
            self.worker = demo.start_worker(self.cluster.state, self.env)

    def stop(self):
        """End both."""
        processes.stop(self.web)
        processes.stop(self.worker)


@pytest.fixture
def server(cluster, env):
    """Everything runs, and the team is sent out."""
    tokens, places = (line.split() for line in play(SCENE, env).splitlines())
    server = Server(cluster, env, machine.find_free_port("127.0.0.1", 8500))
    server.tokens, server.places = tokens, places
    try:
        demo.wait_for_web([server.web], f"http://127.0.0.1:{server.port}/")
        yield server
    finally:
        server.stop()


def send_while_killing(server, interviews, photo):
    """Let the telephones send everything; kill after each part of it. Return the telephones."""
    waiting = queue.SimpleQueue()
    for numbered in enumerate(interviews):
        waiting.put(numbered)
    phones = [
        Phone(number, token, server.port, waiting, photo)
        for number, token in enumerate(server.tokens)
    ]
    for phone in phones:
        phone.start()
    chance = Random(5)  # noqa: S311 (a fixed seed)
    for death in range(DEATHS):
        wanted = (death + 1) * INTERVIEWS // (DEATHS + 1)
        wait_for(lambda wanted=wanted: count(phones) >= wanted, server, f"{wanted} received")
        time.sleep(chance.uniform(0, 0.3))
        server.kill(VICTIMS[death % len(VICTIMS)])
    for phone in phones:
        phone.join(timeout=PATIENCE)
    return phones


def count(phones):
    return sum(len(phone.received) for phone in phones)


def wait_for(is_so, server, what):
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, f"waited in vain for: {what}"
        server.revive()
        time.sleep(0.05)


def test_each_interview_is_in_the_registry_once_with_its_photo(server, cluster):
    interviews = team.draw_interviews(INTERVIEWS, server.places, seed=3)
    phones = send_while_killing(server, interviews, team.draw_photo(1, side=256))

    assert [phone.refused for phone in phones] == [[]] * PHONES
    assert sum(phone.cut for phone in phones) > 0, "nobody was ever cut"
    assert count(phones) == INTERVIEWS
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as database:
        database.execute(THIRTY_SECONDS_LATER)
        database.execute(A_QUARTER_OF_AN_HOUR_LATER)
        play(CLOCK, server.env)
        wait_for(lambda: database.execute(NOTHING_WAITS).fetchone()[0], server, "the registry")
        check_registry(database, interviews)
        check_promises(database)


def check_registry(database, interviews):
    """Nothing is missing, nothing is there twice, nothing waits for a person."""

    def ask(query):
        return database.execute(query).fetchall()

    assert ask("SELECT status, queue, count(*) FROM submissions_submission GROUP BY 1, 2") == [
        ("accepted", "", INTERVIEWS)
    ]
    told = {(one.instance_id, one.household_id) for one in interviews}
    rows = ask("SELECT instance_id, household_id::text FROM submissions_submission")
    assert len(rows) == INTERVIEWS
    assert set(rows) == told
    households = [key for (key,) in ask("SELECT id::text FROM registry_household")]
    assert sorted(households) == sorted(one.household_id for one in interviews)
    persons = [key for (key,) in ask("SELECT id::text FROM registry_person")]
    assert sorted(persons) == sorted(one.id for two in interviews for one in two.members)
    assert ask("SELECT count(*), count(DISTINCT household_id) FROM registry_document") == [
        (INTERVIEWS, INTERVIEWS)
    ]
    once = "SELECT count(*), count(DISTINCT subject_id) FROM journal_entry WHERE action = "
    for action in ("submissions.received", "submissions.accepted"):
        assert ask(f"{once}'{action}'") == [(INTERVIEWS, INTERVIEWS)]
