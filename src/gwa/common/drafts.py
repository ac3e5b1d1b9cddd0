"""Keep what is being typed at the desk, so that a crash or a lost session costs nothing.

A draft belongs to its author alone and is no part of the registry: nothing is journalled. A view
whose form was accepted calls `forget_draft`; drafts left alone die after `KEPT_FOR`.
"""

import datetime as dt
import json
from typing import Any

from cryptography.exceptions import InvalidTag
from django.utils import timezone

from gwa.common.crypto import seal, unseal
from gwa.common.models import FormDraft

KEPT_FOR = dt.timedelta(days=14)
Fields = dict[str, list[str]]
_CELL = {"table": "common_formdraft", "column": "sealed"}


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
    try:
        fields: Fields = json.loads(unseal(draft.sealed, row=draft.id, **_CELL))
    except (InvalidTag, KeyError):  # altered, or sealed with a key that was withdrawn since
        return None
    return {"fields": fields, "saved_at": draft.saved_at}


def forget_draft(*, author_id: int, form: str) -> None:
    """Drop the draft of a form that was accepted or given up."""
    FormDraft.objects.filter(author_id=author_id, form=form).delete()
