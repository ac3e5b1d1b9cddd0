"""The job of one import: from its files to the registry, whatever happens on the way.

Each chunk is one transaction that also moves the import's progress. Killed at any moment, the job
begins again where the last committed chunk ended; the lines of a chunk are always the same.
"""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from psycopg.errors import DeadlockDetected, LockNotAvailable

from gwa.collection import errors, storage
from gwa.collection.actions.endings import finish_import, mark_cancelled, mark_failed
from gwa.collection.intake.entering import Entered, enter
from gwa.collection.intake.groups import Told
from gwa.collection.intake.preparing import chunks_for, make_context, sheets_to_spool
from gwa.collection.intake.refusing import refuse_group
from gwa.collection.intake.repeating import find_said
from gwa.collection.intake.rereading import Rereading
from gwa.collection.intake.spool import Spooled
from gwa.collection.intake.understanding import Understanding
from gwa.collection.intake.workers import Alone, Beside, workers_for
from gwa.collection.models import COUNTS, Import
from gwa.common.errors import Busy, DomainError, refusal_of
from gwa.common.scope import everywhere, scoped
from gwa.journal.actions import continuing
from gwa.registry.models import Source
from gwa.registry.rules.problems import Problem

log = logging.getLogger(__name__)
_TRIES = 6


def run_import(import_id: UUID) -> None:
    """Run an import that is waiting or was interrupted; do nothing where another process does."""
    with _alone(import_id) as is_alone:
        if not is_alone:
            return
        running = _begin(import_id)
        if running is None:
            return
        try:
            _run(running)
        except DomainError as error:
            facts = {name: str(fact) for name, fact in error.facts.items()}
            mark_failed(import_id=import_id, code=error.code, facts=facts)
        except Exception:
            log.exception("import %s broke", import_id)
            mark_failed(import_id=import_id, code=errors.ImportBroken.code, facts={})
            raise


@contextmanager
def _alone(import_id: UUID) -> Iterator[bool]:
    """Hold the import for this session; the lock dies with a process that is killed."""
    key = import_id.int >> 65
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        held = bool(cursor.fetchone()[0])
    try:
        yield held
    finally:
        if held:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


def is_running(import_id: UUID) -> bool:
    """Tell whether some process holds the import."""
    with _alone(import_id) as is_free:
        return not is_free


def _begin(import_id: UUID) -> Import | None:
    with transaction.atomic(), everywhere():
        running: Import | None = (
            Import.objects.select_for_update(of=("self",)).filter(pk=import_id).first()
        )
        if running is None or not running.is_open:
            return None
        running.status = Import.Status.RUNNING
        if running.chunks_total is None:
            running.chunks_total = chunks_for(running.files.all())
        running.save(update_fields=["status", "chunks_total"])
        return running


def _run(running: Import) -> None:
    with transaction.atomic(), everywhere():
        running = (
            Import.objects.select_related("source", "dictionary_version")
            .prefetch_related("files")
            .get(pk=running.pk)
        )
        source, version = running.source, running.dictionary_version
        assert source is not None  # noqa: S101 (started: the constraint says so)
        assert version is not None  # noqa: S101 (set by the start)
        context = make_context(running, source, version)
        said = _said_before(running)
    size = sum(file.size for file in running.files.all())
    with workers_for(replace(context, said=said), size) as workers:
        spools = _spool(running, workers, Understanding(context))
        try:
            _tell_total(running, spools)
            _enter_chunks(running, source, workers, spools, Understanding(context))
        finally:
            for spooled in spools:
                spooled.sheet.spool.unlink(missing_ok=True)


def _said_before(running: Import) -> frozenset[bytes]:
    """What needs not be read again; where known households are refused, each is to be told so."""
    if running.known == Import.Known.REFUSE:
        return frozenset()
    return frozenset(find_said(running.data_source_id))


def _spool(running: Import, workers: Alone | Beside, again: Understanding) -> list[Spooled]:
    with ExitStack() as stack:
        paths = {}
        for file in running.files.all():
            if not file.stored:
                raise errors.FilesGone
            paths[file.position] = stack.enter_context(storage.opened(file))
        chunks = running.chunks_total or 1
        return workers.spool(sheets_to_spool(running, again.context.mapping, paths, chunks))


def _tell_total(running: Import, spools: Sequence[Spooled]) -> None:
    lines = sum(spooled.lines for spooled in spools)
    if not lines:
        raise errors.NothingToImport
    with transaction.atomic(), everywhere():
        Import.objects.filter(pk=running.pk).update(lines_total=lines)


def _enter_chunks(
    running: Import,
    source: Source,
    workers: Alone | Beside,
    spools: list[Spooled],
    again: Understanding,
) -> None:
    chunks = running.chunks_total or 1
    first = running.chunks_done
    ready = workers.understand(spools, first, chunks)
    for chunk, groups in enumerate(ready, first):
        lines = Rereading(again, spools, chunk)
        if not _enter_chunk(running.pk, chunk, groups, source, lines):
            mark_cancelled(import_id=running.pk)
            return
    finish_import(import_id=running.pk)


def _enter_chunk(
    import_id: UUID,
    chunk: int,
    groups: Sequence[Told],
    source: Source,
    again: Rereading,
) -> bool:
    """Enter one chunk and move the progress with it; False where the import is to stop."""
    for last_try in (*[False] * _TRIES, True):
        try:
            return _try_chunk(import_id, chunk, groups, source, again)
        except Busy:
            if last_try:
                raise
    raise AssertionError("unreachable")


def _try_chunk(
    import_id: UUID,
    chunk: int,
    groups: Sequence[Told],
    source: Source,
    again: Rereading,
) -> bool:
    with transaction.atomic(), everywhere():
        started: Import = Import.objects.get(pk=import_id)
    assert started.change_id is not None  # noqa: S101 (started: the constraint says so)
    with (
        transaction.atomic(),
        scoped(started.scope_paths),
        continuing(started.change_id),
    ):
        running: Import = Import.objects.select_for_update(of=("self",)).get(pk=import_id)
        if running.is_cancel_asked or running.status != Import.Status.RUNNING:
            return False
        if running.chunks_done != chunk:
            raise RuntimeError(f"chunk {chunk} of import {import_id} entered twice")
        _commit_without_waiting()
        entered = _enter_together_or_apart(groups, running, again, source)
        counts = Counter(running.counts) + entered.counts
        running.counts = {name: counts[name] for name in COUNTS}
        running.reasons = dict(Counter(running.reasons) + entered.reasons)
        running.chunks_done = chunk + 1
        running.save(update_fields=["counts", "reasons", "chunks_done"])
    return True


def _commit_without_waiting() -> None:
    """Let the disk catch up: a power cut takes the last chunks with their progress, together."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")


def _enter_together_or_apart(
    groups: Sequence[Told], running: Import, again: Rereading, source: Source
) -> Entered:
    """Enter all at once; where the database refuses, one by one, to refuse that one alone."""
    try:
        with transaction.atomic():
            return enter(groups, running=running, again=again, source=source)
    except (DatabaseError, DomainError) as error:
        if _is_lock(error):
            raise
    entered = Entered()
    for group in groups:
        entered.add(_enter_one(group, running, again, source))
    return entered


def _enter_one(group: Told, running: Import, again: Rereading, source: Source) -> Entered:
    try:
        with transaction.atomic():
            return enter([group], running=running, again=again, source=source)
    except (DatabaseError, DomainError) as error:
        if _is_lock(error):
            raise
        problem = _problem_of(error)
        if problem is None:
            raise
    entered = Entered()
    detail = again.detail_of(group)
    entered.counts["lines"] += group.lines
    entered.refuse(refuse_group(detail, [problem], again.context))
    entered.write(again.context)
    return entered


def _is_lock(error: Exception) -> bool:
    return isinstance(error, Busy) or isinstance(
        error.__cause__, DeadlockDetected | LockNotAvailable
    )


def _problem_of(error: Exception) -> Problem | None:
    """The refusal of a line where a constraint of the database has one."""
    if isinstance(error, DomainError):
        facts = {name: str(fact) for name, fact in error.facts.items()}
        return Problem(error.code, "registry_number", None, facts)
    diagnosis = getattr(error.__cause__, "diag", None)
    refusal = refusal_of(getattr(diagnosis, "constraint_name", None))
    return Problem(refusal.code, "registry_number") if refusal is not None else None
