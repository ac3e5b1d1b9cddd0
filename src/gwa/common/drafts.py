"""Keep what is being typed at the desk, so that a crash or a lost session costs nothing.

A draft belongs to its author alone and is no part of the registry: nothing is journalled. A view
whose form was accepted calls `forget_draft`; drafts left alone die after `KEPT_FOR`.
"""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.db import transaction
from django.utils import timezone

from gwa.common.crypto import current_key_id, seal, seal_bytes, unseal, unseal_bytes
from gwa.common.ids import new_id
from gwa.common.models import DraftFile, FormDraft

KEPT_FOR = dt.timedelta(days=14)
Fields = dict[str, list[str]]
_CELL = {"table": "common_formdraft", "column": "sealed"}
_FILE = {"table": "common_draftfile", "column": "sealed"}


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed in one form, and when it was kept last."""

    form: str
    fields: Fields
    saved_at: dt.datetime

    @property
    def dies_on(self) -> dt.date:
        """The day when it is dropped if nobody comes back to it."""
        return timezone.localdate(self.saved_at + KEPT_FOR)


def keep_draft(*, author_id: int, form: str, fields: Fields) -> None:
    """Keep the fields as they stand, in place of what was kept before."""
    now = timezone.now()
    FormDraft.objects.filter(author_id=author_id, saved_at__lt=now - KEPT_FOR).delete()
    draft = FormDraft.objects.filter(author_id=author_id, form=form).first()
    draft = draft or FormDraft(author_id=author_id, form=form)
    draft.sealed = seal(json.dumps(fields), row=draft.id, **_CELL)
    draft.saved_at = now
    draft.save()


def read_draft(*, author_id: int, form: str) -> dict[str, Any] | None:
    """Return the author's draft of a form with the moment it was kept, or None."""
    oldest = timezone.now() - KEPT_FOR
    draft = FormDraft.objects.filter(author_id=author_id, form=form, saved_at__gte=oldest).first()
    if draft is None:
        return None
    opened = _open(draft)
    return {"fields": opened.fields, "saved_at": opened.saved_at} if opened else None


def _open(draft: FormDraft) -> Draft | None:
    try:
        fields: Fields = json.loads(unseal(draft.sealed, row=draft.id, **_CELL))
    except (InvalidTag, KeyError):  # altered, or sealed with a key that was withdrawn since
        return None
    return Draft(draft.form, fields, draft.saved_at)


def list_drafts(*, author_id: int, begins: str) -> list[Draft]:
    """Return the author's drafts whose form begins so, the last kept first."""
    rows = FormDraft.objects.filter(
        author_id=author_id, form__startswith=begins, saved_at__gte=timezone.now() - KEPT_FOR
    )
    return [draft for draft in map(_open, rows.order_by("-saved_at")) if draft]


def count_drafts(*, author_id: int, begins: str) -> int:
    """Count the author's drafts whose form begins so."""
    return FormDraft.objects.filter(
        author_id=author_id, form__startswith=begins, saved_at__gte=timezone.now() - KEPT_FOR
    ).count()


@transaction.atomic
def change_draft(*, author_id: int, form: str, change: Callable[[Fields], Fields]) -> Fields | None:
    """Change what a draft holds, one change after the other; None where there is no draft.

    A change that arrives after the form was accepted finds nothing and brings nothing back.
    """
    row = FormDraft.objects.select_for_update().filter(author_id=author_id, form=form).first()
    draft = _open(row) if row else None
    if row is None or draft is None:
        return None
    fields = change(draft.fields)
    row.sealed = seal(json.dumps(fields), row=row.id, **_CELL)
    row.saved_at = timezone.now()
    row.save(update_fields=["sealed", "saved_at"])
    return fields


def lock_draft(*, author_id: int, form: str) -> Fields | None:
    """Return what a draft holds and hold it until the end of the transaction."""
    return change_draft(author_id=author_id, form=form, change=lambda fields: fields)


def keep_file(*, author_id: int, form: str, content: bytes, media_type: str) -> UUID | None:
    """Keep a file with a draft, sealed; return its id, or None where there is no draft."""
    draft = FormDraft.objects.filter(author_id=author_id, form=form).first()
    if draft is None:
        return None
    key = new_id()
    DraftFile.objects.create(
        id=key,
        draft=draft,
        sealed=seal_bytes(content, row=key, **_FILE),
        media_type=media_type,
        size=len(content),
        added_at=timezone.now(),
    )
    return key


def list_files(*, author_id: int, form: str) -> list[DraftFile]:
    """Return the files kept with a draft, in the order they came, without their content."""
    rows = DraftFile.objects.filter(draft__author_id=author_id, draft__form=form)
    return list(rows.defer("sealed"))


def read_file(*, author_id: int, form: str, file_id: UUID) -> tuple[bytes, str] | None:
    """Return a file kept with a draft and its media type; None where its author has none such."""
    rows = DraftFile.objects.filter(draft__author_id=author_id, draft__form=form)
    file = rows.filter(pk=file_id).first()
    if file is None:
        return None
    try:
        return unseal_bytes(file.sealed, row=file.id, **_FILE), file.media_type
    except (InvalidTag, KeyError):
        return None


def forget_file(*, author_id: int, form: str, file_id: UUID) -> None:
    """Drop one file of a draft."""
    DraftFile.objects.filter(draft__author_id=author_id, draft__form=form, pk=file_id).delete()


def forget_dead_drafts() -> int:
    """Drop the drafts that nobody came back to, with their files; return how many there were."""
    dead = FormDraft.objects.filter(saved_at__lt=timezone.now() - KEPT_FOR)
    count = dead.count()
    dead.delete()
    return count


def forget_draft(*, author_id: int, form: str) -> None:
    """Drop the draft of a form that was accepted or given up."""
    FormDraft.objects.filter(author_id=author_id, form=form).delete()


def seal_drafts_again() -> int:
    """Seal under the newest key the drafts and files that an older one sealed; return how many.

    One by one, because a file is large; what nobody can open any more is left to die.
    """
    drafts = list(FormDraft.objects.values_list("pk", flat=True))
    files = list(DraftFile.objects.values_list("pk", flat=True))
    return sum(_seal_again(FormDraft, _CELL, key) for key in drafts) + sum(
        _seal_again(DraftFile, _FILE, key) for key in files
    )


@transaction.atomic
def _seal_again(model: type[FormDraft | DraftFile], cell: dict[str, str], key: UUID) -> bool:
    row = model.objects.select_for_update().filter(pk=key).first()
    if row is None or bytes(row.sealed)[0] == current_key_id():
        return False
    try:
        content = unseal_bytes(row.sealed, row=key, **cell)
    except (InvalidTag, KeyError):
        return False
    row.sealed = seal_bytes(content, row=key, **cell)
    row.save(update_fields=["sealed"])
    return True
