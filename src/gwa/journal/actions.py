"""The door every change goes through: one verb, one transaction, one journal line."""

import contextvars
import functools
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone
from psycopg.errors import DeadlockDetected, LockNotAvailable

from gwa.common.errors import Busy, refusal_of
from gwa.common.ids import new_id
from gwa.common.scope import can_still_speak
from gwa.journal.models import Actor, Entry

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(slots=True)
class Change:
    """What one action does to the registry, under one number."""

    id: uuid.UUID
    lines: int = 0


_current: contextvars.ContextVar[Change | None] = contextvars.ContextVar("change", default=None)


class LeftNoTrace(RuntimeError):
    """An action ended without a journal line: a fault of the program, so nothing is kept."""


@contextmanager
def _change(known: uuid.UUID | None = None) -> Iterator[Change]:
    """Open a change, or join the one that is open: an action made of others is one change."""
    outer = _current.get()
    if outer is not None:
        yield outer
        return
    change = Change(id=known or new_id())
    token = _current.set(change)
    _say(_WRITES, str(change.id))
    is_told = False
    try:
        yield change
        _say(_HOLDS + _NOBODY_WRITES)
        is_told = True
    finally:
        _current.reset(token)
        if not is_told and can_still_speak():
            _say(_NOBODY_WRITES)


# The history triggers know by this which action is writing.
_WRITES = "SELECT set_config('gwa.change', %s, true);"
_NOBODY_WRITES = "SELECT set_config('gwa.change', '', true);"
# A broken state is refused here, where an action can say so, not at commit without a scope.
_HOLDS = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;"


def _say(words: str, *values: str) -> None:
    """Tell the database something in one go: every action waits for it."""
    with connection.cursor() as cursor:
        cursor.execute(words, values or None)


@contextmanager
def _in_words() -> Iterator[None]:
    """Turn the refusal of a named constraint, or of a lock, into the sentence that explains it."""
    try:
        yield
    except DatabaseError as error:
        cause = error.__cause__
        if isinstance(cause, DeadlockDetected | LockNotAvailable):
            raise Busy from error
        refusal = refusal_of(getattr(getattr(cause, "diag", None), "constraint_name", None))
        if refusal is None:
            raise
        raise refusal from error


def action(verb: Callable[P, R]) -> Callable[P, R]:
    """Make `verb` one transaction that leaves at least one journal line, or nothing at all.

    A constraint of the database that refuses is put into words here, for every verb alike.
    """

    @functools.wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with _in_words(), transaction.atomic(), _change() as change:
            before = change.lines
            result = verb(*args, **kwargs)
            if change.lines == before:
                raise LeftNoTrace(verb.__qualname__)
            return result

    return run


@contextmanager
def continuing(change_id: uuid.UUID) -> Iterator[None]:
    """One transaction more of a change that its action opened and told in the journal.

    A job that works for minutes commits step by step; all its steps are one change.
    """
    with _in_words(), transaction.atomic(), _change(change_id):
        yield


def current_change_id() -> uuid.UUID:
    """Return the number of the open change. Raises `LookupError` outside an action."""
    change = _current.get()
    if change is None:
        raise LookupError("no action is open")
    return change.id


def record(
    action: str,
    *,
    actor: Actor,
    subject: models.Model | None = None,
    zone_path: str | None = None,
    reason: str = "",
    data: dict[str, Any] | None = None,
) -> Entry:
    """Write the journal line of what was just done (or read)."""
    change = _current.get()
    if change is not None:
        change.lines += 1
    return Entry.objects.create(
        at=timezone.now(),
        action=action,
        actor_id=actor.user_id,
        actor_label=actor.label,
        right=actor.right,
        subject_kind=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        zone_path=zone_path if zone_path is not None else getattr(subject, "zone_path", ""),
        reason=reason,
        data=data or {},
        request_id=actor.request_id,
        change_id=change.id if change is not None else new_id(),
    )
