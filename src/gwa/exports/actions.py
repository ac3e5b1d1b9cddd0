"""Ask for an export, make its file, give it, destroy it."""

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from gwa.accounts.models import User
from gwa.common.errors import DomainError
from gwa.common.scope import EVERYWHERE, NOWHERE
from gwa.exports import errors
from gwa.exports.columns import choose
from gwa.exports.models import Export
from gwa.exports.policy import days_kept
from gwa.exports.rights import EXPORT
from gwa.exports.writing.job import make_file, path_of
from gwa.exports.writing.lock import share_turn
from gwa.exports.writing.pieces import within
from gwa.exports.writing.sealing import unseal_file
from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.snapshots.reading.sessions import session
from gwa.variables.queries import current_dictionary
from gwa.variables.rules.definitions import Level

_TOLD_EVERY = 0.5
_OPEN = (Export.State.WAITING, Export.State.RUNNING)


@action
def ask_export(*, export: Export, actor: Actor) -> Export:
    """Keep the question and queue the job. Raises `ColumnRefused`, `ZoneRefused`, `ExportOpen`.

    Rights are looked at here, so that the person is told at once, and again when the file is made.
    """
    _check_columns(export)
    if not within(export.asked_by.scope_paths(), export.zone.path if export.zone else None):
        raise errors.ZoneRefused
    try:
        with transaction.atomic():
            export.asked_at = timezone.now()
            export.save(force_insert=True)
    except IntegrityError as error:
        raise errors.ExportOpen from error
    app.configure_task("exports.make", lock=f"export:{export.pk}").defer(export_id=str(export.pk))
    record(
        "exports.export_asked",
        subject=export,
        actor=actor,
        reason=export.reason,
        data=export.question(),
    )
    return export


def _check_columns(export: Export) -> None:
    dictionary = current_dictionary()
    for level, names in (
        (Level.HOUSEHOLD, export.household_columns),
        (Level.PERSON, export.person_columns),
    ):
        if names:
            choose(dictionary, level, export.language, names, export.asked_by)


def make_export(*, export: Export, day: dt.date) -> Export:
    """Make the file; not inside a transaction. Started again after a kill, it begins anew."""
    actor = Actor(label=export.asked_by.username, user_id=export.asked_by.pk, right=EXPORT)
    if export.state not in _OPEN:
        return export
    Export.objects.filter(pk=export.pk).update(state=Export.State.RUNNING)
    try:
        if not export.asked_by.has_right(EXPORT):
            raise errors.RightLost
        with session(scope=NOWHERE) as guard:
            share_turn(guard)
            _make(export, day, actor)
    except errors.Cancelled:
        path_of(export).unlink(missing_ok=True)
        _end(export=export, state=Export.State.CANCELLED, actor=actor)
        return export
    except DomainError as refusal:
        _end(export=export, state=Export.State.FAILED, actor=actor, why=refusal.code)
        return export
    except Exception as error:
        _end(export=export, state=Export.State.FAILED, actor=actor, why=type(error).__name__)
        raise
    return export


def _make(export: Export, day: dt.date, actor: Actor) -> None:
    path_of(export).unlink(missing_ok=True)
    made = make_file(export, day=day, say=_Told(export))
    export.households, export.persons, export.size = made.households, made.persons, made.size
    export.paths = made.paths
    _finish(export=export, actor=actor)


@dataclass(slots=True)
class _Told:
    """Keeps how far the job is, now and then, and stops it where somebody asked."""

    export: Export
    at: float = field(default=0.0)

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self.at < _TOLD_EVERY:
            return
        self.at = now
        rows = Export.objects.filter(pk=self.export.pk)
        rows.update(rows_done=done, rows_total=total)
        if rows.filter(wants_cancel=True).exists():
            raise errors.Cancelled


@action
def _finish(*, export: Export, actor: Actor) -> None:
    now = timezone.now()
    # Under lock: the asker may want it stopped at this very moment.
    if Export.objects.select_for_update().get(pk=export.pk).wants_cancel:
        raise errors.Cancelled
    export.state, export.ended_at = Export.State.DONE, now
    export.rows_done = export.rows_total = export.households + export.persons
    export.expires_at = now + dt.timedelta(days=days_kept(timezone.localdate(now)))
    export.save()
    counts = {"households": export.households, "persons": export.persons, "paths": export.paths}
    record(
        "exports.export_done",
        subject=export,
        actor=actor,
        reason=export.reason,
        data={**export.question(), **counts},
    )


@action
def _end(*, export: Export, state: Export.State, actor: Actor, why: str = "") -> None:
    export.state, export.failure, export.ended_at = state, why[:80], timezone.now()
    export.save(update_fields=["state", "failure", "ended_at"])
    record(f"exports.export_{state}", subject=export, actor=actor, data={"why": why})


@action
def cancel_export(*, export: Export, actor: Actor) -> None:
    """Stop an export: at once where it waits, at its next step where it runs.

    One that has ended stays as it is.
    """
    waiting = Export.objects.filter(pk=export.pk, state=Export.State.WAITING)
    if waiting.update(state=Export.State.CANCELLED, ended_at=timezone.now()):
        record("exports.export_cancelled", subject=export, actor=actor)
        return
    Export.objects.filter(pk=export.pk, state=Export.State.RUNNING).update(wants_cancel=True)
    record("exports.export_cancelled", subject=export, actor=actor, data={"while": "running"})


@action
def open_export(*, export: Export, person: User, actor: Actor) -> Iterator[bytes]:
    """Give the file to who asked for it, where each right and zone still holds; leaves a line.

    Raises `FileGone`, `ColumnRefused`, `ZoneRefused`.
    """
    now = timezone.now()
    is_there = export.state == Export.State.DONE and path_of(export).is_file()
    if not is_there or export.expires_at is None or export.expires_at < now:
        raise errors.FileGone
    _check_columns(export)
    scope = person.scope_paths()
    if not all(
        EVERYWHERE in scope or any(one.startswith(p) for p in scope) for one in export.paths
    ):
        raise errors.ZoneRefused
    record("exports.export_downloaded", subject=export, actor=actor, reason=export.reason)
    return unseal_file(path_of(export), export.pk)


@action
def destroy_export(*, export: Export, actor: Actor, reason: str) -> None:
    """Destroy the file of an export; what was asked stays. Raises `FileGone`."""
    if export.state != Export.State.DONE:
        raise errors.FileGone
    path_of(export).unlink(missing_ok=True)
    export.state, export.size = Export.State.REMOVED, 0
    export.save(update_fields=["state", "size"])
    record("exports.export_removed", subject=export, actor=actor, reason=reason)


def destroy_expired(*, at: dt.datetime, actor: Actor) -> int:
    """Destroy the files whose time is over; return how many."""
    over = list(Export.objects.filter(state=Export.State.DONE, expires_at__lte=at))
    for export in over:
        destroy_export(export=export, actor=actor, reason="durée de garde écoulée")
    return len(over)


def destroy_all(*, actor: Actor, reason: str) -> int:
    """Destroy every file kept here: what the erasure of a person asks for.

    Which file holds whom is written nowhere, on purpose: a file can be asked for again, a person
    who stays in one cannot be called back.
    """
    kept = list(Export.objects.filter(state=Export.State.DONE))
    for export in kept:
        destroy_export(export=export, actor=actor, reason=reason)
    return len(kept)
