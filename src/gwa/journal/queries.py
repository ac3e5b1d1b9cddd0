"""Reading the journal: whether it holds, and its lines."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from gwa.journal import rules
from gwa.journal.keys import head_on_file, line_key, signing_key
from gwa.journal.models import Entry, Leaf, Seal

# A line may wait for its seal while its transaction lasts and the worker is busy.
PATIENCE_MINUTES = 15


def search_journal(
    *,
    action: str = "",
    actor: str = "",
    subject: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> QuerySet[Entry]:
    """Return the lines of the present scope that answer every filter given.

    Days are the country's; both ends are included.
    """
    lines = Entry.objects.all()
    if action:
        lines = lines.filter(action=action)
    if actor:
        lines = lines.filter(actor_label__iexact=actor.strip())
    if subject:
        lines = lines.filter(subject_id=subject.strip())
    if since:
        lines = lines.filter(at__gte=_midnight(since))
    if until:
        lines = lines.filter(at__lt=_midnight(until + dt.timedelta(days=1)))
    return lines


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def verify_journal() -> rules.Fault | None:
    """Check every line against its seal and the chain of seals; return the first fault.

    Needs a national scope. Reads the whole journal: meant for `./gwa doctor` and nightly jobs.
    """
    now = timezone.now()
    lines: dict[UUID, bytes] = {}
    waiting: list[UUID] = []
    key = line_key()
    for line in Entry.objects.order_by("at").values(*rules.SEALED_COLUMNS).iterator(5000):
        lines[line["id"]] = rules.leaf_of(line, key)
        if (now - line["at"]).total_seconds() < PATIENCE_MINUTES * 60:
            waiting.append(line["id"])
    return rules.find_fault(
        _seals_with_leaves(), lines, is_signed=_is_signed, head=head_on_file(), unsealed=waiting
    )


def _seals_with_leaves() -> Iterator[tuple[rules.SealedBatch, Sequence[tuple[UUID, bytes]]]]:
    leaves = (
        Leaf.objects.order_by("seal_id", "position").values_list("seal_id", "line_id", "leaf")
    ).iterator(5000)
    by_seal = groupby(leaves, key=lambda row: row[0])
    number, rows = next(by_seal, (None, iter(())))
    for seal in Seal.objects.order_by("number").iterator(1000):
        held: list[tuple[UUID, bytes]] = []
        if number == seal.number:
            held = [(line, bytes(leaf)) for _, line, leaf in rows]
            number, rows = next(by_seal, (None, iter(())))
        yield as_batch(seal), held


def as_batch(seal: Seal) -> rules.SealedBatch:
    """Return the seal as plain values."""
    return rules.SealedBatch(
        number=seal.number,
        sealed_at=seal.sealed_at,
        lines=seal.lines,
        root=bytes(seal.root),
        previous=bytes(seal.previous),
        digest=bytes(seal.digest),
        signature=bytes(seal.signature),
    )


def _is_signed(seal: rules.SealedBatch) -> bool:
    try:
        signing_key().public_key().verify(seal.signature, seal.digest)
    except InvalidSignature:
        return False
    return True


def unsealed_lines(*, since_days: int = 2) -> list[Entry]:
    """Return committed lines that no seal holds yet, oldest first."""
    since = timezone.now() - dt.timedelta(days=since_days)
    return list(
        Entry.objects.filter(at__gte=since)
        .extra(where=["NOT EXISTS (SELECT FROM journal_leaf l WHERE l.line_id = journal_entry.id)"])
        .order_by("at", "id")
    )


def missing_months(*, ahead: int = 2) -> list[str]:
    """Name the partitioned tables whose partitions end before `ahead` months from now."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT parent.relname FROM pg_class parent
            WHERE parent.relkind = 'p' AND NOT EXISTS (
                SELECT FROM pg_inherits i JOIN pg_class child ON child.oid = i.inhrelid
                WHERE i.inhparent = parent.oid AND child.relname =
                    parent.relname || to_char(now() + make_interval(months => %s), '_YYYY_MM'))
            ORDER BY parent.relname
            """,
            [ahead],
        )
        return [row[0] for row in cursor.fetchall()]
