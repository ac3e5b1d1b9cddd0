"""What no single row can promise: an active household has a head, a closed one has nobody.

Checked at the end of each action (`SET CONSTRAINTS ALL IMMEDIATE`), so that the steps of an action
may pass through states that are not whole. Bulk loads check the whole set at once instead.
"""

from django.db import migrations

CHECKS = """
CREATE FUNCTION registry_check_household(checked uuid) RETURNS void LANGUAGE plpgsql STABLE AS $$
DECLARE state text;
BEGIN
    SELECT status INTO state FROM registry_household WHERE id = checked;
    IF state = 'active' AND NOT EXISTS (
        SELECT FROM registry_membership m WHERE m.household_id = checked AND m.is_head AND m.ended_on IS NULL
    ) THEN
        RAISE EXCEPTION 'household % is active and has no head', checked
            USING ERRCODE = 'check_violation', CONSTRAINT = 'registry_household_has_a_head';
    END IF;
    IF state IN ('dissolved', 'merged') AND EXISTS (
        SELECT FROM registry_membership m WHERE m.household_id = checked AND m.ended_on IS NULL
    ) THEN
        RAISE EXCEPTION 'household % is closed and still has members', checked
            USING ERRCODE = 'check_violation', CONSTRAINT = 'registry_household_closed_is_empty';
    END IF;
END $$;

CREATE FUNCTION registry_check_household_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM registry_check_household(NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION registry_check_membership_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM registry_check_household(OLD.household_id); END IF;
    IF TG_OP <> 'DELETE' THEN PERFORM registry_check_household(NEW.household_id); END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER registry_household_whole
    AFTER INSERT OR UPDATE OF status ON registry_household
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (current_setting('gwa.bulk', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION registry_check_household_row();
CREATE CONSTRAINT TRIGGER registry_membership_whole
    AFTER INSERT OR UPDATE OR DELETE ON registry_membership
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (current_setting('gwa.bulk', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION registry_check_membership_row();

CREATE FUNCTION registry_check_all() RETURNS void LANGUAGE plpgsql STABLE AS $$
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

ALTER TABLE registry_person ADD CONSTRAINT registry_person_birth_not_in_future
    CHECK (birth_from <= CURRENT_DATE);
ALTER TABLE registry_person ADD CONSTRAINT registry_person_death_not_in_future
    CHECK (deceased_on <= CURRENT_DATE);
"""
UNDO = """
ALTER TABLE registry_person DROP CONSTRAINT registry_person_birth_not_in_future;
ALTER TABLE registry_person DROP CONSTRAINT registry_person_death_not_in_future;
DROP FUNCTION registry_check_household_row() CASCADE;
DROP FUNCTION registry_check_membership_row() CASCADE;
DROP FUNCTION registry_check_all();
DROP FUNCTION registry_check_household(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_zone_limits")]
    operations = [migrations.RunSQL(CHECKS, UNDO)]
