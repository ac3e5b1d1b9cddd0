"""Triggers that mark the zones whose rows are written: by statement, so that bulk loads stay quick.

Nothing is locked: each statement adds a line of its own, in the transaction of the change.
"""

from django.db import migrations

MARK = """
CREATE FUNCTION snapshots_mark_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO snapshots_zonechange (zone_path) SELECT DISTINCT zone_path FROM added;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO snapshots_zonechange (zone_path) SELECT DISTINCT zone_path FROM removed;
    ELSE
        INSERT INTO snapshots_zonechange (zone_path)
        SELECT zone_path FROM added UNION SELECT zone_path FROM removed;
    END IF;
    RETURN NULL;
END $$;

-- An empty path is the whole country.
CREATE FUNCTION snapshots_mark_country() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO snapshots_zonechange (zone_path) VALUES ('');
    RETURN NULL;
END $$;

-- Files name zones by code and lie by path: only these matter.
CREATE FUNCTION snapshots_mark_zones() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO snapshots_zonechange (zone_path) SELECT '' WHERE EXISTS (
        SELECT FROM removed r LEFT JOIN added a ON a.id = r.id
        WHERE a.id IS NULL OR (a.code, a.path, a.level) IS DISTINCT FROM (r.code, r.path, r.level)
    );
    RETURN NULL;
END $$;

CREATE TRIGGER snapshots_zone_changed AFTER UPDATE ON zones_zone
    REFERENCING OLD TABLE AS removed NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION snapshots_mark_zones();
CREATE TRIGGER snapshots_zone_removed AFTER DELETE ON zones_zone
    FOR EACH STATEMENT EXECUTE FUNCTION snapshots_mark_country();
"""
TABLES = ("registry_household", "registry_person", "registry_membership")
TRIGGERS = "".join(
    f"""
CREATE TRIGGER snapshots_added AFTER INSERT ON {table}
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION snapshots_mark_change();
CREATE TRIGGER snapshots_changed AFTER UPDATE ON {table}
    REFERENCING OLD TABLE AS removed NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION snapshots_mark_change();
CREATE TRIGGER snapshots_removed AFTER DELETE ON {table}
    REFERENCING OLD TABLE AS removed
    FOR EACH STATEMENT EXECUTE FUNCTION snapshots_mark_change();
CREATE TRIGGER snapshots_emptied AFTER TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION snapshots_mark_country();
"""
    for table in TABLES
)
UNDO = """
DROP FUNCTION snapshots_mark_change() CASCADE;
DROP FUNCTION snapshots_mark_country() CASCADE;
DROP FUNCTION snapshots_mark_zones() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("snapshots", "0001_snapshots"),
        ("registry", "0005_searches_and_visits"),
        ("zones", "0001_zones"),
    ]
    operations = [
        migrations.RunSQL(MARK, UNDO),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
    ]
