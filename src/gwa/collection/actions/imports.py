"""Verbs on an import: upload, choose columns, start, stop, go on, discard."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, BinaryIO

from django.utils import timezone

from gwa.collection import errors, storage
from gwa.collection.files import Book, open_book
from gwa.collection.files.encodings import ENCODINGS
from gwa.collection.intake.preparing import titles_of
from gwa.collection.models import DataSource, Import, ImportFile
from gwa.collection.queue import queue_import
from gwa.collection.rules.mappings import check_mapping, parse_mapping
from gwa.collection.words import say_faults
from gwa.common.ids import new_id
from gwa.common.scope import EVERYWHERE
from gwa.journal.actions import action, current_change_id, record
from gwa.journal.models import Actor
from gwa.registry.actions import new_source
from gwa.registry.actions.checks import check_day
from gwa.registry.models import Source
from gwa.variables.queries import current_version, read_dictionary
from gwa.zones.models import Zone


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as somebody hands it in; encoding and separator where they chose them."""

    file_name: str
    content: BinaryIO
    encoding: str = ""
    separator: str = ""


@action
def upload_import(
    *,
    uploads: Sequence[Upload],
    data_source: DataSource,
    collected_on: dt.date,
    scope_paths: Sequence[str],
    actor: Actor,
    reason: str = "",
) -> Import:
    """Take files in, sealed, and look at their sheets; nothing enters the registry yet.

    `scope_paths`: where the import may write, one zone or the whole country. Raises the refusals
    of `collection.files` for a file that cannot be read.
    """
    if not uploads:
        raise errors.FileMissing
    check_day(collected_on)
    paths = list(scope_paths)
    if len(paths) != 1:
        raise errors.ChooseZone
    made = Import.objects.create(
        zone_path=_country() if paths == [EVERYWHERE] else paths[0],
        scope_paths=paths,
        data_source=data_source,
        collected_on=collected_on,
        added_at=timezone.now(),
        added_by=actor.label,
        added_by_id=actor.user_id,
    )
    stored: list[str] = []
    try:
        for position, upload in enumerate(uploads):
            stored.append(_take_in(made, position, upload).stored)
        _name_sheets_apart(made)
        record(
            "collection.import_uploaded",
            subject=made,
            actor=actor,
            reason=reason,
            data={"files": len(uploads), "data_source": data_source.pk},
        )
    except BaseException:
        for name in stored:
            storage.remove(name)
        raise
    return made


def _country() -> str:
    return Zone.objects.current().values_list("path", flat=True).get(parent=None)


def _take_in(made: Import, position: int, upload: Upload) -> ImportFile:
    """Seal one file, and open it once to see its sheets."""
    key = new_id()
    stored = storage.store(upload.content, key=key)
    file = ImportFile(
        id=key,
        zone_path=made.zone_path,
        of_import=made,
        position=position,
        file_name=PurePath(upload.file_name).name[:200],
        stored=stored.name,
        size=stored.size,
        sha256=stored.sha256,
    )
    try:
        with storage.opened(file) as path:
            book = open_book(
                path,
                file_name=file.file_name,
                encoding=upload.encoding or None,
                separator=upload.separator or None,
            )
        _describe(file, book)
        file.save(force_insert=True)
    except BaseException:
        storage.remove(stored.name)
        raise
    return file


def _describe(file: ImportFile, book: Book) -> None:
    file.format, file.separator = book.format, book.separator
    # As a reader takes it again; `label` of the same module says it to people.
    names = {label: encoding for encoding, label in ENCODINGS.items()}
    file.encoding = names.get(book.encoding, "")
    file.sheets = [
        {"name": sheet.name, "columns": list(sheet.columns), "row_count": sheet.row_count}
        for sheet in book.sheets
    ]


def _name_sheets_apart(made: Import) -> None:
    """Two files may each have a sheet "Feuil1": the file's name is then put before."""
    files = list(made.files.all())
    names = [sheet["name"] for file in files for sheet in file.sheets]
    for file in files:
        for sheet in file.sheets:
            sheet["own_name"] = sheet["name"]
            if names.count(sheet["name"]) > 1:
                sheet["name"] = f"{file.position + 1}. {sheet['name']}"
        file.save(update_fields=["sheets"])


@action
def set_mapping(
    *,
    of_import: Import,
    mapping: Mapping[str, Any],
    known: str,
    actor: Actor,
    reason: str = "",
) -> Import:
    """Choose what the columns mean and what becomes of known households."""
    locked = _lock_draft(of_import)
    check_faults(locked, mapping)
    if known not in Import.Known.values:
        known = Import.Known.UPDATE
    locked.mapping, locked.known = parse_mapping(mapping).as_json(), known
    locked.save(update_fields=["mapping", "known"])
    record("collection.import_prepared", subject=locked, actor=actor, reason=reason)
    return locked


def check_faults(of_import: Import, mapping: Mapping[str, Any]) -> None:
    """Refuse a mapping that cannot be used with the files."""
    try:
        parsed = parse_mapping(mapping)
    except ValueError as error:
        raise errors.MappingRefused(faults=str(error)) from error
    dictionary = read_dictionary(current_version())
    faults = check_mapping(parsed, titles_of(of_import.files.all()), dictionary)
    if faults:
        raise errors.MappingRefused(faults=say_faults(faults, dictionary))


@action
def start_import(*, of_import: Import, actor: Actor, reason: str = "") -> Import:
    """Let a worker bring the list in. All it writes is one change: this one."""
    locked = _lock_draft(of_import)
    check_faults(locked, locked.mapping)
    listed = locked.data_source
    source = new_source(Source.Kind(listed.kind), listed.name, locked.collected_on)
    source.save()
    locked.source, locked.dictionary_version = source, current_version()
    locked.change_id = current_change_id()
    locked.status, locked.started_at = Import.Status.QUEUED, timezone.now()
    locked.save()
    queue_import(locked.pk)
    record(
        "collection.import_started",
        subject=locked,
        actor=actor,
        reason=reason,
        # The history of a household tells by this that its change came with many others.
        data={"is_bulk": True, "source": str(source.pk), "known": locked.known},
    )
    return locked


@action
def cancel_import(*, of_import: Import, actor: Actor, reason: str = "") -> Import:
    """Stop an import: the chunk at work is finished or undone, what entered before stays."""
    # Without waiting for the chunk at work, which holds the row until it is done.
    asked = Import.objects.filter(
        pk=of_import.pk, status__in=(Import.Status.QUEUED, Import.Status.RUNNING)
    ).update(is_cancel_asked=True)
    if not asked:
        raise errors.ImportNotOpen
    locked = _lock(of_import)
    if locked.is_open:
        locked.status, locked.ended_at = Import.Status.CANCELLED, timezone.now()
        locked.save(update_fields=["status", "ended_at"])
    record(
        "collection.import_cancelled",
        subject=locked,
        actor=actor,
        reason=reason,
        data={"chunks": locked.chunks_done},
    )
    return locked


@action
def resume_import(*, of_import: Import, actor: Actor, reason: str = "") -> Import:
    """Go on with an import that was stopped or interrupted, where it ended."""
    locked = _lock(of_import)
    if locked.status not in (Import.Status.CANCELLED, Import.Status.FAILED):
        raise errors.ImportNotResumable
    if not all(file.stored for file in locked.files.all()):
        raise errors.FilesGone
    locked.status, locked.is_cancel_asked = Import.Status.QUEUED, False
    locked.failure, locked.ended_at = None, None
    locked.save(update_fields=["status", "is_cancel_asked", "failure", "ended_at"])
    queue_import(locked.pk)
    record(
        "collection.import_resumed",
        subject=locked,
        actor=actor,
        reason=reason,
        data={"chunks": locked.chunks_done},
    )
    return locked


@action
def discard_import(*, of_import: Import, actor: Actor, reason: str = "") -> None:
    """Forget an import that was never started, with its files."""
    locked = _lock_draft(of_import)
    record("collection.import_discarded", subject=locked, actor=actor, reason=reason)
    for file in locked.files.all():
        storage.remove(file.stored)
    locked.delete()


def _lock(of_import: Import) -> Import:
    locked: Import = Import.objects.select_for_update(of=("self",)).get(pk=of_import.pk)
    return locked


def _lock_draft(of_import: Import) -> Import:
    locked = _lock(of_import)
    if locked.status != Import.Status.DRAFT:
        raise errors.ImportNotDraft
    return locked
