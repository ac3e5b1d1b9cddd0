"""What follows what, on one page. `python -m gwa.pipeline` writes it as `docs/flow.md`.

Modules know only those below them, so nobody below may call what must happen above: what runs by
the clock, and later what follows an event of the journal, is tied together here.
"""

import sys
from dataclasses import dataclass

from procrastinate import App


@dataclass(frozen=True, slots=True)
class Timed:
    """A job that the worker runs by the clock (cron, in UTC)."""

    cron: str
    task: str
    why: str


CLOCK = (
    Timed("* * * * *", "gwa.journal.tasks.seal_the_journal", "the lines of the minute are sealed"),
    Timed("* * * * *", "gwa.common.tasks.retry_stalled_jobs", "a killed worker loses no job"),
    Timed("*/15 * * * *", "gwa.registry.tasks.refresh_figures", "figures of zones stay fresh"),
    Timed("10 1 * * *", "gwa.snapshots.tasks.take_nightly", "analysis reads the night's snapshot"),
    Timed(
        "20 2 * * *", "gwa.accounts.tasks.sweep_machines", "expired tokens and keys are forgotten"
    ),
    Timed("30 2 * * *", "gwa.accounts.tasks.sweep_sessions", "ended sessions are forgotten"),
    Timed("50 * * * *", "gwa.exports.tasks.sweep", "exported files end with their time"),
    Timed("40 2 * * *", "gwa.registry.tasks.sweep_files", "interrupted uploads leave no file"),
    Timed("* * * * *", "gwa.collection.tasks.resume_interrupted", "killed imports go on"),
    Timed("20 3 * * *", "gwa.collection.tasks.empty_old_imports", "lists are not kept for ever"),
    Timed(
        "*/5 * * * *", "gwa.submissions.tasks.queue_forgotten", "no interview waits for a lost job"
    ),
    Timed("0 3 * * *", "gwa.submissions.tasks.sweep_files", "cut sendings leave no file"),
    Timed("50 2 * * *", "gwa.common.tasks.forget_dead_drafts", "what nobody came back to goes"),
    Timed("5 3 * * *", "gwa.common.tasks.forget_old_jobs", "the table of jobs stays small"),
)

FLOW = """# What follows what

Made from `gwa/pipeline.py` by `python -m gwa.pipeline > docs/flow.md`;
a test says when it is stale.

```
questionnaire -> submission -> registry -> duplicates -> score -> list -> exchange
```

The modules that stand today, from the ground up; each knows only those before it:
{modules}.

| When (cron, UTC) | Job | So that |
|---|---|---|
{clock}
"""


def wind_clock(app: App) -> None:
    """Tell the worker when each job is due; called once when the jobs are known."""
    for timed in CLOCK:
        app.periodic(cron=timed.cron)(app.tasks[timed.task])


def describe_flow() -> str:
    """Return the page of documentation."""
    from gwa.settings.applications import MODULES

    clock = "\n".join(f"| `{timed.cron}` | `{timed.task}` | {timed.why} |" for timed in CLOCK)
    modules = " → ".join(f"`{module.removeprefix('gwa.')}`" for module in MODULES)
    return FLOW.format(modules=modules, clock=clock)


if __name__ == "__main__":
    sys.stdout.write(describe_flow())
