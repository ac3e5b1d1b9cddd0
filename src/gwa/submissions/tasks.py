"""Jobs of interviews."""

from uuid import UUID

from django.db import InterfaceError, OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from gwa.common.errors import Busy
from gwa.submissions import upkeep
from gwa.submissions.entering.processing import process as take_in
from gwa.submissions.pictures import attach_pictures
from gwa.submissions.queue import PICTURES, PROCESS

# A database that restarts, or a household that somebody else is changing, is no fault of the
# interview: it is taken up again.
_PATIENT = RetryStrategy(
    max_attempts=10, exponential_wait=2, retry_exceptions=[Busy, InterfaceError, OperationalError]
)


@app.task(name=PROCESS, pass_context=False, retry=_PATIENT)
def process(submission_id: str) -> None:
    """Take an interview into the registry."""
    take_in(UUID(submission_id))


@app.task(name=PICTURES, pass_context=False, retry=_PATIENT)
def pictures(submission_id: str) -> None:
    """Attach the pictures of an interview to its household."""
    attach_pictures(UUID(submission_id))


@app.task(queueing_lock="submissions.forgotten", pass_context=False)
def queue_forgotten(timestamp: int | None = None) -> None:
    """Take up what has no job, and what waits too long for its photos."""
    upkeep.queue_forgotten()


@app.task(queueing_lock="submissions.sweep", pass_context=False)
def sweep_files(timestamp: int | None = None) -> None:
    """Remove the files that interrupted sendings left, and lists and copies that are old."""
    upkeep.sweep_files()
    upkeep.sweep_uploads()
    upkeep.forget_lists()
