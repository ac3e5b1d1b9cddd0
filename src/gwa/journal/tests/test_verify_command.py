"""`verify_journal` is what `./gwa doctor` asks: quiet when the journal holds, exact when not."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from gwa.journal.actions import record
from gwa.journal.management.commands.verify_journal import _SENTENCES
from gwa.journal.models import SYSTEM
from gwa.journal.rules import FaultKind
from gwa.journal.sealing import seal_journal


@pytest.fixture
def sealed(settings, tmp_path, transactional_db):
    """One sealed line, committed."""
    settings.JOURNAL_HEAD_DIR = tmp_path
    with transaction.atomic():
        record("test.line", actor=SYSTEM, reason="parce que")
    seal_journal()


def test_a_journal_that_holds_is_accepted_in_silence(sealed, capsys):
    call_command("verify_journal")

    assert capsys.readouterr().out == ""


def test_an_erased_line_is_named(sealed, owner_connection):
    owner_connection.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
    owner_connection.execute("ALTER TABLE journal_entry NO FORCE ROW LEVEL SECURITY")
    (line,) = owner_connection.execute("DELETE FROM journal_entry RETURNING id").fetchone()

    with pytest.raises(CommandError, match=f"La ligne {line} a été effacée"):
        call_command("verify_journal")


def test_each_fault_has_its_sentence():
    assert set(_SENTENCES) == set(FaultKind)
