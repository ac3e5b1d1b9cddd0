"""Whoever alters the journal is found, and the first bad line is named."""

import datetime as dt
import random
import uuid
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from gwa.common.scope import everywhere
from gwa.journal import rules
from gwa.journal.actions import record
from gwa.journal.models import SYSTEM, Leaf, Seal
from gwa.journal.queries import verify_journal
from gwa.journal.rules import Fault, FaultKind
from gwa.journal.sealing import seal_journal

KEY = bytes(32)
SIGNING_KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))


class Journal:
    """A sealed journal in memory: what an intruder with every right on the tables can reach."""

    def __init__(self, seals=6, lines_each=5):
        self.lines = {}
        self.seals = []
        self.leaves = []
        previous = rules.EMPTY_CHAIN
        for number in range(1, seals + 1):
            batch = [self.add_line(number * 100 + i) for i in range(lines_each)]
            leaves = [(line["id"], rules.leaf_of(line, KEY)) for line in batch]
            seal = self.make_seal(number, leaves, previous)
            self.seals.append(seal)
            self.leaves.append(leaves)
            previous = seal.digest
        self.head = (seals, previous)

    def add_line(self, serial):
        line = dict.fromkeys(rules.SEALED_COLUMNS, "")
        line |= {
            "id": uuid.UUID(int=serial),
            "at": dt.datetime(2026, 11, 22, tzinfo=dt.UTC) + dt.timedelta(seconds=serial),
            "action": f"registry.read_{serial}",
            "data": {"n": serial},
        }
        self.lines[line["id"]] = line
        return line

    def make_seal(self, number, leaves, previous):
        at = dt.datetime(2026, 11, 22, 1, number, tzinfo=dt.UTC)
        root = rules.merkle_root([leaf for _, leaf in leaves])
        digest = rules.seal_digest(
            number=number, sealed_at=at, lines=len(leaves), root=root, previous=previous
        )
        signature = SIGNING_KEY.sign(digest)
        return rules.SealedBatch(number, at, len(leaves), root, previous, digest, signature)

    def fault(self):
        def is_signed(seal):
            try:
                SIGNING_KEY.public_key().verify(seal.signature, seal.digest)
            except Exception:  # noqa: BLE001 (any refusal is a refusal)
                return False
            return True

        present = {number: rules.leaf_of(line, KEY) for number, line in self.lines.items()}
        sealed = [
            [rules.SealedLine(line, leaf, present.get(line)) for line, leaf in leaves]
            for leaves in self.leaves
        ]
        known = {line for leaves in self.leaves for line, _ in leaves}
        return rules.find_fault(
            zip(self.seals, sealed, strict=True),
            is_signed=is_signed,
            head=self.head,
            without_seal=[line for line in self.lines if line not in known],
        )


def edit_a_line(journal, chance):
    line = chance.choice(list(journal.lines.values()))
    column = chance.choice(["action", "actor_label", "reason", "zone_path", "subject_id"])
    line[column] = f"{line[column]}x"
    return Fault(FaultKind.ALTERED, str(line["id"]))


def backdate_a_line(journal, chance):
    line = chance.choice(list(journal.lines.values()))
    line["at"] -= dt.timedelta(microseconds=1)
    return Fault(FaultKind.ALTERED, str(line["id"]))


def delete_a_line(journal, chance):
    line = chance.choice(list(journal.lines))
    del journal.lines[line]
    return Fault(FaultKind.MISSING, str(line))


def swap_two_lines(journal, chance):
    one, other = sorted(chance.sample(list(journal.lines), 2))
    first, second = journal.lines[one], journal.lines[other]
    first["action"], second["action"] = second["action"], first["action"]
    return Fault(FaultKind.ALTERED, str(one))


def add_a_line(journal, chance):
    line = journal.add_line(100_000 + chance.randrange(1000))
    return Fault(FaultKind.ADDED, str(line["id"]))


def cut_the_end(journal, chance):
    kept = chance.randrange(len(journal.seals))
    for leaves in journal.leaves[kept:]:
        for line, _ in leaves:
            del journal.lines[line]
    del journal.seals[kept:], journal.leaves[kept:]
    return Fault(FaultKind.CUT_SHORT, str(journal.head[0]))


def remove_a_seal(journal, chance):
    gone = chance.randrange(len(journal.seals) - 1)
    for line, _ in journal.leaves[gone]:
        del journal.lines[line]
    del journal.seals[gone], journal.leaves[gone]
    return Fault(FaultKind.SEAL_MISSING, str(gone + 1))


def rewrite_a_line_and_its_seal(journal, chance):
    """The intruder knows the line key and remakes leaf, root and digest, but cannot sign."""
    place = chance.randrange(len(journal.seals))
    leaves = journal.leaves[place]
    line = journal.lines[leaves[0][0]]
    line["reason"] = "rewritten"
    leaves[0] = (line["id"], rules.leaf_of(line, KEY))
    old = journal.seals[place]
    root = rules.merkle_root([leaf for _, leaf in leaves])
    digest = rules.seal_digest(
        number=old.number,
        sealed_at=old.sealed_at,
        lines=old.lines,
        root=root,
        previous=old.previous,
    )
    journal.seals[place] = replace(old, root=root, digest=digest)
    return Fault(FaultKind.SEAL_ALTERED, str(old.number))


CRIMES = (
    edit_a_line,
    backdate_a_line,
    delete_a_line,
    swap_two_lines,
    add_a_line,
    cut_the_end,
    remove_a_seal,
    rewrite_a_line_and_its_seal,
)


def test_an_honest_journal_holds():
    assert Journal().fault() is None


def test_a_thousand_random_crimes_are_all_found_and_the_first_bad_line_is_named():
    chance = random.Random(20261122)  # noqa: S311 (a fixed seed)
    for _ in range(1000):
        journal = Journal()
        expected = chance.choice(CRIMES)(journal, chance)
        assert journal.fault() == expected


@given(
    st.lists(st.binary(min_size=32, max_size=32), min_size=2, max_size=40, unique=True), st.data()
)
def test_the_root_depends_on_every_leaf_and_on_their_order(leaves, data):
    i = data.draw(st.integers(0, len(leaves) - 2))
    swapped = [*leaves[:i], leaves[i + 1], leaves[i], *leaves[i + 2 :]]
    shorter = leaves[:-1]
    roots = {rules.merkle_root(x) for x in (leaves, swapped, shorter)}
    assert len(roots) == 3


@pytest.fixture
def sealed(settings, tmp_path, transactional_db):
    """Two seals of two lines each, committed."""
    settings.JOURNAL_HEAD_DIR = tmp_path
    for number in range(2):
        for serial in range(2):
            with transaction.atomic():
                record(f"test.line_{number}_{serial}", actor=SYSTEM, reason="parce que")
        seal_journal()


def first_fault():
    with transaction.atomic(), everywhere():
        return verify_journal()


def test_committed_lines_are_sealed_once(sealed):
    assert list(Seal.objects.values_list("number", "lines")) == [(1, 2), (2, 2)]
    assert seal_journal() is None
    assert Leaf.objects.count() == 4
    assert first_fault() is None


def test_what_was_done_while_the_worker_was_stopped_is_sealed_when_it_is_back(sealed, monkeypatch):
    """A long weekend: lines of its first day are older than any transaction lasts."""
    start = timezone.now()
    for day in range(5):
        monkeypatch.setattr(timezone, "now", lambda day=day: start + dt.timedelta(days=day))
        with transaction.atomic():
            record(f"test.day_{day}", actor=SYSTEM)

    assert seal_journal().lines == 5
    assert first_fault() is None


def tamper(owner_connection, statement):
    """Do what an intruder with the owner's rights would."""
    for table in ("journal_entry", "journal_seal", "journal_leaf"):
        owner_connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    owner_connection.execute("ALTER TABLE journal_entry NO FORCE ROW LEVEL SECURITY")
    owner_connection.execute(statement)
    owner_connection.execute("ALTER TABLE journal_entry FORCE ROW LEVEL SECURITY")


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE journal_entry SET reason = '' WHERE action = 'test.line_0_1'", FaultKind.ALTERED),
        ("DELETE FROM journal_entry WHERE action = 'test.line_1_0'", FaultKind.MISSING),
        ("UPDATE journal_seal SET lines = 3 WHERE number = 1", FaultKind.SEAL_ALTERED),
        (
            "DELETE FROM journal_leaf WHERE seal_id = 2; DELETE FROM journal_seal WHERE number = 2",
            FaultKind.CUT_SHORT,
        ),
        (
            "INSERT INTO journal_entry SELECT gen_random_uuid(), at - interval '1 day', action,"
            ' actor_id, actor_label, "right", subject_kind, subject_id, zone_path, reason, data,'
            " request_id, change_id FROM journal_entry LIMIT 1",
            FaultKind.ADDED,
        ),
    ],
)
def test_tampering_in_the_database_is_found(sealed, owner_connection, statement, kind):
    tamper(owner_connection, statement)
    assert first_fault().kind is kind
