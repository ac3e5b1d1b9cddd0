"""The telephone's browser dies at any moment: only the answer being typed is lost, nothing twice.

Two hundred deaths: `GWA_TEST_DEATHS=200 ./gwa test tests/journeys/test_telephone_killed.py`.
"""

import contextlib
import os
import re
import signal
import subprocess
import threading
from collections import Counter
from random import Random

import pytest
from django.db import transaction
from playwright.sync_api import Error
from tests.journeys.telephones import PIN, enrol, touch

from gwa.common.scope import everywhere
from gwa.submissions.models import Original, Submission, SubmissionFile

pytestmark = pytest.mark.django_db(transaction=True)
pytest_plugins = ["tests.journeys.telephones"]

DEATHS = int(os.environ.get("GWA_TEST_DEATHS", "5"))
SOONEST, LATEST = 0.5, 7.0
DRAFTS = "Commencés"
# What was answered longer ago than this is on the disk.
KEPT_AFTER_MS = 1000


class Hand:
    """Holds one interview after another, from whatever the screen shows."""

    def __init__(self, village):
        self.village = village
        self.number, self.promised, self.has_enough = 1, {}, False
        # The first sign that stands on the screen tells what to do.
        self.steps = {
            "Votre code": self.open,
            "Terminé, retour": self.leave_receipt,
            "Chef du ménage": lambda page: self.answer(page, "Chef du ménage", self.head),
            "Adresse": lambda page: self.answer(page, "Adresse", f"Près du puits {self.number}"),
            "Photographier": self.take_photo,
            "Reprendre la photo": self.keep_photo,
            "Prendre la photo": self.aim,
            "Terminer l’entretien": self.finish,
            "Nouvel entretien": self.choose,
            "nouveau ménage": self.begin,
            "Village": lambda page: touch(page, "Suivant"),
        }

    @property
    def head(self):
        return f"Chef {self.number} Tall"

    def go_on(self, page):
        """Do the next thing that the screen asks."""
        screen = page.locator("body").inner_text()
        step = next((step for sign, step in self.steps.items() if sign in screen), None)
        if step is not None:
            step(page)
        page.wait_for_timeout(100)

    def open(self, page):
        page.get_by_label("Votre code").fill(PIN)
        page.get_by_label("Votre code").wait_for(state="detached")

    def leave_receipt(self, page):
        self.number += 1
        touch(page, "Terminé, retour")

    def take_photo(self, page):
        touch(page, "Photographier")
        page.get_by_role("button", name="Reprendre la photo").wait_for()

    def keep_photo(self, page):
        page.wait_for_timeout(KEPT_AFTER_MS)
        self.promised[self.number, "Photo"] = True
        touch(page, "Suivant")

    def aim(self, page):
        assert (self.number, "Photo") not in self.promised, f"photo {self.number} was lost"
        touch(page, "Prendre la photo")

    def finish(self, page):
        touch(page, "Terminer l’entretien")
        page.get_by_text("est terminé").wait_for()

    def begin(self, page):
        page.get_by_label("Village").select_option(label=self.village)
        touch(page, "nouveau ménage")
        page.get_by_role("button", name="Suivant").wait_for()

    def answer(self, page, label, words):
        """Answer a question, or find the answer that was promised to be kept."""
        field, key = page.get_by_label(label), (self.number, label)
        if key in self.promised:
            assert field.input_value() == words, f"{key} was lost"
        field.fill(words)
        page.wait_for_timeout(KEPT_AFTER_MS)
        self.promised[key] = words
        touch(page, "Suivant")

    def choose(self, page):
        """Go on with the draft where there is one, else begin the next interview, or send."""
        drafts = page.locator("section", has_text=DRAFTS).get_by_role("button")
        if drafts.count():
            drafts.first.click()
            page.get_by_role("button", name="Suivant").wait_for()
        elif self.head in page.locator("body").inner_text():
            self.number += 1  # finished; its receipt died before anybody read it
        elif self.has_enough:
            touch(page, "Envoyer maintenant")
        else:
            touch(page, "Nouvel entretien")


def kill(profile):
    """Kill the browser of this profile and all its processes, as a system short of memory does."""
    found = subprocess.run(["pgrep", "-f", str(profile)], capture_output=True, text=True)  # noqa: S603, S607
    for process in found.stdout.split():
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(process), signal.SIGKILL)


def live_until_killed(start, hand, seconds):
    """Let the hand go on until the browser dies under it."""
    page = start()
    death = threading.Timer(seconds, kill, [start.profile])
    death.start()
    try:
        page.goto("/collecte/")
        while True:
            hand.go_on(page)
    except Error:
        # Between two steps a browser that is killed looks like a page that is gone.
        death.join()


def test_a_browser_killed_at_any_moment_loses_nothing_and_sends_nothing_twice(telephone, scene):
    page = telephone()
    enrol(page, scene)
    page.context.close()
    hand = Hand(scene.places.sevare.name)
    draw = Random(DEATHS)  # noqa: S311 (the same deaths each time)
    for _ in range(DEATHS):
        live_until_killed(telephone, hand, draw.uniform(SOONEST, LATEST))
    page = telephone()
    page.goto("/collecte/")
    while not (hand.has_enough and "Tout est au serveur" in page.locator("body").inner_text()):
        hand.go_on(page)
        hand.has_enough = hand.number > 1
    with transaction.atomic(), everywhere():
        sent = list(Submission.objects.all())
        words = [bytes(Original.objects.get(pk=one.pk).xml).decode() for one in sent]
        missing = SubmissionFile.objects.filter(stored="").count()
        photos = SubmissionFile.objects.exclude(name="audit.csv").count()
    wanted = [f"Chef {n} Tall / Près du puits {n}" for n in range(1, hand.number)]
    assert Counter(map(read_answers, words)) == Counter(wanted)
    assert (photos, missing) == (len(wanted), 0)


def read_answers(xml):
    """The head and the address of an interview."""
    return " / ".join(re.findall(r"<(?:head|address)>([^<]*)<", xml))
