"""What is checked of added rows is checked once a statement: a list adds thousands at a time.

Three things were done row by row. A version was begun for each added row, even where a bulk load
leaves none. The source of each row was looked up, and the dictionary version that its answers are
read with: two million look-ups of the same two rows for a list of 600,000 persons, a quarter of
what the database does for it. Now one trigger writes the versions of a whole statement, another
looks its few sources and dictionary versions up, and what it found stays: sources are never
removed, nor a dictionary version that somebody's answers are read with.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

RECORD = """
-- The household or person that a row is, is about or names.
CREATE FUNCTION registry_named(kind text, of_table text, seen jsonb) RETURNS uuid
LANGUAGE sql IMMUTABLE AS $$
    SELECT (CASE
        WHEN of_table = 'registry_' || kind THEN seen->>'id'
        WHEN seen->>'subject_kind' = kind THEN seen->>'subject_id'
        ELSE seen->>(kind || '_id')
    END)::uuid
$$;

CREATE FUNCTION registry_open_change() RETURNS uuid LANGUAGE plpgsql STABLE AS $$
DECLARE change text := nullif(current_setting('gwa.change', true), '');
BEGIN
    IF change IS NULL THEN
        RAISE EXCEPTION 'the registry is written by actions only: no change is open'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN change;
END $$;

CREATE FUNCTION registry_record_added() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE change uuid;
BEGIN
    IF NOT EXISTS (SELECT FROM added) THEN RETURN NULL; END IF;
    change := registry_open_change();
    IF current_setting('gwa.bulk', true) = 'on' THEN RETURN NULL; END IF;
    INSERT INTO registry_version
        (change_id, table_name, row_id, household_id, person_id, operation, zone_path)
    SELECT change, TG_TABLE_NAME, (seen->>'id')::uuid,
        coalesce(household, registry_place_of(person)), person, 'I', seen->>'zone_path'
    FROM (
        SELECT seen,
            registry_named('household', TG_TABLE_NAME, seen) AS household,
            registry_named('person', TG_TABLE_NAME, seen) AS person
        FROM (SELECT to_jsonb(added) AS seen FROM added) AS rows
    ) AS told;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION registry_record_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    change uuid := registry_open_change();
    seen jsonb := to_jsonb(OLD);
    person uuid := registry_named('person', TG_TABLE_NAME, seen);
BEGIN
    IF TG_OP = 'UPDATE' AND OLD IS NOT DISTINCT FROM NEW THEN RETURN NULL; END IF;
    INSERT INTO registry_version
        (change_id, table_name, row_id, household_id, person_id, operation, row_before, zone_path)
    VALUES (
        change, TG_TABLE_NAME, OLD.id,
        coalesce(registry_named('household', TG_TABLE_NAME, seen), registry_place_of(person)),
        person, left(TG_OP, 1), seen, OLD.zone_path
    );
    RETURN NULL;
END $$;
"""
RECORD_BEFORE = """
DROP FUNCTION registry_record_added() CASCADE;
DROP FUNCTION registry_open_change() CASCADE;
DROP FUNCTION registry_named(text, text, jsonb) CASCADE;
"""
# As migration 0002 left them.
TRACKED = (
    "registry_compound",
    "registry_household",
    "registry_householdorigin",
    "registry_person",
    "registry_membership",
    "registry_identifier",
    "registry_document",
    "registry_statement",
)
TRIGGERS = "".join(
    f"""
DROP TRIGGER record_version ON {table};
CREATE TRIGGER record_version AFTER UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION registry_record_version();
CREATE TRIGGER record_added AFTER INSERT ON {table}
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION registry_record_added();
"""
    for table in TRACKED
)

REFERENCES = f"""
CREATE FUNCTION registry_check_source() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE strange uuid;
BEGIN
    SELECT source_id INTO strange FROM (SELECT DISTINCT source_id FROM added) AS named
    WHERE NOT EXISTS (SELECT FROM registry_source s WHERE s.id = source_id) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'there is no source %', strange USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION registry_keep_source() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'source % is never removed', OLD.id USING ERRCODE = 'foreign_key_violation';
END $$;
CREATE TRIGGER registry_source_stays BEFORE DELETE OR UPDATE OF id ON registry_source
    FOR EACH ROW EXECUTE FUNCTION registry_keep_source();
REVOKE DELETE, TRUNCATE ON registry_source FROM "{settings.APPLICATION_ROLE}";

CREATE FUNCTION registry_check_dictionary() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE strange bigint;
BEGIN
    -- Held as a foreign key holds it: a draft may be removed until somebody names it.
    PERFORM FROM variables_dictionaryversion v
    WHERE v.id IN (SELECT dictionary_version_id FROM added) FOR KEY SHARE;
    SELECT dictionary_version_id INTO strange
    FROM (SELECT DISTINCT dictionary_version_id FROM added) AS named
    WHERE dictionary_version_id IS NOT NULL
        AND NOT EXISTS (
            SELECT FROM variables_dictionaryversion v WHERE v.id = dictionary_version_id
        )
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'there is no dictionary version %', strange
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION registry_keep_dictionary() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE scope text := current_setting('gwa.scope', true);
BEGIN
    -- Rows that the present scope does not see name it too.
    PERFORM set_config('gwa.scope', '*', true);
    IF EXISTS (SELECT FROM registry_household WHERE dictionary_version_id = OLD.id)
        OR EXISTS (SELECT FROM registry_person WHERE dictionary_version_id = OLD.id)
    THEN
        RAISE EXCEPTION 'answers are read with dictionary version %', OLD.id
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    PERFORM set_config('gwa.scope', coalesce(scope, ''), true);
    RETURN NULL;
END $$;
CREATE TRIGGER registry_dictionary_stays AFTER DELETE OR UPDATE OF id
    ON variables_dictionaryversion
    FOR EACH ROW EXECUTE FUNCTION registry_keep_dictionary();
"""
REFERENCES_BEFORE = f"""
DROP FUNCTION registry_check_source() CASCADE;
DROP FUNCTION registry_keep_source() CASCADE;
GRANT DELETE ON registry_source TO "{settings.APPLICATION_ROLE}";
DROP FUNCTION registry_check_dictionary() CASCADE;
DROP FUNCTION registry_keep_dictionary() CASCADE;
"""
NAMING = {
    "source": ("registry_household", "registry_person", "registry_membership",
               "registry_identifier"),
    "dictionary": ("registry_household", "registry_person"),
}  # fmt: skip
NAMED = "".join(
    f"""
CREATE TRIGGER check_{named}_of_{rows} AFTER {event} ON {table}
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION registry_check_{named}();
"""
    for named, tables in NAMING.items()
    for table in tables
    for rows, event in (("added", "INSERT"), ("changed", "UPDATE"))
)

# Loads that put triggers aside are judged whole.
CHECK_ALL = """
ALTER FUNCTION registry_check_all() RENAME TO registry_check_memberships;
CREATE FUNCTION registry_check_all() RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    PERFORM registry_check_memberships();
    IF EXISTS (
        SELECT FROM (
            SELECT DISTINCT source_id FROM registry_household
            UNION SELECT DISTINCT source_id FROM registry_person
            UNION SELECT DISTINCT source_id FROM registry_membership
            UNION SELECT DISTINCT source_id FROM registry_identifier
        ) AS named
        WHERE NOT EXISTS (SELECT FROM registry_source s WHERE s.id = source_id)
    ) OR EXISTS (
        SELECT FROM (
            SELECT DISTINCT dictionary_version_id FROM registry_household
            UNION SELECT DISTINCT dictionary_version_id FROM registry_person
        ) AS named
        WHERE dictionary_version_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM variables_dictionaryversion v WHERE v.id = dictionary_version_id
        )
    ) THEN
        RAISE EXCEPTION 'rows name a source or a dictionary version that is not there'
            USING ERRCODE = 'foreign_key_violation';
    END IF;
END $$;
"""
CHECK_ALL_BEFORE = """
DROP FUNCTION registry_check_all();
ALTER FUNCTION registry_check_memberships() RENAME TO registry_check_all;
"""


def _without_key(model: str, field: str, to: str, *, null: bool) -> migrations.AlterField:
    """A reference that the triggers above keep."""
    return migrations.AlterField(
        model_name=model,
        name=field,
        field=models.ForeignKey(
            blank=null,
            db_constraint=False,
            db_index=False,
            null=null,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to=to,
        ),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0008_searches_counted_with_calls"),
        ("variables", "0003_choice_codes_and_decimals"),
    ]
    operations = [
        migrations.RunSQL(RECORD, RECORD_BEFORE),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        *(
            _without_key(model, "source", "registry.source", null=False)
            for model in ("household", "person", "membership", "identifier")
        ),
        *(
            _without_key(model, "dictionary_version", "variables.dictionaryversion", null=True)
            for model in ("household", "person")
        ),
        migrations.RunSQL(REFERENCES, REFERENCES_BEFORE),
        migrations.RunSQL(NAMED, migrations.RunSQL.noop),
        migrations.RunSQL(CHECK_ALL, CHECK_ALL_BEFORE),
    ]
