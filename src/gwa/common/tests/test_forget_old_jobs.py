"""Jobs that ended are forgotten after a while, those that failed later; what waits is kept."""

import pytest
from django.db import connection

from gwa.common.tasks import forget_old_jobs

ADD_JOB = """
WITH job AS (
    INSERT INTO procrastinate_jobs (task_name, queue_name, status, args)
    VALUES ('count', 'default', %s, '{}') RETURNING id
)
INSERT INTO procrastinate_events (job_id, type, at)
SELECT id, 'deferred', now() - make_interval(days => %s) FROM job RETURNING job_id
"""


def add_job(cursor, status, days_ago):
    cursor.execute(ADD_JOB, [status, days_ago])
    return cursor.fetchone()[0]


@pytest.mark.django_db
def test_what_ended_long_ago_is_forgotten_and_nothing_else():
    with connection.cursor() as cursor:
        for status, days_ago in (("succeeded", 8), ("failed", 91), ("aborted", 91)):
            add_job(cursor, status, days_ago)
        kept = [
            add_job(cursor, status, days_ago)
            for status, days_ago in (("succeeded", 6), ("failed", 89), ("todo", 400))
        ]

        forget_old_jobs.func()

        cursor.execute("SELECT id FROM procrastinate_jobs ORDER BY id")
        assert [row[0] for row in cursor.fetchall()] == kept
        cursor.execute("SELECT count(DISTINCT job_id) FROM procrastinate_events")
        assert cursor.fetchone() == (3,)
