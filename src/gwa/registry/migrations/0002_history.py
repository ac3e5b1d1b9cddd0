"""Versions of rows, written by a trigger: audit by hand is forgotten, and bulk SQL is seen too."""

from django.conf import settings
from django.db import migrations

from gwa.common.protection import IN_SCOPE

TABLE = f"""
CREATE TABLE registry_version (
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    change_id uuid NOT NULL,
    table_name varchar(63) NOT NULL,
    row_id uuid NOT NULL,
    household_id uuid,
    person_id uuid,
    operation char(1) NOT NULL CONSTRAINT registry_version_operation CHECK (operation IN ('I', 'U', 'D')),
    row_before jsonb,
    zone_path varchar(200) COLLATE "C" NOT NULL,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE TABLE registry_version_rest PARTITION OF registry_version DEFAULT;
CREATE INDEX registry_version_household ON registry_version (household_id, id);
CREATE INDEX registry_version_person ON registry_version (person_id, id);
CREATE INDEX registry_version_row ON registry_version (row_id, id);
CREATE INDEX registry_version_change ON registry_version (change_id);
ALTER TABLE registry_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE registry_version FORCE ROW LEVEL SECURITY;
CREATE POLICY registry_version_add ON registry_version FOR INSERT WITH CHECK (true);
CREATE POLICY registry_version_zone ON registry_version FOR SELECT USING ({IN_SCOPE});
REVOKE UPDATE, DELETE, TRUNCATE ON registry_version FROM "{settings.APPLICATION_ROLE}";
REVOKE ALL ON registry_version_rest FROM "{settings.APPLICATION_ROLE}";
"""

# `gwa.change` is told by journal.actions. A bulk load (`gwa.bulk`) writes no line for rows it adds:
# their own `source` says where they come from, and the load is one journal line.
# `household_id` is the household whose story the change belongs to: for what is written of a person,
# the one where she is counted at that moment, or was last.
RECORD = """
CREATE FUNCTION registry_place_of(person uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT household_id FROM registry_membership WHERE person_id = person
    ORDER BY NOT is_principal, ended_on DESC NULLS FIRST, started_on DESC, id DESC LIMIT 1
$$;
CREATE FUNCTION registry_record_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    change text := nullif(current_setting('gwa.change', true), '');
    seen jsonb;
    household uuid;
    person uuid;
BEGIN
    IF change IS NULL THEN
        RAISE EXCEPTION 'the registry is written by actions only: no change is open'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF current_setting('gwa.bulk', true) = 'on' THEN RETURN NULL; END IF;
        seen := to_jsonb(NEW);
    ELSE
        IF TG_OP = 'UPDATE' AND OLD IS NOT DISTINCT FROM NEW THEN RETURN NULL; END IF;
        seen := to_jsonb(OLD);
    END IF;
    household := CASE
        WHEN TG_TABLE_NAME = 'registry_household' THEN seen->>'id'
        WHEN seen->>'subject_kind' = 'household' THEN seen->>'subject_id'
        ELSE seen->>'household_id' END;
    person := CASE
        WHEN TG_TABLE_NAME = 'registry_person' THEN seen->>'id'
        WHEN seen->>'subject_kind' = 'person' THEN seen->>'subject_id'
        ELSE seen->>'person_id' END;
    INSERT INTO registry_version
        (change_id, table_name, row_id, household_id, person_id, operation, row_before, zone_path)
    VALUES (
        change::uuid, TG_TABLE_NAME, (seen->>'id')::uuid,
        coalesce(household, registry_place_of(person)), person,
        left(TG_OP, 1),
        CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE seen END,
        seen->>'zone_path'
    );
    RETURN NULL;
END $$
"""
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
TRIGGERS = ";".join(
    f"CREATE TRIGGER record_version AFTER INSERT OR UPDATE OR DELETE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION registry_record_version()"
    for table in TRACKED
)


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_registry")]
    operations = [
        migrations.RunSQL(TABLE, "DROP TABLE registry_version"),
        migrations.RunSQL(
            RECORD,
            "DROP FUNCTION registry_record_version() CASCADE; DROP FUNCTION registry_place_of(uuid)",
        ),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
    ]
