"""How the job of an import ends: done, stopped, broken. Said by the job itself."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from gwa.collection.models import Import
from gwa.common.scope import everywhere
from gwa.journal.actions import action, record
from gwa.journal.models import SYSTEM
from gwa.registry.upkeep import refresh_figures


def finish_import(*, import_id: UUID) -> None:
    """Say that every chunk has entered, and count the zones' people again."""
    with transaction.atomic(), everywhere():
        _finish(import_id=import_id)
    refresh_figures()


@action
def _finish(*, import_id: UUID) -> None:
    locked = _lock(import_id)
    locked.status, locked.ended_at = Import.Status.DONE, timezone.now()
    locked.save(update_fields=["status", "ended_at"])
    record("collection.import_done", subject=locked, actor=SYSTEM, data={"counts": locked.counts})


def mark_cancelled(*, import_id: UUID) -> None:
    """Stop where somebody asked for it; who asked is in the journal already."""
    with transaction.atomic(), everywhere():
        locked = _lock(import_id)
        if locked.is_open:
            locked.status, locked.ended_at = Import.Status.CANCELLED, timezone.now()
            locked.save(update_fields=["status", "ended_at"])


def mark_failed(*, import_id: UUID, code: str, facts: Mapping[str, str]) -> None:
    """Say why the job could not go on; what entered before is whole."""
    with transaction.atomic(), everywhere():
        _fail(import_id=import_id, code=code, facts=facts)


@action
def _fail(*, import_id: UUID, code: str, facts: Mapping[str, str]) -> None:
    locked = _lock(import_id)
    locked.status, locked.ended_at = Import.Status.FAILED, timezone.now()
    locked.failure = {"code": code, "facts": dict(facts)}
    locked.save(update_fields=["status", "ended_at", "failure"])
    record("collection.import_failed", subject=locked, actor=SYSTEM, data={"code": code})


def _lock(import_id: UUID) -> Import:
    locked: Import = Import.objects.select_for_update(of=("self",)).get(pk=import_id)
    return locked
