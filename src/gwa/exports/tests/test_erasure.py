"""An erasure reaches every file kept here."""

from uuid import uuid4

from django.db import transaction

from gwa.common.scope import everywhere
from gwa.exports.erasure import forget_files
from gwa.exports.tests.conftest import made
from gwa.exports.writing import job
from gwa.journal.models import Entry
from gwa.registry.erasure import Erased, _reaches


def test_every_file_goes(agent, operator):
    for person in (agent, operator):
        made(person)
    with transaction.atomic(), everywhere():
        forget_files(Erased((uuid4(),), (uuid4(),)))
        lines = Entry.objects.filter(action="exports.export_removed")
        assert {line.reason for line in lines} == {"effacement"}
        assert lines.count() == 2
    assert list(job.folder().iterdir()) == []


def test_the_registry_knows_that_exports_must_be_reached():
    assert forget_files in _reaches
