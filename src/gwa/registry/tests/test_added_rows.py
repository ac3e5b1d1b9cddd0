"""Added rows are recorded and looked up by statement, and nothing they name can go."""

import uuid

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from gwa.common.ids import new_id
from gwa.journal.actions import action, record
from gwa.journal.models import SYSTEM
from gwa.registry.models import Household, Identifier, Membership, Person, Source, Version
from gwa.testing.cast import Cast
from gwa.variables.models import DictionaryVersion

ROWS = (Household, Person, Membership, Identifier)


def interview_of(cast: Cast) -> Source:
    """The interview in which Awa's household was registered."""
    return cast.membership("Awa").source


@action
def add_numbers(cast: Cast, *, source_id: uuid.UUID, names: tuple[str, ...]) -> list[Identifier]:
    """Write a number for each of these persons in one statement."""
    made = [
        Identifier(
            id=new_id(),
            person=cast.person(name),
            zone_path=cast.person(name).zone_path,
            kind="cmss",
            value_sealed=b"sealed",
            value_index=name.encode(),
            source_id=source_id,
        )
        for name in names
    ]
    Identifier.objects.bulk_create(made)
    record("test.numbers_added", actor=SYSTEM)
    return made


@action
def point(row, **to: object) -> None:
    """Write a reference past every verb."""
    type(row).objects.filter(pk=row.pk).update(**to)
    record("test.pointed", actor=SYSTEM)


def test_each_row_of_a_statement_leaves_its_version(cast: Cast):
    made = add_numbers(cast, source_id=interview_of(cast).pk, names=("Awa", "Binta"))
    told = Version.objects.filter(row_id__in=[row.pk for row in made])
    assert {(line.operation, line.person_id, line.household_id) for line in told} == {
        ("I", cast.person(name).pk, cast.household.pk) for name in ("Awa", "Binta")
    }
    assert all(line.row_before is None for line in told)


def test_rows_are_added_by_actions_only(cast: Cast):
    source = interview_of(cast)
    with pytest.raises(DatabaseError, match="no change is open"), transaction.atomic():
        Identifier.objects.create(
            id=new_id(),
            person=cast.person("Awa"),
            zone_path=cast.person("Awa").zone_path,
            kind="cmss",
            value_sealed=b"sealed",
            value_index=b"index",
            source=source,
        )


def test_a_source_that_is_not_there_is_refused(cast: Cast):
    with pytest.raises(IntegrityError, match="there is no source"), transaction.atomic():
        add_numbers(cast, source_id=new_id(), names=("Awa",))


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model.__name__)
def test_no_row_is_given_a_source_that_is_not_there(cast: Cast, model):
    add_numbers(cast, source_id=interview_of(cast).pk, names=("Awa",))
    with pytest.raises(IntegrityError, match="there is no source"), transaction.atomic():
        point(model.objects.first(), source_id=new_id())


@pytest.mark.parametrize("model", [Household, Person], ids=lambda model: model.__name__)
def test_no_row_is_read_with_a_dictionary_that_is_not_there(cast: Cast, model):
    with pytest.raises(IntegrityError, match="no dictionary version"), transaction.atomic():
        point(model.objects.first(), dictionary_version_id=987_654)


def test_a_source_is_never_removed(cast: Cast):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("DELETE FROM registry_source")
    with pytest.raises(IntegrityError, match="never removed"), transaction.atomic():
        Source.objects.filter(pk=interview_of(cast).pk).update(id=new_id())


def test_a_dictionary_that_answers_are_read_with_is_not_removed(cast: Cast):
    draft = DictionaryVersion.objects.create(
        number=977,
        labels={"fr": "Essai", "en": "Trial"},
        content_hash="0" * 64,
        created_at=timezone.now(),
    )
    cast.with_dictionary(draft)
    with pytest.raises(IntegrityError, match="answers are read with"), transaction.atomic():
        connection.cursor().execute(
            "DELETE FROM variables_dictionaryversion WHERE id = %s", [draft.pk]
        )
