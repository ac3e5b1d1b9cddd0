"""A job whose worker was killed is taken up again, once, and not for ever."""

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from asgiref.sync import async_to_sync
from django.db import connection, connections
from procrastinate.contrib.django import procrastinate_app

from gwa.common.tasks import MAX_ATTEMPTS, retry_stalled_jobs

pytestmark = pytest.mark.django_db(transaction=True)


def ask(query, *words):
    with connection.cursor() as cursor:
        cursor.execute(query, words)
        return cursor.fetchone()[0]


def start_worker(seconds_ago):
    """Note a worker whose last heartbeat is so old."""
    return ask(
        "INSERT INTO procrastinate_workers (last_heartbeat)"
        " VALUES (now() - make_interval(secs => %s)) RETURNING id",
        seconds_ago,
    )


def start_job(worker, attempts=0, status="doing"):
    """Note a job that a worker has begun."""
    return ask(
        "INSERT INTO procrastinate_jobs"
        " (task_name, queue_name, status, worker_id, attempts, queueing_lock, args)"
        " VALUES ('count', 'default', %s, %s, %s, 'count', '{}') RETURNING id",
        status,
        worker,
        attempts,
    )


def status_of(job):
    return ask("SELECT status FROM procrastinate_jobs WHERE id = %s", job)


def rescue():
    """Run the job in a thread of its own: a browser's test may have left a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(_rescue).result()


def _rescue():
    context = SimpleNamespace(app=procrastinate_app.current_app)
    try:
        async_to_sync(retry_stalled_jobs.func)(context, timestamp=0)
    finally:
        connections.close_all()


def test_a_dead_workers_job_waits_again_and_a_living_ones_goes_on():
    dead, living = start_job(start_worker(31)), start_job(start_worker(5))
    rescue()
    assert (status_of(dead), status_of(living)) == ("todo", "doing")


def test_a_job_whose_worker_was_forgotten_waits_again():
    job = start_job(None)
    rescue()
    assert status_of(job) == "todo"


def test_a_job_that_already_waits_a_second_time_is_not_doubled():
    job, same = start_job(start_worker(31)), start_job(None, status="todo")
    rescue()
    assert (status_of(job), status_of(same)) == ("aborted", "todo")


def test_a_job_that_ends_its_workers_again_and_again_is_given_up(caplog):
    job = start_job(start_worker(31), attempts=MAX_ATTEMPTS)
    rescue()
    assert status_of(job) == "failed"
    assert f"job {job} (count) given up" in caplog.text
