"""Jobs of the registry."""

from procrastinate.contrib.django import app

from gwa.registry import upkeep


@app.task(queueing_lock="registry.figures", pass_context=False)
def refresh_figures(timestamp: int | None = None) -> None:
    """Keep the figures of the zones fresh."""
    upkeep.refresh_figures()


@app.task(queueing_lock="registry.search", pass_context=False)
def rebuild_search() -> None:
    """Make the search tables again, after an upgrade that changes how names are compared."""
    upkeep.rebuild_search()


@app.task(queueing_lock="registry.files", pass_context=False)
def sweep_files(timestamp: int | None = None) -> None:
    """Remove the files that an interrupted upload left behind."""
    upkeep.sweep_files()
