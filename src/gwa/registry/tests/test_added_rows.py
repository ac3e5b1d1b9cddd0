"""Added rows are recorded and looked up by statement, and nothing they name can go."""

import os
import uuid
from contextlib import nullcontext

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from gwa.common.ids import new_id
from gwa.common.scope import read_scope, scoped
from gwa.journal.actions import action, record
from gwa.journal.models import SYSTEM
from gwa.registry.actions.bulk.registering import bulk
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


def make_draft(number: int) -> DictionaryVersion:
    """A version that nobody was asked with yet."""
    return DictionaryVersion.objects.create(
        number=number,
        labels={"fr": "Essai", "en": "Trial"},
        content_hash="0" * 64,
        created_at=timezone.now(),
    )


def remove(version: DictionaryVersion) -> None:
    """Remove a version past every verb."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM variables_dictionaryversion WHERE id = %s", [version.pk])


def test_a_dictionary_that_answers_are_read_with_is_not_removed(cast: Cast):
    draft = make_draft(977)
    cast.with_dictionary(draft)
    with pytest.raises(IntegrityError, match="answers are read with"), transaction.atomic():
        remove(draft)


def test_answers_out_of_sight_keep_their_dictionary_and_sight_stays_as_it_was(cast: Cast):
    read, unread = make_draft(977), make_draft(978)
    cast.with_dictionary(read)
    with scoped([cast.places.gao.path]):
        assert not Household.objects.filter(pk=cast.household.pk).exists()
        with pytest.raises(IntegrityError, match="answers are read with"), transaction.atomic():
            remove(read)
        assert read_scope() == cast.places.gao.path
        remove(unread)
        assert read_scope() == cast.places.gao.path


def test_neither_sources_nor_dictionaries_are_emptied_at_once(cast: Cast):
    for table in ("registry_source", "variables_dictionaryversion"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(f"TRUNCATE {table} CASCADE")


def test_a_bulk_load_leaves_no_version_and_needs_a_change_all_the_same(cast: Cast):
    before = Version.objects.count()
    with connection.cursor() as cursor, bulk(cursor):
        made = add_numbers(cast, source_id=interview_of(cast).pk, names=("Awa",))
        with pytest.raises(DatabaseError, match="no change is open"), transaction.atomic():
            Identifier.objects.create(
                id=new_id(),
                person=cast.person("Binta"),
                zone_path=cast.person("Binta").zone_path,
                kind="cmss",
                value_sealed=b"sealed",
                value_index=b"other",
                source=interview_of(cast),
            )
    assert len(made) == 1
    assert Version.objects.count() == before


def test_a_statement_that_adds_nothing_needs_no_change(cast: Cast):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO registry_person SELECT * FROM registry_person WHERE false")


@pytest.mark.parametrize(
    ("has_source", "dictionary", "is_refused"),
    [(True, None, False), (False, None, True), (True, 987_654, True)],
)
def test_loads_that_put_triggers_aside_are_judged_whole(
    django_db_setup, has_source, dictionary, is_refused
):
    person, source = new_id(), new_id()
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        owner.execute("SELECT set_config('gwa.scope', '*', true)")
        if has_source:
            owner.execute(
                "INSERT INTO registry_source (id, kind, label, collected_on, recorded_at)"
                " VALUES (%s, 'import', 'x', '2026-01-01', now())",
                [source],
            )
        owner.execute("ALTER TABLE registry_person DISABLE TRIGGER USER")
        owner.execute(
            "INSERT INTO registry_person (id, zone_path, family_name, given_name, everyday_name,"
            " father_name, mother_name, sex, birth_precision, birth_known_by, status, answers,"
            " dictionary_version_id, source_id) VALUES"
            " (%s, '1/', 'Tall', 'Ali', '', '', '', 'M', '', '', 'alive', '{}', %s, %s)",
            [person, dictionary, source],
        )
        refusal = pytest.raises(psycopg.errors.ForeignKeyViolation, match="is not there")
        with refusal if is_refused else nullcontext():
            owner.execute("SELECT registry_check_all()")
        owner.rollback()
