"""Jobs are queued by name: actions know nothing of tasks. Queued with the transaction, or not."""

from uuid import UUID

from procrastinate.contrib.django import app

RUN_IMPORT = "collection.run_import"


def queue_import(import_id: UUID) -> None:
    """Let a worker run an import once the present transaction is committed."""
    app.configure_task(RUN_IMPORT).defer(import_id=str(import_id))
