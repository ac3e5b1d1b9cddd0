"""How each column of an export is read; what nobody asked for is not read at all."""

from collections.abc import Iterable

import polars as pl

from gwa.registry.columns import ASKED_ON_PREFIX
from gwa.registry.models import Household, Person, Relationship
from gwa.snapshots.reading.shapes import Field, code, day, flag, number, text

HOUSEHOLD_SOURCE = """
    FROM registry_household h
    LEFT JOIN registry_householdorigin o ON o.household_id = h.id
    LEFT JOIN registry_compound c ON c.id = h.compound_id
    LEFT JOIN variables_dictionaryversion v ON v.id = h.dictionary_version_id
    WHERE h.zone_path >= %(from)s AND h.zone_path < %(to)s AND {where}
    ORDER BY h.zone_path, h.id
"""
# From the households of the range to their members by the key: were the range said of members too,
# the planner would go through all of them for each household. Members whom the scope does not hold
# are left out, as on the page of the household.
PERSON_SOURCE = """
    FROM registry_household h
    JOIN registry_membership m ON m.household_id = h.id AND m.ended_on IS NULL
    JOIN registry_person p ON p.id = m.person_id
    LEFT JOIN variables_dictionaryversion v ON v.id = p.dictionary_version_id
    WHERE h.zone_path >= %(from)s AND h.zone_path < %(to)s AND {where}
    ORDER BY h.zone_path, h.id, m.is_head DESC, m.is_principal DESC, p.birth_from, m.id
"""
_SIZE = """(
    SELECT count(*) FROM registry_membership s JOIN registry_person q ON q.id = s.person_id
    WHERE s.household_id = h.id AND s.is_principal AND s.ended_on IS NULL AND q.status = 'alive'
)"""

# What other columns are made from: always read.
_GROUND = (
    number("zone_id", "h.zone_id", pl.Int64()),
    number("lon", "h.lon", pl.Float64()),
    number("lat", "h.lat", pl.Float64()),
    number("accuracy_m", "h.accuracy_m", pl.Float64()),
    flag("is_position_hidden", "h.is_position_hidden"),
    code("place_now_kind", "nullif(h.place_now_kind, '')", Household.PlaceKind),
)
_HOUSEHOLD = (
    text("household_id", "h.id"),
    text("registry_number", "h.registry_number"),
    number("place_now_id", "h.place_now_id", pl.Int64()),
    day("place_now_since", "h.place_now_since"),
    text("address", "nullif(h.address, '')"),
    number("origin_id", "o.zone_id", pl.Int64()),
    day("arrived_on", "o.arrived_on"),
    code("status", "h.status", Household.Status),
    day("registered_on", "h.registered_on"),
    day("last_interview_on", "h.last_interview_on"),
    day("ended_on", "h.ended_on"),
    day("attached_on", "h.attached_on"),
    text("compound_name", "nullif(c.name, '')"),
    text("respondent_id", "h.respondent_id"),
    text("recipient_id", "h.recipient_id"),
    number("size", _SIZE),
    number("dictionary_version", "v.number"),
)
_PERSON_GROUND = (
    text("person_id", "p.id"),
    day("birth_from", "p.birth_from"),
    day("birth_to", "p.birth_to"),
    day("deceased_on", "p.deceased_on"),
)
_PERSON = (
    text("household_id", "h.id"),
    text("given_name", "p.given_name"),
    text("family_name", "p.family_name"),
    text("everyday_name", "nullif(p.everyday_name, '')"),
    text("father_name", "nullif(p.father_name, '')"),
    text("mother_name", "nullif(p.mother_name, '')"),
    code("sex", "p.sex", Person.Sex),
    day("birth_date", "CASE WHEN p.birth_precision = 'day' THEN p.birth_from END"),
    code("birth_known_by", "nullif(p.birth_known_by, '')", Person.BirthKnownBy),
    code("birth_precision", "nullif(p.birth_precision, '')", Person.BirthPrecision),
    code("relationship", "m.relationship", Relationship),
    text("phone", "encode(p.phone_sealed, 'hex')"),
    flag("is_principal", "m.is_principal"),
    flag("is_absent", "m.is_absent"),
    day("started_on", "m.started_on"),
    code("person_status", "p.status", Person.Status),
    number("dictionary_version", "v.number"),
)
_READ_AS = {"place_now_id": "place_now", "origin_id": "origin"}


def household_fields(wanted: Iterable[str]) -> list[Field]:
    """What must be read of households for these columns."""
    names = set(wanted)
    sections = [name for name in wanted if name.startswith(ASKED_ON_PREFIX)]
    return [
        *_GROUND,
        *(one for one in _HOUSEHOLD if _READ_AS.get(one.name, one.name) in names),
        *(day(name, f"h.freshness->>'{name.removeprefix(ASKED_ON_PREFIX)}'") for name in sections),
    ]


def person_fields(wanted: Iterable[str]) -> list[Field]:
    """What must be read of persons for these columns."""
    names = set(wanted)
    return [*_PERSON_GROUND, *(one for one in _PERSON if one.name in names)]
