from django.conf import settings
from django.db import migrations, models

import gwa.common.ids
from gwa.common.protection import IN_SCOPE

TABLE = """
CREATE TABLE journal_entry (
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    action varchar(80) NOT NULL,
    actor_id bigint,
    actor_label varchar(150) NOT NULL,
    "right" varchar(80) NOT NULL,
    subject_kind varchar(40) NOT NULL,
    subject_id varchar(40) NOT NULL,
    zone_path varchar(200) COLLATE "C" NOT NULL,
    reason text NOT NULL,
    data jsonb NOT NULL,
    request_id uuid NOT NULL,
    change_id uuid NOT NULL,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE TABLE journal_entry_rest PARTITION OF journal_entry DEFAULT;
CREATE INDEX journal_entry_subject ON journal_entry (subject_id, at);
CREATE INDEX journal_entry_actor ON journal_entry (actor_id, at);
CREATE INDEX journal_entry_action ON journal_entry (action, at);
CREATE INDEX journal_entry_change ON journal_entry (change_id);
CREATE INDEX journal_entry_at ON journal_entry (at);
"""
# Anyone may add a line about any zone; reading follows the zones.
POLICIES = f"""
ALTER TABLE journal_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE journal_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY journal_entry_add ON journal_entry FOR INSERT WITH CHECK (true);
CREATE POLICY journal_entry_zone ON journal_entry FOR SELECT USING ({IN_SCOPE});
"""
# Grants stop the application; the trigger stops the owner's slips too.
APPEND_ONLY = f"""
REVOKE UPDATE, DELETE, TRUNCATE ON journal_entry FROM "{settings.APPLICATION_ROLE}";
REVOKE ALL ON journal_entry_rest FROM "{settings.APPLICATION_ROLE}";
CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the journal is never changed' USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE TRIGGER journal_entry_append_only BEFORE UPDATE OR DELETE ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_entry_no_truncate BEFORE TRUNCATE ON journal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("common", "0001_scope_and_grants")]
    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gwa.common.ids.new_id, editable=False, primary_key=True
                    ),
                ),
                ("at", models.DateTimeField()),
                ("action", models.CharField(max_length=80)),
                ("actor_id", models.BigIntegerField(null=True)),
                ("actor_label", models.CharField(max_length=150)),
                ("right", models.CharField(blank=True, max_length=80)),
                ("subject_kind", models.CharField(blank=True, max_length=40)),
                ("subject_id", models.CharField(blank=True, max_length=40)),
                ("zone_path", models.CharField(blank=True, db_collation="C", max_length=200)),
                ("reason", models.TextField(blank=True)),
                ("data", models.JSONField(default=dict)),
                ("request_id", models.UUIDField()),
                ("change_id", models.UUIDField()),
            ],
            options={"db_table": "journal_entry", "managed": False, "ordering": ("-at", "-id")},
        ),
        migrations.RunSQL(TABLE, "DROP TABLE journal_entry"),
        migrations.RunSQL(POLICIES, migrations.RunSQL.noop),
        migrations.RunSQL(APPEND_ONLY, "DROP FUNCTION journal_refuse() CASCADE"),
    ]
