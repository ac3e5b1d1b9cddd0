"""Figures of every zone, computed in one pass and kept, so that no dashboard counts people."""

import datetime as dt

from django.db import connection

# What the two counts below call their columns.
_COUNTED = (
    "households", "updated_12_months", "updated_24_months", "registered_12_months", "displaced",
    "located", "closed_households",
    "persons", "women", "under_5", "under_18", "over_60", "female_headed",
)  # fmt: skip
# What each zone holds by itself, one row a zone; then the sums of all zones below. A person is
# counted where she is a principal member of an active household; absent members are counted.
# Into a table of its own, so that PostgreSQL may count with several processes.
_COMPUTE = """
    CREATE TEMPORARY TABLE figures_now ON COMMIT DROP AS
    WITH household AS (
        SELECT zone_path,
            count(*) FILTER (WHERE status = 'active') AS households,
            count(*) FILTER (WHERE status = 'active' AND last_interview_on >= %(year)s)
                AS updated_12_months,
            count(*) FILTER (WHERE status = 'active' AND last_interview_on >= %(two_years)s)
                AS updated_24_months,
            count(*) FILTER (WHERE status = 'active' AND registered_on >= %(year)s)
                AS registered_12_months,
            count(*) FILTER (
                WHERE status = 'active' AND place_now_kind IN ('displacement_site', 'host')
            ) AS displaced,
            count(*) FILTER (WHERE status = 'active' AND lon IS NOT NULL) AS located,
            count(*) FILTER (WHERE status <> 'active') AS closed_households
        FROM registry_household GROUP BY zone_path
    ), member AS (
        SELECT m.zone_path, m.is_head AND p.sex = 'F' AS heads,
            m.is_principal AND p.status = 'alive' AS counts, p.sex, p.birth_from, p.birth_to
        FROM registry_membership m
        JOIN registry_household h ON h.id = m.household_id AND h.status = 'active'
        JOIN registry_person p ON p.id = m.person_id
        WHERE m.ended_on IS NULL AND (m.is_principal OR m.is_head)
    ), person AS (
        SELECT zone_path,
            count(*) FILTER (WHERE counts) AS persons,
            count(*) FILTER (WHERE counts AND sex = 'F') AS women,
            count(*) FILTER (WHERE counts AND birth_from > %(five)s) AS under_5,
            count(*) FILTER (WHERE counts AND birth_from > %(eighteen)s) AS under_18,
            count(*) FILTER (WHERE counts AND birth_to <= %(sixty)s) AS over_60,
            count(*) FILTER (WHERE heads) AS female_headed
        FROM member GROUP BY zone_path
    ), summed AS (
        SELECT zone_id::bigint AS zone_id, {sums}
        FROM household FULL JOIN person USING (zone_path),
            unnest(string_to_array(rtrim(zone_path, '/'), '/')) AS zone_id
        GROUP BY 1
    )
    SELECT z.id AS zone_id, z.path AS zone_path, measure, value
    FROM summed JOIN zones_zone z ON z.id = summed.zone_id
        CROSS JOIN LATERAL (VALUES {named}) AS counted (measure, value)
    WHERE value > 0
""".format(  # noqa: S608 (our own names)
    sums=", ".join(f"sum({measure})::bigint AS {measure}" for measure in _COUNTED),
    named=", ".join(f"('{measure}', {measure})" for measure in _COUNTED),
)
_REMOVE = """
    DELETE FROM registry_zonefigure kept WHERE NOT EXISTS (
        SELECT FROM figures_now f WHERE f.zone_id = kept.zone_id AND f.measure = kept.measure
    )
"""
# Most figures are what they were: those are not written again.
_WRITE = """
    INSERT INTO registry_zonefigure (id, zone_path, zone_id, measure, value)
    SELECT gen_random_uuid(), f.zone_path, f.zone_id, f.measure, f.value
    FROM figures_now f WHERE NOT EXISTS (
        SELECT FROM registry_zonefigure kept
        WHERE kept.zone_id = f.zone_id AND kept.measure = f.measure
            AND kept.value = f.value AND kept.zone_path = f.zone_path
    )
    ON CONFLICT (zone_id, measure) DO UPDATE SET
        value = excluded.value, zone_path = excluded.zone_path
"""
_SIGN = """
    INSERT INTO registry_figuresrun (id, computed_at) VALUES (1, %s)
    ON CONFLICT (id) DO UPDATE SET computed_at = excluded.computed_at
"""


def refresh_figures(*, on: dt.date, now: dt.datetime) -> int:
    """Compute every figure of every zone as of that day; return how many had changed.

    The caller sees everywhere and holds the transaction. An absent figure is 0.
    """
    days = {
        "year": _years_before(on, 1),
        "two_years": _years_before(on, 2),
        "five": _years_before(on, 5),
        "eighteen": _years_before(on, 18),
        "sixty": _years_before(on, 60),
    }
    with connection.cursor() as cursor:
        # The planner takes the zone policies to keep next to nothing, and would fetch people one
        # by one; here they keep everything.
        cursor.execute("SET LOCAL enable_nestloop = off; SET LOCAL work_mem = '128MB'")
        cursor.execute("DROP TABLE IF EXISTS pg_temp.figures_now")
        cursor.execute(_COMPUTE, days)
        cursor.execute("ANALYZE figures_now")
        cursor.execute(_REMOVE)
        changed = int(cursor.rowcount)
        cursor.execute(_WRITE)
        changed += int(cursor.rowcount)
        cursor.execute("SET LOCAL enable_nestloop TO DEFAULT; SET LOCAL work_mem TO DEFAULT")
        cursor.execute("DROP TABLE figures_now")
        cursor.execute(_SIGN, [now])
    return changed


def _years_before(day: dt.date, years: int) -> dt.date:
    """Return the same day some years before; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
