"""`docs/flow.md` says what the pipeline does, and the worker does what the pipeline says."""

from pathlib import Path

from procrastinate.contrib.django import procrastinate_app

from gwa.pipeline import CLOCK, describe_flow

FLOW = Path(__file__).parents[2] / "docs" / "flow.md"


def test_the_page_is_not_stale():
    assert FLOW.read_text() == describe_flow(), "python -m gwa.pipeline > docs/flow.md"


def test_the_worker_knows_every_timed_job_and_no_other():
    known = procrastinate_app.current_app.periodic_registry.periodic_tasks.values()
    due = {(timed.cron, timed.task) for timed in CLOCK}
    assert {(periodic.cron, periodic.task.name) for periodic in known} == due
