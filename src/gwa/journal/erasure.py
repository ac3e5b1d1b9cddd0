"""Taking the reasons away from the lines about somebody who is erased.

A reason is free text, and may name them; all else in a line is numbers and codes, and stays. Runs
as the owner of the tables: for everybody else the journal is append-only.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from gwa.journal import rules
from gwa.journal.actions import record
from gwa.journal.keys import line_key
from gwa.journal.models import Actor, Entry
from gwa.journal.queries import REASONS_ERASED

_OPEN = (
    "ALTER TABLE journal_entry NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_append_only",
)
_CLOSE = (
    "ALTER TABLE journal_entry ENABLE TRIGGER journal_entry_append_only",
    "ALTER TABLE journal_entry FORCE ROW LEVEL SECURITY",
)


def erase_reasons(subjects: Collection[UUID], *, actor: Actor, reason: str) -> int:
    """Empty the reasons of every line about these subjects, and leave a line that says which.

    It keeps what each line's leaf is from now on, so that an erasure is told from a falsification.
    Call it last in a transaction: others who write wait for its end.
    """
    lines = list(Entry.objects.filter(subject_id__in=[str(one) for one in subjects]))
    lines = [line for line in lines if line.reason]
    key = line_key()
    for line in lines:
        line.reason = ""
    if lines:
        with connection.cursor() as cursor:
            for statement in _OPEN:
                cursor.execute(statement)
            cursor.execute(
                "UPDATE journal_entry SET reason = '' WHERE id = ANY(%s)",
                [[line.id for line in lines]],
            )
            for statement in _CLOSE:
                cursor.execute(statement)
        leaves = {str(line.id): rules.leaf_of(vars(line), key).hex() for line in lines}
        record(REASONS_ERASED, actor=actor, reason=reason, data=leaves)
    return len(lines)
