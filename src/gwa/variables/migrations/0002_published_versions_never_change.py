"""The meaning of an answer must not move under it: only drafts can be written."""

from django.db import migrations

GUARD = """
CREATE FUNCTION variables_guard_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'draft' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'dictionary version % is published: it cannot be deleted', OLD.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'version_published_is_fixed';
    END IF;
    IF (NEW.number, NEW.labels, NEW.previous_id, NEW.content_hash, NEW.languages,
        NEW.published_at)
       IS DISTINCT FROM
       (OLD.number, OLD.labels, OLD.previous_id, OLD.content_hash, OLD.languages,
        OLD.published_at)
       OR (OLD.status = 'retired' AND NEW.status <> 'retired') THEN
        RAISE EXCEPTION 'dictionary version % is published: it cannot change', OLD.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'version_published_is_fixed';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION variables_guard_content() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[];
    guilty bigint;
BEGIN
    IF TG_TABLE_NAME = 'variables_choice' THEN
        SELECT array_agg(version_id) INTO touched FROM variables_variable
        WHERE id IN (
            CASE WHEN TG_OP <> 'INSERT' THEN OLD.variable_id END,
            CASE WHEN TG_OP <> 'DELETE' THEN NEW.variable_id END
        );
    ELSE
        touched := ARRAY[
            CASE WHEN TG_OP <> 'INSERT' THEN OLD.version_id END,
            CASE WHEN TG_OP <> 'DELETE' THEN NEW.version_id END
        ];
    END IF;
    SELECT number INTO guilty FROM variables_dictionaryversion
    WHERE id = ANY (touched) AND status <> 'draft' LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'dictionary version % is published: its content cannot change', guilty
            USING ERRCODE = 'check_violation', CONSTRAINT = 'version_published_is_fixed';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER version_published_is_fixed BEFORE UPDATE OR DELETE
    ON variables_dictionaryversion FOR EACH ROW EXECUTE FUNCTION variables_guard_version();
"""

CONTENT_TABLES = ("section", "variable", "choice", "variablemapping")


def _forwards() -> str:
    triggers = (
        f"CREATE TRIGGER content_published_is_fixed BEFORE INSERT OR UPDATE OR DELETE "
        f"ON variables_{table} FOR EACH ROW EXECUTE FUNCTION variables_guard_content();"
        for table in CONTENT_TABLES
    )
    return GUARD + "\n".join(triggers)


def _backwards() -> str:
    drops = (
        f"DROP TRIGGER content_published_is_fixed ON variables_{table};" for table in CONTENT_TABLES
    )
    return (
        "DROP TRIGGER version_published_is_fixed ON variables_dictionaryversion;"
        + "".join(drops)
        + "DROP FUNCTION variables_guard_content(); DROP FUNCTION variables_guard_version();"
    )


class Migration(migrations.Migration):
    dependencies = [("variables", "0001_dictionary")]

    operations = [migrations.RunSQL(_forwards(), _backwards())]
