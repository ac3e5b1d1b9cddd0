"""Jobs of the collection."""

from uuid import UUID

from procrastinate.contrib.django import app

from gwa.collection import upkeep
from gwa.collection.intake.job import run_import as run
from gwa.collection.queue import RUN_IMPORT


@app.task(name=RUN_IMPORT, pass_context=False)
def run_import(import_id: str) -> None:
    """Bring a list in."""
    run(UUID(import_id))


@app.task(queueing_lock="collection.resume", pass_context=False)
def resume_interrupted(timestamp: int | None = None) -> None:
    """Queue again the imports whose worker was killed."""
    upkeep.resume_interrupted()


@app.task(queueing_lock="collection.retention", pass_context=False)
def empty_old_imports(timestamp: int | None = None) -> None:
    """Remove files and refused lines kept long enough."""
    upkeep.empty_old_imports()
    upkeep.sweep_files()
