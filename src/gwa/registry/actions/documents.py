"""Verbs on documents: attach, remove."""

from typing import BinaryIO

from django.utils import timezone

from gwa.journal.actions import action, record
from gwa.journal.models import Actor
from gwa.registry import errors
from gwa.registry.actions.checks import (
    check_columns,
    lock_active,
    lock_household,
    require_reason,
)
from gwa.registry.actions.rows import tidy
from gwa.registry.files import LARGEST_MB, path_of, store
from gwa.registry.models import Document, Household, Membership, Person


@action
def attach_document(
    *,
    household: Household,
    title: str,
    upload: BinaryIO,
    actor: Actor,
    person: Person | None = None,
    reason: str = "",
) -> Document:
    """Keep a photo or a PDF about the household, or about one of its persons.

    The file is written before the row: killed in between, it is only a file nobody knows, which
    the job `sweep_files` removes.
    """
    locked = lock_active(household)
    if person is not None:
        inside = Membership.objects.filter(household=locked, person=person)
        if not inside.exists():
            raise errors.NotOfThisHousehold
    document = Document(
        zone_path=locked.zone_path,
        household=locked,
        person=person,
        title=tidy(title),
        added_at=timezone.now(),
    )
    check_columns(document, ["title"])
    stored = store(upload.read(LARGEST_MB * 1024 * 1024 + 1))
    document.file, document.media_type = stored.name, stored.media_type
    document.size, document.sha256 = stored.size, stored.sha256
    try:
        document.save(force_insert=True)
        record(
            "registry.document_attached",
            subject=locked,
            actor=actor,
            reason=reason,
            data={"document": str(document.pk), "media_type": document.media_type},
        )
    except BaseException:
        path_of(stored.name).unlink(missing_ok=True)
        raise
    return document


@action
def remove_document(*, document: Document, actor: Actor, reason: str) -> Document:
    """Take a document off the household's page; the file stays, for whoever undoes it."""
    require_reason(reason)
    household = lock_household(document.household)
    locked: Document = Document.objects.select_for_update().get(pk=document.pk)
    if locked.removed_at is not None:
        raise errors.DocumentRemoved
    locked.removed_at = timezone.now()
    locked.save(update_fields=["removed_at"])
    record(
        "registry.document_removed",
        subject=household,
        actor=actor,
        reason=reason,
        data={"document": str(locked.pk)},
    )
    return locked
