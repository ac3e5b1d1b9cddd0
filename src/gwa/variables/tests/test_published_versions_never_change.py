"""The database itself closes a published version."""

import pytest
from django.db import IntegrityError, transaction

from gwa.variables.models import Choice, DictionaryVersion, Section, Variable, VariableMapping

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(folder):
    folder.publish()
    folder.follow(rooms={"renamed": "room_count"})
    folder.variables["room_count"] = folder.variables.pop("rooms")
    return folder.publish()


def refused(deed):
    with pytest.raises(IntegrityError, match="is published"), transaction.atomic():
        deed()


@pytest.mark.parametrize("model", [Section, Variable, VariableMapping])
def test_no_row_of_its_content_is_written_changed_or_removed(version, model):
    rows = model.objects.filter(version=version)
    assert rows.exists()
    one = rows.first()
    refused(lambda: rows._raw_delete("default"))
    refused(lambda: rows.filter(pk=one.pk).update(version=version))
    one.pk, one.position = None, 99
    if hasattr(one, "name"):
        one.name = "another"
    else:
        one.source = "another"
    refused(one.save)


def test_no_choice_is_written_changed_or_removed(version):
    choices = Choice.objects.filter(variable__version=version)
    one = choices.first()
    refused(lambda: Choice.objects.filter(pk=one.pk)._raw_delete("default"))
    refused(lambda: Choice.objects.filter(pk=one.pk).update(code="other"))
    one.pk, one.code, one.position = None, "other", 99
    refused(one.save)


def test_a_row_of_a_draft_cannot_move_into_it(version, folder):
    folder.follow()
    draft = folder.load()
    refused(lambda: Section.objects.filter(version=draft).update(version=version))


@pytest.mark.parametrize("change", [{"content_hash": "0" * 64}, {"number": 9}, {"languages": {}}])
def test_the_version_itself_keeps_what_it_says(version, change):
    refused(lambda: DictionaryVersion.objects.filter(pk=version.pk).update(**change))


def test_it_never_becomes_a_draft_again(version):
    draft = {"status": "draft", "published_at": None}
    refused(lambda: DictionaryVersion.objects.filter(pk=version.pk).update(**draft))


def test_it_is_never_removed(version):
    refused(lambda: DictionaryVersion.objects.filter(pk=version.pk)._raw_delete("default"))


def test_a_draft_is_removed_with_its_content(folder):
    folder.load().delete()
    assert not Variable.objects.exists()
