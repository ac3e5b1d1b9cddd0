"""One principal membership at a time, checked in seconds when a million households come at once.

The exclusion constraint searched a tree again for every row: two minutes for six million people,
nearly all of whom have one membership that never ended. Now a unique index keeps one that lasts,
an exclusion constraint keeps those that ended apart, and a trigger sees that none ended after the
lasting one began. Bulk loads leave the trigger aside and are judged whole by `registry_check_all`.
"""

import django.contrib.postgres.constraints
from django.db import migrations, models

import gwa.registry.models.memberships

# The other membership may lie in a zone that the present scope does not see, and two transactions
# may write one each: the check looks everywhere, and those who count one person wait in a line.
APART = """
CREATE FUNCTION registry_check_principal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE scope text := current_setting('gwa.scope', true);
BEGIN
    PERFORM set_config('gwa.scope', '*', true);
    PERFORM FROM registry_person WHERE id = NEW.person_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM registry_membership m
        WHERE m.person_id = NEW.person_id AND m.is_principal AND m.id <> NEW.id
          AND daterange(m.started_on, m.ended_on) && daterange(NEW.started_on, NEW.ended_on)
    ) THEN
        RAISE EXCEPTION 'person % would be counted twice on the same day', NEW.person_id
            USING ERRCODE = 'exclusion_violation',
                  CONSTRAINT = 'registry_membership_principals_apart';
    END IF;
    PERFORM set_config('gwa.scope', scope, true);
    RETURN NULL;
END $$;
CREATE TRIGGER registry_membership_principal
    AFTER INSERT OR UPDATE OF person_id, is_principal, started_on, ended_on ON registry_membership
    FOR EACH ROW
    WHEN (NEW.is_principal AND current_setting('gwa.bulk', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION registry_check_principal();
"""
NOT_APART = """
DROP FUNCTION registry_check_principal() CASCADE;
"""

CHECK_ALL = """
CREATE OR REPLACE FUNCTION registry_check_all() RETURNS void LANGUAGE plpgsql STABLE AS $$
DECLARE broken uuid;
BEGIN
    SELECT h.id INTO broken FROM registry_household h
    WHERE h.status = 'active' AND NOT EXISTS (
        SELECT FROM registry_membership m
        WHERE m.household_id = h.id AND m.is_head AND m.ended_on IS NULL
    )
    LIMIT 1;
    IF broken IS NULL THEN
        SELECT h.id INTO broken FROM registry_household h
        WHERE h.status IN ('dissolved', 'merged') AND EXISTS (
            SELECT FROM registry_membership m WHERE m.household_id = h.id AND m.ended_on IS NULL
        )
        LIMIT 1;
    END IF;
    IF broken IS NOT NULL THEN PERFORM registry_check_household(broken); END IF;
    SELECT past.person_id INTO broken
    FROM registry_membership past JOIN registry_membership now ON now.person_id = past.person_id
    WHERE past.is_principal AND past.ended_on IS NOT NULL
      AND now.is_principal AND now.ended_on IS NULL
      AND daterange(past.started_on, past.ended_on) && daterange(now.started_on, NULL)
    LIMIT 1;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'person % is counted twice on the same day', broken
            USING ERRCODE = 'exclusion_violation',
                  CONSTRAINT = 'registry_membership_principals_apart';
    END IF;
END $$;
"""
CHECK_ALL_BEFORE = """
CREATE OR REPLACE FUNCTION registry_check_all() RETURNS void LANGUAGE plpgsql STABLE AS $$
DECLARE broken uuid;
BEGIN
    SELECT h.id INTO broken FROM registry_household h
    LEFT JOIN registry_membership m ON m.household_id = h.id AND m.ended_on IS NULL
    GROUP BY h.id, h.status
    HAVING h.status = 'active' AND count(*) FILTER (WHERE m.is_head) = 0
        OR h.status IN ('dissolved', 'merged') AND count(m.id) > 0
    LIMIT 1;
    IF broken IS NOT NULL THEN PERFORM registry_check_household(broken); END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0005_searches_and_visits")]

    operations = [
        migrations.RemoveConstraint(
            model_name="membership", name="registry_membership_one_principal"
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on__isnull", True), ("is_principal", True)),
                fields=("person",),
                name="registry_membership_one_principal",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("ended_on__isnull", False), ("is_principal", True)),
                expressions=[
                    ("person", "="),
                    (
                        gwa.registry.models.memberships._Days(
                            models.F("started_on"), models.F("ended_on")
                        ),
                        "&&",
                    ),
                ],
                name="registry_membership_principals_apart",
            ),
        ),
        migrations.RunSQL(APART, NOT_APART),
        migrations.RunSQL(CHECK_ALL, CHECK_ALL_BEFORE),
    ]
