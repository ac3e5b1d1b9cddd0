"""Jobs are queued by name: actions know nothing of tasks.

Queued with the transaction where a web process does it; at once where a worker does.
"""

from uuid import UUID

from procrastinate.contrib.django import app

PROCESS = "submissions.process"
PICTURES = "submissions.pictures"
_LATER = -1


def queue_submission(submission_id: UUID) -> None:
    """Let a worker take an interview into the registry once the transaction is committed."""
    app.configure_task(PROCESS).defer(submission_id=str(submission_id))


def queue_pictures(submission_id: UUID) -> None:
    """Let a worker attach the pictures of an interview that has entered, after all that wait to."""
    app.configure_task(PICTURES, priority=_LATER).defer(submission_id=str(submission_id))
