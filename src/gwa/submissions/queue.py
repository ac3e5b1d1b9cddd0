"""Jobs are queued by name: actions know nothing of tasks. Queued with the transaction, or not."""

from uuid import UUID

from procrastinate.contrib.django import app

PROCESS = "submissions.process"
PICTURES = "submissions.pictures"


def queue_submission(submission_id: UUID) -> None:
    """Let a worker take an interview into the registry once the transaction is committed."""
    app.configure_task(PROCESS).defer(submission_id=str(submission_id))


def queue_pictures(submission_id: UUID) -> None:
    """Let a worker attach the pictures of an interview that has entered."""
    app.configure_task(PICTURES).defer(submission_id=str(submission_id))
