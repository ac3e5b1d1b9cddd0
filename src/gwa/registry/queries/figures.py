"""Figures of every zone, computed in one pass and kept, so that no dashboard counts people."""

import datetime as dt

from django.db import connection

# One row per settlement and measure first, then each is added to all zones above it. A person is
# counted where she is a principal member of an active household; absent members are counted.
_REFRESH = """
    WITH head AS (
        SELECT m.household_id FROM registry_membership m
        JOIN registry_person p ON p.id = m.person_id AND p.sex = 'F'
        WHERE m.is_head AND m.ended_on IS NULL
    ), household AS (
        SELECT h.zone_path,
            count(*) AS households,
            count(*) FILTER (WHERE h.last_interview_on >= %(year)s) AS updated_12_months,
            count(*) FILTER (WHERE h.last_interview_on >= %(two_years)s) AS updated_24_months,
            count(*) FILTER (WHERE h.registered_on >= %(year)s) AS registered_12_months,
            count(head.household_id) AS female_headed,
            count(*) FILTER (WHERE h.place_now_kind IN ('displacement_site', 'host')) AS displaced,
            count(*) FILTER (WHERE h.lon IS NOT NULL) AS located
        FROM registry_household h LEFT JOIN head ON head.household_id = h.id
        WHERE h.status = 'active' GROUP BY h.zone_path
    ), person AS (
        SELECT m.zone_path,
            count(*) AS persons,
            count(*) FILTER (WHERE p.sex = 'F') AS women,
            count(*) FILTER (WHERE p.birth_from > %(five)s) AS under_5,
            count(*) FILTER (WHERE p.birth_from > %(eighteen)s) AS under_18,
            count(*) FILTER (WHERE p.birth_to <= %(sixty)s) AS over_60
        FROM registry_membership m
        JOIN registry_household h ON h.id = m.household_id AND h.status = 'active'
        JOIN registry_person p ON p.id = m.person_id AND p.status = 'alive'
        WHERE m.is_principal AND m.ended_on IS NULL GROUP BY m.zone_path
    ), closed AS (
        SELECT zone_path, count(*) AS closed_households FROM registry_household
        WHERE status <> 'active' GROUP BY zone_path
    ), measured AS (
        SELECT zone_path, key AS measure, value::bigint AS value
        FROM (SELECT zone_path, to_jsonb(household) - 'zone_path' AS counts FROM household
              UNION ALL SELECT zone_path, to_jsonb(person) - 'zone_path' FROM person
              UNION ALL SELECT zone_path, to_jsonb(closed) - 'zone_path' FROM closed) AS leaf,
            jsonb_each_text(leaf.counts)
    ), summed AS (
        SELECT zone_id::bigint AS zone_id, measure, sum(value) AS value
        FROM measured, unnest(string_to_array(rtrim(zone_path, '/'), '/')) AS zone_id
        GROUP BY 1, 2
    ), kept AS (
        INSERT INTO registry_zonefigure (id, zone_path, zone_id, measure, value, computed_at)
        SELECT gen_random_uuid(), z.path, z.id, s.measure, s.value, %(now)s
        FROM summed s JOIN zones_zone z ON z.id = s.zone_id
        ON CONFLICT (zone_id, measure) DO UPDATE SET
            value = excluded.value, zone_path = excluded.zone_path,
            computed_at = excluded.computed_at
        RETURNING 1
    )
    SELECT count(*) FROM kept
"""


def refresh_figures(*, on: dt.date, now: dt.datetime) -> int:
    """Compute every figure of every zone as of that day; return how many are kept.

    The caller sees everywhere and holds the transaction. A zone where nobody is left loses its
    figures: an absent figure is 0.
    """
    days = {
        "year": _years_before(on, 1),
        "two_years": _years_before(on, 2),
        "five": _years_before(on, 5),
        "eighteen": _years_before(on, 18),
        "sixty": _years_before(on, 60),
        "now": now,
    }
    with connection.cursor() as cursor:
        # The planner takes the zone policies to keep next to nothing, and would fetch people one
        # by one; here they keep everything.
        cursor.execute("SET LOCAL enable_nestloop = off; SET LOCAL work_mem = '128MB'")
        cursor.execute(_REFRESH, days)
        kept = int(cursor.fetchone()[0])
        cursor.execute("SET LOCAL enable_nestloop TO DEFAULT; SET LOCAL work_mem TO DEFAULT")
        cursor.execute("DELETE FROM registry_zonefigure WHERE computed_at < %s", [now])
    return kept


def _years_before(day: dt.date, years: int) -> dt.date:
    """Return the same day some years before; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
