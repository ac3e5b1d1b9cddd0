"""Role × table × operation × zone, with exact counts; and every policy proved to matter."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, connections, transaction

from gwa.common.scope import everywhere
from gwa.registry.models import Household, Person, Version
from gwa.registry.models.base import ZonedQuerySet
from gwa.testing.accounts import make_account
from tests.architecture.matrix import (
    APPEND_ONLY,
    find_leaks,
    insert_into,
    plant,
    protected_tables,
)


def zoned_models():
    """Every model whose rows carry a zone."""
    return [
        model
        for model in apps.get_models()
        if isinstance(model._default_manager.none(), ZonedQuerySet)
    ]


@pytest.mark.django_db
def test_every_scope_sees_and_changes_exactly_its_rows():
    places = plant()
    tables = protected_tables()
    assert len(tables) >= 12
    assert find_leaks(places, tables) == []


@pytest.mark.django_db
def test_without_a_scope_every_table_raises():
    plant()
    for table in protected_tables():
        with (
            pytest.raises(DatabaseError, match=r"gwa\.scope is not set"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"SELECT count(*) FROM {table}")


@pytest.mark.django_db
def test_the_scope_dies_with_its_transaction():
    plant()
    with transaction.atomic():
        with everywhere():
            assert Household.objects.count() == 6
        with pytest.raises(DatabaseError, match=r"gwa\.scope is not set"), transaction.atomic():
            Household.objects.count()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("profile", "zones", "seen"),
    [
        ("operator", [], 6),
        ("commune_agent", ["socoura"], 2),
        ("supervisor", ["mopti"], 3),
        ("enumerator", ["konna", "chateau"], 4),
        ("programme_officer", ["gao_commune"], 3),
        ("web_editor", [], 0),
    ],
)
def test_the_queryset_alone_keeps_to_the_zones(profile, zones, seen):
    """The first wall, with the second one open: the database lets everything through here."""
    places = plant()
    user = make_account(profile, *(getattr(places, zone) for zone in zones))
    with transaction.atomic(), everywhere():
        for model in zoned_models():
            assert model.objects.visible_to(user).count() == seen, model


def test_every_model_with_a_zone_has_both_walls():
    names = {model._meta.db_table for model in zoned_models()}
    assert {Household._meta.db_table, Person._meta.db_table, Version._meta.db_table} <= names


def mutations(table, policies):
    """Ways to lose a policy: dropped, opened, forgotten on the table."""
    for policy in policies:
        yield f"DROP POLICY {policy} ON {table}"
    for policy in policies:
        if not policy.endswith("_add"):
            yield f"ALTER POLICY {policy} ON {table} USING (true)"
    yield f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"


@pytest.mark.django_db(transaction=True)
def test_losing_any_policy_is_seen(owner_connection):
    """Each policy is dropped in turn, then opened, then switched off: each time something leaks.

    Dropping the one that lets the application add to the journal or the history is seen too: the
    application could write nothing any more.
    """
    places = plant()
    owner = owner_connection.cursor()
    owner.execute(
        "SELECT c.relname, array_agg(p.polname::text) FROM pg_policy p"
        " JOIN pg_class c ON c.oid = p.polrelid GROUP BY 1 ORDER BY 1"
    )
    found = owner.fetchall()
    assert [table for table, _ in found] == protected_tables()
    survivors, tried = [], 0
    for table, policies in found:
        for mutation in mutations(table, policies):
            tried += 1
            restore = describe(owner, table)
            connections.close_all()
            owner.execute(mutation)
            if not find_leaks(places, [table]) and still_writes(table, places):
                survivors.append(mutation)
            connections.close_all()
            for statement in restore:
                owner.execute(statement)
    assert survivors == []
    assert tried >= 3 * len(found)
    assert find_leaks(places, protected_tables()) == []


def still_writes(table, places):
    """Tell whether the application can still add lines to what only grows."""
    if table not in APPEND_ONLY:
        return True
    return insert_into(table, [places.socoura.path], places.sevare.path) != "policy"


def describe(owner, table):
    """Return the statements that bring the table's policies back."""
    owner.execute(
        "SELECT polname, polcmd::text, pg_get_expr(polqual, polrelid),"
        " pg_get_expr(polwithcheck, polrelid) FROM pg_policy WHERE polrelid = %s::regclass",
        [table],
    )
    commands = {"*": "ALL", "r": "SELECT", "a": "INSERT", "w": "UPDATE", "d": "DELETE"}
    restore = [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"]
    for name, command, using, check in owner.fetchall():
        restore.append(f"DROP POLICY IF EXISTS {name} ON {table}")
        policy = f"CREATE POLICY {name} ON {table} FOR {commands[command]}"
        policy += f" USING ({using})" if using else ""
        policy += f" WITH CHECK ({check})" if check else ""
        restore.append(policy)
    return restore


def test_the_role_of_the_application_is_what_the_tests_use(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("gwa_app", False, False)
