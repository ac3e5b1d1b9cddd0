"""The walls are all there in the database's own catalogue, and each fault would be seen.

The faults are planted by the owner in a transaction that is rolled back.
"""

import pytest
from django.core.management import call_command
from django.db import connection

from gwa.common.checks import RULES, find_faults

OTHER_SCHEMA = "CREATE SCHEMA aside; CREATE TABLE aside.people (id int, name text);"


@pytest.mark.django_db
def test_the_database_is_sound():
    with connection.cursor() as cursor:
        assert [str(fault) for fault in find_faults(cursor)] == []
    call_command("check_protection")


FAULTS = {
    "unprotected": "ALTER TABLE registry_person NO FORCE ROW LEVEL SECURITY",
    "unprotected:enable": "ALTER TABLE registry_version DISABLE ROW LEVEL SECURITY",
    "unprotected:new": "CREATE TABLE registry_secret (id int, name text)",
    "unprotected:aside": OTHER_SCHEMA,
    "unlimited": "ALTER POLICY registry_person_zone ON registry_person USING (true)",
    "unlimited:write": "ALTER POLICY registry_person_zone ON registry_person WITH CHECK (true)",
    "unlimited:second": "CREATE POLICY door ON registry_household FOR SELECT USING (true)",
    "unlimited:insert": "CREATE POLICY door ON registry_person FOR INSERT WITH CHECK (true)",
    "no_policy": "DROP POLICY registry_person_zone ON registry_person",
    "view": "CREATE VIEW people AS SELECT * FROM registry_person",
    "definer": "CREATE FUNCTION leak() RETURNS bigint LANGUAGE sql SECURITY DEFINER"
    " AS 'SELECT count(*) FROM registry_person'",
    "materialised": "SELECT set_config('gwa.scope', '*', true);"
    " CREATE MATERIALIZED VIEW counted AS SELECT count(*) FROM registry_person;"
    ' GRANT SELECT ON counted TO "gwa_app"',
    "partition": 'GRANT SELECT ON registry_version_rest TO "gwa_app"',
    "truncate": 'GRANT TRUNCATE ON registry_person TO "gwa_app"',
}


def test_each_fault_is_seen(owner_connection, settings):
    owner_connection.autocommit = False
    cursor = owner_connection.cursor()
    unseen = []
    for name, statement in FAULTS.items():
        assert find_faults(cursor) == []
        cursor.execute(statement)
        if name.partition(":")[0] not in {fault.rule.code for fault in find_faults(cursor)}:
            unseen.append(name)
        owner_connection.rollback()
    assert unseen == []
    # A view that reads with its reader's rights is let be.
    cursor.execute("CREATE VIEW v WITH (security_invoker = true) AS SELECT id FROM registry_person")
    assert find_faults(cursor) == []
    owner_connection.rollback()
    # The rules about roles, asked about the owner in the application's stead.
    settings.APPLICATION_ROLE = owner_connection.info.user
    assert {"application_owns", "application_role"} <= {
        fault.rule.code for fault in find_faults(cursor)
    }


def test_every_rule_has_its_fault():
    elsewhere = {"application_owns", "application_role", "owner"}
    assert {rule.code for rule in RULES} == {name.partition(":")[0] for name in FAULTS} | elsewhere
