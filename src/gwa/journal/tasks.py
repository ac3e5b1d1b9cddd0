"""Jobs of the journal."""

from procrastinate.contrib.django import app

from gwa.journal.sealing import seal_journal


@app.task(queueing_lock="journal.seal", pass_context=False)
def seal_the_journal(timestamp: int) -> None:
    """Seal each minute the lines committed since the last seal."""
    seal_journal()
