"""Jobs that belong to no module."""

from procrastinate.contrib.django import app

from gwa.common import drafts


@app.task(queueing_lock="common.drafts", pass_context=False)
def forget_dead_drafts(timestamp: int | None = None) -> None:
    """Drop the drafts that nobody came back to, which hold people not registered."""
    drafts.forget_dead_drafts()
