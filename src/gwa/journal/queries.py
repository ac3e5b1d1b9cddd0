"""Reading the journal: whether it holds, and its lines."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from django.apps import apps
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from gwa.common.access import all_rights
from gwa.common.people import accounts_called, name_of_process, names_by_account
from gwa.journal import rules
from gwa.journal.events import Subject, all_subjects
from gwa.journal.keys import head_on_file, line_key, signing_key
from gwa.journal.models import Entry, Leaf, Seal

# A line may wait for its seal while its transaction lasts and the worker is busy.
PATIENCE_MINUTES = 15
# A line is dated when it is written, and seen once its transaction ends.
_LONGEST_TRANSACTION = dt.timedelta(days=2)
# Lines that took the reason away from others about somebody who was erased.
REASONS_ERASED = "journal.reasons_erased"
_UNSEALED = ~Exists(Leaf.objects.filter(line_id=OuterRef("id")))
_SEALED_LINES = f"""
    SELECT l.seal_id, l.line_id, l.leaf, {", ".join(f'e."{name}"' for name in rules.SEALED_COLUMNS)}
    FROM journal_leaf l LEFT JOIN journal_entry e ON e.id = l.line_id
    ORDER BY l.seal_id, l.position
"""  # noqa: S608 (names written in the rules)


@dataclass(frozen=True, slots=True)
class Told:
    """One line in its reader's words: who, by which right, on what."""

    line: Entry
    actor: str
    right: str
    subject: str


def tell_lines(lines: Iterable[Entry]) -> list[Told]:
    """Put lines into words: people by their name, rights as profiles show them, records named."""
    lines = list(lines)
    people = names_by_account(line.actor_id for line in lines)
    subjects = _name_subjects(lines)
    rights = all_rights()
    return [
        Told(
            line,
            actor=people.get(line.actor_id) or name_of_process(line.actor_label),
            right=str(rights[line.right].label) if line.right in rights else line.right,
            subject=subjects.get((line.subject_kind, line.subject_id), ""),
        )
        for line in lines
    ]


def _name_subjects(lines: Iterable[Entry]) -> Mapping[tuple[str, str], str]:
    """Return what each record is called, by kind and id: one query a kind, in the scope."""
    asked: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if line.subject_kind:
            asked[line.subject_kind].add(line.subject_id)
    named: dict[tuple[str, str], str] = {}
    for model, rows in asked.items():
        subject = all_subjects().get(model, Subject(model))
        named |= {(model, row): str(subject.kind) for row in rows}
        if subject.field:
            found = apps.get_model(model)._default_manager.filter(pk__in=rows)
            for row, name in found.values_list("pk", subject.field):
                named[model, str(row)] = f"{subject.kind} {subject.written(name)}"
    return named


def _about(words: str) -> Q:
    """Say which lines are about the record of this identifier, name or number, in the scope."""
    about = Q(subject_id=words)
    for model, subject in all_subjects().items():
        if subject.field:
            named = {f"{subject.field}__in": {words, words.replace(" ", "")}}
            found = apps.get_model(model)._default_manager.filter(**named)
            if ids := [str(row) for row in found.values_list("pk", flat=True)]:
                about |= Q(subject_kind=model, subject_id__in=ids)
    return about


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
        called = Q(actor_label__iexact=actor.strip()) | Q(actor_id__in=accounts_called(actor))
        lines = lines.filter(called)
    if subject:
        lines = lines.filter(_about(subject.strip()))
    if since:
        lines = lines.filter(at__gte=_midnight(since))
    if until:
        lines = lines.filter(at__lt=_midnight(until + dt.timedelta(days=1)))
    return lines


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def verify_journal() -> rules.Fault | None:
    """Check every line against its seal and the chain of seals; return the first fault.

    Needs a national scope and a transaction. Reads the whole journal, line by line as it comes:
    meant for `./gwa doctor` and nightly jobs.
    """
    return rules.find_fault(
        _seals_with_lines(),
        is_signed=_is_signed,
        head=head_on_file(),
        without_seal=_lines_without_seal(),
        erased=_erased_lines(),
    )


def _seals_with_lines() -> Iterator[tuple[rules.SealedBatch, Sequence[rules.SealedLine]]]:
    by_seal = groupby(_sealed_lines(), key=lambda found: found[0])
    number, found = next(by_seal, (None, iter(())))
    for seal in Seal.objects.order_by("number").iterator(1000):
        held: list[rules.SealedLine] = []
        if number == seal.number:
            held = [line for _, line in found]
            number, found = next(by_seal, (None, iter(())))
        yield as_batch(seal), held


def _sealed_lines() -> Iterator[tuple[int, rules.SealedLine]]:
    """Give each leaf with its seal's number and what stands in the journal under its id."""
    key = line_key()
    with connection.chunked_cursor() as cursor:
        cursor.execute(_SEALED_LINES)
        while rows := cursor.fetchmany(5000):
            for seal, line_id, leaf, *values in rows:
                line = dict(zip(rules.SEALED_COLUMNS, values, strict=True))
                present = None
                if line["id"] is not None:
                    line["data"] = json.loads(line["data"])
                    present = rules.leaf_of(line, key)
                yield seal, rules.SealedLine(line_id, bytes(leaf), present)


def _lines_without_seal() -> Iterator[UUID]:
    """Give the lines that no seal holds although they had time enough."""
    long_enough = timezone.now() - dt.timedelta(minutes=PATIENCE_MINUTES)
    lines = Entry.objects.filter(_UNSEALED, at__lte=long_enough).order_by("at")
    yield from lines.values_list("id", flat=True).iterator(5000)


def _erased_lines() -> dict[UUID, bytes]:
    """Return the present leaf of each line whose reason was erased, as the erasures tell."""
    told = Entry.objects.filter(action=REASONS_ERASED).values_list("data", flat=True)
    return {UUID(line): bytes.fromhex(leaf) for data in told for line, leaf in data.items()}


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


def unsealed_lines() -> list[Entry]:
    """Return committed lines that no seal holds yet, oldest first.

    However long the worker was stopped: they are looked for from a little before the last seal.
    A line dated earlier was slipped in afterwards; it stays without a seal, and is found.
    """
    lines = Entry.objects.filter(_UNSEALED)
    last = Seal.objects.order_by("-number").first()
    if last is not None:
        lines = lines.filter(at__gte=last.sealed_at - _LONGEST_TRANSACTION)
    return list(lines.order_by("at", "id"))


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
