"""Without a scope nothing is read, and no scope outlives its block."""

import pytest
from django.db import DatabaseError, connection, transaction

from gwa.common.scope import (
    NOWHERE,
    ScopeNeedsTransaction,
    everywhere,
    read_scope,
    scoped,
    widened,
)

pytestmark = pytest.mark.django_db


def prefixes():
    with connection.cursor() as cursor:
        cursor.execute("SELECT gwa_scope()")
        return cursor.fetchone()[0]


def test_reading_without_a_scope_fails_loudly():
    with pytest.raises(DatabaseError, match=r"gwa\.scope is not set"), transaction.atomic():
        prefixes()


def test_a_scope_is_a_list_of_path_prefixes():
    with scoped(["1/2/", "1/3/"]):
        assert prefixes() == ["1/2/", "1/3/"]


def test_everywhere_is_the_empty_prefix():
    with everywhere():
        assert prefixes() == [""]


def test_a_person_without_zones_sees_nothing_and_gets_no_error():
    with scoped([]):
        assert prefixes() == [NOWHERE]


def test_the_scope_before_comes_back():
    with scoped(["1/2/"]):
        with everywhere():
            pass
        assert read_scope() == "1/2/"
    assert read_scope() == ""


def test_the_scope_before_comes_back_after_a_refusal():
    with scoped(["1/2/"]):
        with pytest.raises(ValueError, match="refused"), everywhere():
            raise ValueError("refused")
        assert read_scope() == "1/2/"


def test_a_failed_statement_keeps_its_own_error():
    with pytest.raises(DatabaseError, match="does not exist"), transaction.atomic(), everywhere():
        connection.cursor().execute("SELECT nothing FROM nowhere")
    assert read_scope() == ""


def test_a_transaction_that_a_view_gave_up_ends_in_peace():
    with transaction.atomic(), everywhere():
        transaction.set_rollback(True)
    assert read_scope() == ""


def test_widened_adds_one_subtree():
    with scoped(["1/2/"]), widened("1/3/"):
        assert prefixes() == ["1/2/", "1/3/"]
    with everywhere(), widened("1/3/"):
        assert prefixes() == [""]
    with scoped([]), widened("1/3/"):
        assert prefixes() == ["1/3/"]


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_a_scope_is_refused():
    with pytest.raises(ScopeNeedsTransaction), everywhere():
        pass
