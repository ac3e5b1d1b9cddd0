"""The originals, cut by month; interviews show only in their zones, and are never rewritten."""

from django.conf import settings
from django.db import migrations

from gwa.common.protection import protect_by_zone

ORIGINALS = f"""
CREATE TABLE submissions_original (
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    zone_path varchar(200) COLLATE "C" NOT NULL,
    sha256 char(64) NOT NULL,
    sealed bytea NOT NULL,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE TABLE submissions_original_rest PARTITION OF submissions_original DEFAULT;
REVOKE ALL ON submissions_original_rest FROM "{settings.APPLICATION_ROLE}";
"""

# What a phone sent is evidence: its hash and its hour stay as they were received. A rotation of
# keys seals the same words again, and moving a household moves the zone that may read them.
GUARD = """
CREATE FUNCTION submissions_original_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.at, NEW.sha256) IS DISTINCT FROM (OLD.id, OLD.at, OLD.sha256) THEN
        RAISE EXCEPTION 'an original stays as it was received'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER submissions_original_stays BEFORE UPDATE ON submissions_original
    FOR EACH ROW EXECUTE FUNCTION submissions_original_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("submissions", "0001_submissions")]
    operations = [
        migrations.RunSQL(ORIGINALS, "DROP TABLE submissions_original"),
        migrations.RunSQL(GUARD, "DROP FUNCTION submissions_original_stays CASCADE"),
        protect_by_zone("submissions_submission"),
        protect_by_zone("submissions_submissionfile"),
        protect_by_zone("submissions_original"),
    ]
