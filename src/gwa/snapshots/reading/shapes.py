"""Which columns are read, with their types in the database and in files."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from django.db.models import TextChoices

from gwa.registry.columns import asked_on_column
from gwa.registry.models import Household, Membership, Person, Relationship
from gwa.variables.rules.definitions import (
    Dictionary,
    Level,
    Storage,
    ValueType,
    VariableDefinition,
)

_SMALL = 2**31 - 1
_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Field:
    """A typed column of the registry: its name in files, its expression, its type in files."""

    name: str
    sql: str
    type: pl.DataType


def text(name: str, sql: str) -> Field:
    """A column of text."""
    return Field(name, sql, pl.String())


def day(name: str, sql: str) -> Field:
    """A column of days."""
    return Field(name, sql, pl.Date())


def flag(name: str, sql: str) -> Field:
    """A column of yes and no."""
    return Field(name, sql, pl.Boolean())


def number(name: str, sql: str, kind: pl.DataType | None = None) -> Field:
    """A column of whole numbers, or of another kind."""
    return Field(name, sql, kind or pl.Int32())


def code(name: str, sql: str, choices: type[TextChoices]) -> Field:
    """A column of codes, kept as a dictionary."""
    return Field(name, sql, pl.Enum(choices.values))


def household_fields(sections: Sequence[str]) -> tuple[Field, ...]:
    """What is read of `registry_household h`, besides answers; `sections` are dated."""
    return (
        text("household_id", "h.id"),
        text("registry_number", "h.registry_number"),
        text("zone_path", "h.zone_path"),
        number("zone_id", "h.zone_id", pl.Int64()),
        text("compound_id", "h.compound_id"),
        day("attached_on", "h.attached_on"),
        number("place_now_id", "h.place_now_id", pl.Int64()),
        code("place_now_kind", "nullif(h.place_now_kind, '')", Household.PlaceKind),
        day("place_now_since", "h.place_now_since"),
        number("lon", "h.lon", pl.Float64()),
        number("lat", "h.lat", pl.Float64()),
        number("accuracy_m", "h.accuracy_m", pl.Float64()),
        flag("is_position_hidden", "h.is_position_hidden"),
        code("status", "h.status", Household.Status),
        text("merged_into", "h.merged_into_id"),
        text("respondent_id", "h.respondent_id"),
        text("recipient_id", "h.recipient_id"),
        day("registered_on", "h.registered_on"),
        day("last_interview_on", "h.last_interview_on"),
        day("ended_on", "h.ended_on"),
        *(day(asked_on_column(name), f"h.freshness->>'{name}'") for name in sections),
    )


PERSON_FIELDS = (
    text("person_id", "p.id"),
    text("zone_path", "p.zone_path"),
    code("sex", "p.sex", Person.Sex),
    day("birth_from", "p.birth_from"),
    day("birth_to", "p.birth_to"),
    code("birth_precision", "nullif(p.birth_precision, '')", Person.BirthPrecision),
    code("birth_known_by", "nullif(p.birth_known_by, '')", Person.BirthKnownBy),
    code("person_status", "p.status", Person.Status),
    day("deceased_on", "p.deceased_on"),
    text("merged_into", "p.merged_into_id"),
    flag("has_phone", "p.phone_index IS NOT NULL"),
)
NAME_FIELDS = (
    text("given_name", "p.given_name"),
    text("family_name", "p.family_name"),
    text("everyday_name", "nullif(p.everyday_name, '')"),
    text("father_name", "nullif(p.father_name, '')"),
    text("mother_name", "nullif(p.mother_name, '')"),
)
MEMBERSHIP_FIELDS = (
    text("household_id", "m.household_id"),
    text("person_id", "m.person_id"),
    text("zone_path", "m.zone_path"),
    code("relationship", "m.relationship", Relationship),
    flag("is_head", "m.is_head"),
    flag("is_principal", "m.is_principal"),
    flag("is_absent", "m.is_absent"),
    day("started_on", "m.started_on"),
    day("ended_on", "m.ended_on"),
    code("end_reason", "nullif(m.end_reason, '')", Membership.EndReason),
)


def answer_variables(dictionary: Dictionary, level: Level) -> tuple[VariableDefinition, ...]:
    """The variables of a level that are kept as answers, in the order of the questionnaire."""
    variables = dictionary.at_level(level).values()
    return tuple(variable for variable in variables if variable.storage == Storage.ANSWERS)


def column_type(variable: VariableDefinition) -> pl.DataType:
    """The type of a variable's column: exact decimals, codes as a dictionary, months as text."""
    match variable.type:
        case ValueType.INTEGER:
            bounds = (variable.minimum, variable.maximum)
            small = all(bound is not None and abs(bound) <= _SMALL for bound in bounds)
            return pl.Int32() if small else pl.Int64()
        case ValueType.DECIMAL:
            return pl.Decimal(_DIGITS, variable.decimals)
        case ValueType.BOOLEAN:
            return pl.Boolean()
        case ValueType.DATE:
            return pl.Date()
        case ValueType.CHOICE:
            return pl.Enum(variable.codes())
        case ValueType.CHOICES:
            return pl.List(pl.Enum(variable.codes()))
        case _:
            return pl.String()


def json_type(variable: VariableDefinition) -> pl.DataType:
    """The type in which a variable's answers are read from JSON."""
    match variable.type:
        case ValueType.INTEGER:
            return pl.Int64()
        case ValueType.DECIMAL:
            return pl.Float64()
        case ValueType.BOOLEAN:
            return pl.Boolean()
        case ValueType.CHOICES:
            return pl.List(pl.String())
        case _:
            return pl.String()
