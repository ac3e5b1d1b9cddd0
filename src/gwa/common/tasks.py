"""Jobs that belong to no module: about the jobs themselves, and about drafts."""

import logging

from django.db import connection
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from gwa.common import drafts

# A job that ends its worker each time (memory, a broken library) must not do so for ever.
MAX_ATTEMPTS = 5

# Four jobs a minute are two million a year. What failed is kept longer: somebody may ask why.
_FORGET_JOBS = """
DELETE FROM procrastinate_jobs j
WHERE j.status = ANY(%s::procrastinate_job_status[]) AND NOT EXISTS (
    SELECT FROM procrastinate_events e WHERE e.job_id = j.id AND e.at > now() - %s::interval)
"""
_KEPT = {("succeeded",): "7 days", ("failed", "cancelled", "aborted"): "90 days"}

logger = logging.getLogger(__name__)


@app.task(queueing_lock="common.stalled", pass_context=True)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Take up again the jobs whose worker was killed: it has sent no heartbeat for 30 seconds."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        if job.attempts >= MAX_ATTEMPTS:
            logger.error("job %s (%s) given up: its worker died too often", job.id, job.task_name)
            await manager.finish_job(job, Status.FAILED, delete_job=False)
            continue
        try:
            await manager.retry_job(job)
        except UniqueViolation:  # the same job waits already, and will do its work
            await manager.finish_job(job, Status.ABORTED, delete_job=False)


@app.task(queueing_lock="common.drafts", pass_context=False)
def forget_dead_drafts(timestamp: int | None = None) -> None:
    """Drop the drafts that nobody came back to, which hold people not registered."""
    drafts.forget_dead_drafts()


@app.task(queueing_lock="common.jobs", pass_context=False)
def forget_old_jobs(timestamp: int | None = None) -> None:
    """Drop the jobs that ended long ago, with their events."""
    with connection.cursor() as cursor:
        for states, kept in _KEPT.items():
            cursor.execute(_FORGET_JOBS, [list(states), kept])
