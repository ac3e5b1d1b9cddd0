"""The desk is killed while it registers: the sheet is whole, and sent again it registers once."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import transaction

from gwa.collection.tests.desk_scene import CHILD, HEAD, WIFE, sit_down
from gwa.common.scope import everywhere
from gwa.journal.models import Entry
from gwa.registry.models import Household, Person
from gwa.testing.accounts import browser_of, make_account
from gwa.testing.cast import make_cast
from gwa.testing.demo import load_first_dictionary
from gwa.testing.places import make_places

pytestmark = pytest.mark.django_db(transaction=True)

# Posts the last step as a browser does, in a process of its own, and waits inside the transaction
# after everything was written and before it is confirmed.
SENDER = """
import sys, time
import django
django.setup()
from django.contrib.auth import get_user_model
from django.test import Client
from gwa.collection.views.desk import check

forget = check.forget_draft

def stop(**kept):
    print("written", flush=True)
    time.sleep(float(sys.argv[3]))
    forget(**kept)

check.forget_draft = stop
client = Client(SERVER_NAME="localhost")
client.force_login(get_user_model().objects.get(username=sys.argv[1]))
client.post(sys.argv[2], {"register": "1"})

"""


@pytest.fixture
def desk(transactional_db):
    with transaction.atomic(), everywhere():
        load_first_dictionary()
        cast = make_cast(make_places())
        agent = make_account("commune_agent", cast.places.socoura, username="agent")
    return sit_down(browser_of(agent), agent, cast)


def registered(desk) -> int:
    with transaction.atomic(), everywhere():
        lines = Entry.objects.filter(
            action="registry.household_registered", subject_id=str(desk.id)
        ).count()
        rows = Household.objects.filter(pk=desk.id).count()
        assert lines == rows
        assert Person.objects.filter(given_name="Assitan").count() == rows
        return rows


def send_apart(desk, seconds: float) -> "subprocess.Popen[str]":
    """Send the last step from another process, which stops before it confirms."""
    sender = subprocess.Popen(  # noqa: S603 (our own words)
        [sys.executable, "-c", SENDER, "agent", desk.url("check"), str(seconds)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path.cwd() / "src")},
        text=True,
    )
    assert sender.stdout is not None
    assert sender.stdout.readline().strip() == "written"
    return sender


def test_two_at_once_register_once(desk):
    desk.fill(HEAD, WIFE, CHILD)
    sender = send_apart(desk, 1.5)
    answer = desk.register()
    assert sender.wait() == 0
    assert answer["Location"] == f"/households/{desk.id}/"
    assert registered(desk) == 1


def test_killed_before_it_was_confirmed_nothing_entered_and_nothing_is_lost(desk):
    desk.fill(HEAD, WIFE, CHILD)
    before = desk.told()
    sender = send_apart(desk, 60)
    os.kill(sender.pid, signal.SIGKILL)
    sender.wait()
    assert registered(desk) == 0
    assert desk.told() == before
    assert desk.register().status_code == 302
    assert registered(desk) == 1
    assert desk.register()["Location"] == f"/households/{desk.id}/"
    assert registered(desk) == 1
