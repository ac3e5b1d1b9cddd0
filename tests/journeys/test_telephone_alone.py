"""A telephone left to itself: nobody touches it, its clock lies, its disk fills up."""

import datetime as dt
from contextlib import suppress

import pytest
from django.db import transaction
from playwright.sync_api import TimeoutError as TookTooLong
from playwright.sync_api import expect
from tests.journeys.telephones import begin, enrol, look, send, touch, unlock

from gwa.common.scope import everywhere
from gwa.submissions.models import DraftCopy, Original, SubmissionFile

pytestmark = pytest.mark.django_db(transaction=True)
pytest_plugins = ["tests.journeys.telephones"]

ALL_THERE = "Tout est au serveur"
FULL = "La mémoire du téléphone est pleine"
CLOCK_IS_WRONG = "L’heure de ce téléphone est fausse"
IS_HELD = """async () => {
    const folder = await navigator.storage.getDirectory()
    const file = await folder.getFileHandle('reserve').catch(() => null)
    return (await file?.getFile())?.size >= 2 ** 23
}"""


def test_it_locks_when_nobody_touches_it_and_knows_when_its_clock_lies(telephone, scene):
    page = telephone()
    clock = page.context.clock
    clock.install()
    enrol(page, scene)

    clock.fast_forward("02:15")
    unlock(page)
    begin(page, scene.places.sevare.name)
    page.get_by_label("Chef du ménage").fill("Awa Diarra")
    clock.run_for(1000)
    clock.fast_forward("09:00")
    expect(page.get_by_label("Chef du ménage")).to_have_value("Awa Diarra")
    clock.fast_forward("02:00")
    unlock(page)
    expect(page.get_by_label("Chef du ménage")).to_have_value("Awa Diarra")

    # One interview, two windows: the second says so and changes nothing.
    other = page.context.new_page()
    other.goto("/collecte/")
    unlock(other)
    expect(other.get_by_role("alert")).to_contain_text("ouvert dans une autre fenêtre")
    look(other, "two-windows")
    other.close()
    touch(page, "Fermer")

    now = dt.datetime.now(dt.UTC)
    clock.set_system_time(now - dt.timedelta(days=3))
    page.reload()
    unlock(page)
    expect(page.get_by_role("alert")).to_contain_text(CLOCK_IS_WRONG)
    look(page, "clock-behind")

    page.context.set_offline(True)
    clock.set_system_time(now + dt.timedelta(days=400))
    page.reload()
    unlock(page)
    page.get_by_role("heading", name="Trop longtemps sans contact").wait_for()
    look(page, "away-too-long")
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_contain_text(CLOCK_IS_WRONG)
    look(page, "clock-ahead")

    # Set right again, what was changed under the lying clock is still copied to the server.
    page.get_by_role("button", name="Awa Diarra").click()
    page.get_by_label("Chef du ménage").fill("Awa Diarra Tall")
    touch(page, "Fermer")
    clock.set_system_time(dt.datetime.now(dt.UTC))
    send(page)
    expect(page.get_by_text(ALL_THERE)).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    with transaction.atomic(), everywhere():
        [draft] = DraftCopy.objects.all()
    assert b"Awa Diarra Tall" in draft.xml


def test_a_full_disk_is_said_and_costs_nothing(telephone, scene, live_server):
    page = telephone()
    disk = Disk(page, live_server.url)
    enrol(page, scene)
    village = scene.places.sevare.name

    # What was held back is given up for the answers; from then on one is warned.
    page.wait_for_function(IS_HELD)
    disk.fill()
    begin(page, village)
    page.get_by_label("Chef du ménage").fill("Bakary Keïta")
    for _question in ("Chef", "Adresse", "Photo"):
        touch(page, "Suivant")
    finish_as_room_is_counted(page)
    expect(page.get_by_role("alert")).to_contain_text("La mémoire est presque pleine")
    look(page, "nearly-full")

    begin(page, village)
    page.get_by_label("Chef du ménage").fill("Awa Diarra")
    touch(page, "Suivant")
    page.wait_for_timeout(500)
    disk.fill()
    page.get_by_label("Adresse").fill("Près du puits")
    touch(page, "Suivant")
    expect(page.get_by_role("alert")).to_contain_text(FULL)
    look(page, "full")
    touch(page, "Prendre la photo")
    touch(page, "Photographier")
    touch(page, "Suivant")
    touch(page, "Terminer l’entretien")
    expect(page.get_by_role("button", name="Terminer l’entretien")).to_be_enabled()
    expect(page.get_by_role("alert")).to_contain_text(FULL)
    look(page, "full-at-the-end")

    disk.make_room()
    touch(page, "Essayer de nouveau")
    expect(page.get_by_role("alert")).to_have_count(0)
    touch(page, "Précédent")
    touch(page, "Prendre la photo")
    touch(page, "Photographier")
    page.get_by_role("button", name="Reprendre la photo").wait_for()
    touch(page, "Suivant")
    page.context.set_offline(True)
    touch(page, "Terminer l’entretien")
    touch(page, "Terminé, retour")

    # What is finished leaves a full telephone all the same; only the telephone cannot note it.
    disk.fill()
    page.context.set_offline(False)
    page.get_by_text(FULL).wait_for()
    look(page, "sent-when-full")
    with transaction.atomic(), everywhere():
        words = [bytes(original.xml).decode() for original in Original.objects.all()]
        [photo] = SubmissionFile.objects.exclude(name="audit.csv")
    assert sum("Awa Diarra" in one and "Près du puits" in one for one in words) == 1
    assert photo.stored
    page.reload()
    unlock(page)
    expect(page.get_by_role("alert")).to_contain_text(FULL)
    look(page, "full-at-the-door")
    disk.make_room()
    unlock(page)
    expect(page.get_by_text(ALL_THERE)).to_be_visible()


def finish_as_room_is_counted(page):
    """Finish: a browser may need half a minute to count the room that was given back."""
    done = page.get_by_role("button", name="Terminé, retour")
    for _try in range(8):
        touch(page, "Terminer l’entretien")
        with suppress(TookTooLong):
            done.wait_for(timeout=5000)
            break
    done.click()


class Disk:
    """The room that the browser gives to the application, from its first visit on.

    A browser counts what is written against what it knew of the room up to half a minute ago: the
    room must never have been large, and is used up for others.
    """

    ROOM = 2**24
    FILL = """async () => {
        const base = await new Promise(done => {
            const opening = indexedDB.open('others')
            opening.onupgradeneeded = () => opening.result.createObjectStore('all')
            opening.onsuccess = () => done(opening.result)
        })
        const put = size => new Promise(done => {
            const whole = new Uint8Array(size)
            for (let at = 0; at < size; at += 65536)
                crypto.getRandomValues(whole.subarray(at, at + 65536))
            const writing = base.transaction('all', 'readwrite', {durability: 'strict'})
            writing.objectStore('all').put(whole, crypto.randomUUID())
            writing.oncomplete = () => done(true)
            writing.onabort = () => done(false)
        })
        for (let size = 524288; size > 64; size /= 2) while (await put(size));
        base.close()
    }"""

    def __init__(self, page, origin):
        self.page, self.origin, self.size = page, origin, self.ROOM
        self.browser = page.context.new_cdp_session(page)
        self.make_room()

    def fill(self):
        """Leave no room at all."""
        self.page.evaluate(self.FILL)

    def make_room(self):
        """Give some room again, as when somebody deletes pictures."""
        self.size += self.ROOM
        told = {"origin": self.origin, "quotaSize": self.size}
        self.browser.send("Storage.overrideQuotaForOrigin", told)
