"""Jobs of interviews."""

from uuid import UUID

from procrastinate.contrib.django import app

from gwa.submissions import upkeep
from gwa.submissions.entering.processing import process as take_in
from gwa.submissions.pictures import attach_pictures
from gwa.submissions.queue import PICTURES, PROCESS


@app.task(name=PROCESS, pass_context=False)
def process(submission_id: str) -> None:
    """Take an interview into the registry."""
    take_in(UUID(submission_id))


@app.task(name=PICTURES, pass_context=False)
def pictures(submission_id: str) -> None:
    """Attach the pictures of an interview to its household."""
    attach_pictures(UUID(submission_id))


@app.task(queueing_lock="submissions.forgotten", pass_context=False)
def queue_forgotten(timestamp: int | None = None) -> None:
    """Take up what has no job, and what waits too long for its photos."""
    upkeep.queue_forgotten()


@app.task(queueing_lock="submissions.sweep", pass_context=False)
def sweep_files(timestamp: int | None = None) -> None:
    """Remove the files that interrupted sendings left."""
    upkeep.sweep_files()
