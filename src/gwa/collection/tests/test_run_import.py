"""The job: stopped, resumed, killed, two at once; a list is always whole, and never twice."""

import os
import subprocess
import sys
import threading
import time

import pytest
from django.db import connection, transaction

from gwa.collection.actions import cancel_import, resume_import
from gwa.collection.intake import job
from gwa.collection.models import Import
from gwa.collection.tests.conftest import FATOU, HOUSEHOLDS, MAPPING, PERSONS, as_csv, everything
from gwa.collection.upkeep import resume_interrupted
from gwa.common.scope import everywhere
from gwa.registry.models import Household, Membership, Person

WORK = """
import sys, uuid, django
django.setup()
from gwa.collection.intake.job import run_import
run_import(uuid.UUID(sys.argv[1]))
"""
MANY = 120


def many(count=MANY, prefix="H"):
    """Households of two, their members in another order than they."""
    homes = [[f"{prefix}{n}", "05010101", f"porte {n}", str(n % 9 + 1)] for n in range(count)]
    people = []
    for n in range(count):
        people.append([f"{prefix}{n}", f"Awa {n}", "Traoré", "F", "1984", "chef", "", ""])
        people.append([f"{prefix}{n}", f"Binta {n}", "Diarra", "F", "2010", "fille", "", ""])
    return homes, people[::-1]


def begin(lists, homes, people, chunks=30):
    """A list that was started, to be entered in so many chunks."""
    made = lists.upload(
        ("menages.csv", as_csv(HOUSEHOLDS, homes)), ("personnes.csv", as_csv(PERSONS, people))
    )
    lists.start(made, MAPPING)
    with transaction.atomic(), everywhere():
        Import.objects.filter(pk=made.pk).update(chunks_total=chunks)
    return made


def seen(made):
    with transaction.atomic(), everywhere():
        made.refresh_from_db()
    return made


def totals():
    with transaction.atomic(), everywhere():
        heads = Membership.objects.filter(is_head=True).count()
        return Household.objects.count(), Person.objects.count(), heads


def test_a_stopped_import_goes_on_where_it_ended(lists, monkeypatch):
    made = begin(lists, *many())
    enter, entered = job._try_chunk, []

    def stop_after_three(*args):
        if len(entered) == 3:
            with transaction.atomic(), everywhere():
                cancel_import(of_import=made, actor=FATOU)
        entered.append(args[1])
        return enter(*args)

    monkeypatch.setattr(job, "_try_chunk", stop_after_three)
    job.run_import(made.pk)
    monkeypatch.undo()
    assert (seen(made).status, made.chunks_done) == (Import.Status.CANCELLED, 3)
    assert 0 < totals()[0] < MANY
    with transaction.atomic(), everywhere():
        resume_import(of_import=made, actor=FATOU)
    job.run_import(made.pk)
    assert seen(made).status == Import.Status.DONE
    assert totals() == (MANY, 2 * MANY, MANY)
    assert made.counts["households_registered"] == MANY


def start_worker(made, settings):
    env = {**os.environ, "GWA_STATE_DIR": str(settings.MEDIA_ROOT.parent)}
    return subprocess.Popen([sys.executable, "-c", WORK, str(made.pk)], env=env)  # noqa: S603


def test_killed_in_the_middle_it_goes_on_and_nothing_is_twice(lists, settings):
    made = begin(lists, *many(400), chunks=80)
    worker = start_worker(made, settings)
    deadline = time.monotonic() + 60
    while seen(made).chunks_done < 5 and time.monotonic() < deadline:
        time.sleep(0.01)
    worker.kill()
    worker.wait()
    done = seen(made).chunks_done
    assert made.status == Import.Status.RUNNING
    assert 5 <= done < 80
    homes, persons, heads = totals()
    assert homes == made.counts["households_registered"] == heads == persons // 2
    deadline = time.monotonic() + 30
    while job.is_running(made.pk) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert start_worker(made, settings).wait() == 0
    assert seen(made).status == Import.Status.DONE
    assert made.counts["households_registered"] == 400
    assert totals() == (400, 800, 400)


def test_a_killed_import_is_queued_again(lists):
    made = begin(lists, *many(4))
    with transaction.atomic(), everywhere(), connection.cursor() as cursor:
        Import.objects.filter(pk=made.pk).update(
            status="running", started_at="2026-01-01T00:00:00Z"
        )
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert resume_interrupted() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'import_id' FROM procrastinate_jobs")
        assert cursor.fetchall() == [(str(made.pk),)]


def test_two_lists_of_one_source_at_once_bring_each_household_once(lists):
    homes, people = many(60)
    made = [begin(lists, homes, people, chunks=10) for _ in range(2)]
    failures = []

    def work(one):
        try:
            job.run_import(one.pk)
        except BaseException as error:  # noqa: BLE001 (told to the test)
            failures.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=(one,)) for one in made]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failures == []
    assert totals() == (60, 120, 60)
    counts = [seen(one).counts for one in made]
    assert sum(count["households_registered"] for count in counts) == 60
    assert sum(count["households_unchanged"] for count in counts) == 60


def test_one_import_is_never_run_by_two(lists):
    made = begin(lists, *many(40), chunks=20)
    workers = [threading.Thread(target=run_and_close, args=(made.pk,)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert seen(made).status == Import.Status.DONE
    assert totals() == (40, 80, 40)


def run_and_close(key):
    job.run_import(key)
    connection.close()


def test_a_household_that_only_the_database_refuses_stays_outside_alone(lists, monkeypatch):
    """A number taken between the look and the insert: the other households of the chunk enter."""
    homes, people = many(6)
    made = begin(lists, homes, people, chunks=1)
    taken = job.enter

    def refuse_one(groups, **more):
        from gwa.registry.errors import RegistryNumberRefused

        if any(group.line == 4 for group in groups):
            raise RegistryNumberRefused
        return taken(groups, **more)

    monkeypatch.setattr(job, "enter", refuse_one)
    job.run_import(made.pk)
    assert seen(made).status == Import.Status.DONE
    assert made.counts["households_registered"] == 5
    assert made.reasons["registry.registry_number_refused"] == 1
    assert totals() == (5, 10, 5)


def test_a_fault_of_the_program_is_told_and_what_entered_is_whole(lists, monkeypatch):
    made = begin(lists, *many(20), chunks=10)
    enter, entered = job._try_chunk, []

    def break_after_two(*args):
        entered.append(args[1])
        if len(entered) == 3:
            raise ZeroDivisionError
        return enter(*args)

    monkeypatch.setattr(job, "_try_chunk", break_after_two)
    with pytest.raises(ZeroDivisionError):
        job.run_import(made.pk)
    monkeypatch.undo()
    assert (seen(made).status, made.failure["code"]) == ("failed", "collection.import_broken")
    with transaction.atomic(), everywhere():
        resume_import(of_import=made, actor=FATOU)
    job.run_import(made.pk)
    assert totals() == (20, 40, 20)


def test_nothing_of_it_is_left_on_disk(lists, settings):
    made = begin(lists, *many(10), chunks=3)
    job.run_import(made.pk)
    assert list((settings.MEDIA_ROOT / "work").iterdir()) == []
    assert everything()[0]
