"""Migration operations that put a table under row-level security.

One policy, the same everywhere: a row is seen and written where its `zone_path` starts with one of
the prefixes of the present scope. The scope is read once a query (an init plan), and raises when
nobody set one, because a job that silently reads nothing is worse than one that fails.
"""

from django.conf import settings
from django.db import migrations

SCOPE_FUNCTION = """
CREATE FUNCTION gwa_scope() RETURNS text[] LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog AS $$
DECLARE scope text := nullif(current_setting('gwa.scope', true), '');
BEGIN
    IF scope IS NULL THEN
        RAISE EXCEPTION 'gwa.scope is not set: open a transaction and say which zones it may see'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE WHEN scope = '*' THEN ARRAY[''] ELSE string_to_array(scope, ',') END;
END $$
"""
IN_SCOPE = "zone_path ^@ ANY ((SELECT gwa_scope())::text[])"


def protect_by_zone(table: str) -> migrations.RunSQL:
    """Return the operation that limits `table` to the zones of the present scope."""
    return migrations.RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY {table}_zone ON {table} USING ({IN_SCOPE}) WITH CHECK ({IN_SCOPE});
        """,
        f"""
        DROP POLICY {table}_zone ON {table};
        ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )


def grant_to_application() -> migrations.RunSQL:
    """Return the operation that lets the application role use, and never own, what is made."""
    role = f'"{settings.APPLICATION_ROLE}"'
    return migrations.RunSQL(
        f"""
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
        GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
        ALTER DEFAULT PRIVILEGES IN SCHEMA public
            GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
        ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role};
        """,
        migrations.RunSQL.noop,
    )
