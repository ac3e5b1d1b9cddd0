"""The fields that can be corrected: how each is read, checked and written.

Values pass as JSON, the form in which statements keep them.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from django.utils import timezone

from gwa.registry import errors
from gwa.registry.actions.checks import check_columns, check_day
from gwa.registry.actions.rows import (
    check_answers,
    check_compound,
    read_phone,
    set_birth,
    set_position,
    tidy,
)
from gwa.registry.models import Compound, Household, Person
from gwa.registry.models.sources import Json
from gwa.registry.rules.entries import Days, days_asked
from gwa.registry.rules.facts import BirthFacts, Position
from gwa.variables.rules.definitions import Level

Row: TypeAlias = Any
_ANSWERS = "answers."


@dataclass(frozen=True, slots=True)
class FieldOf:
    """`parse` turns what was given into JSON and refuses what cannot be; `write` saves nothing."""

    read: Callable[[Any], Json]
    parse: Callable[[Any, object], Json]
    write: Callable[[Any, Json], None]


def kind_of(row: Household | Person) -> str:
    """The word by which statements name the row's kind."""
    return "household" if isinstance(row, Household) else "person"


def field_of(row: Household | Person, name: str, *, asked: Days | None = None) -> FieldOf:
    """Return how to correct a field, or refuse a name that has a verb of its own or none.

    `asked`: the days whose ages tell which questions were asked; today's where nobody says.
    """
    if name.startswith(_ANSWERS) and len(name) > len(_ANSWERS):
        return _answer(name.removeprefix(_ANSWERS), asked or days_asked(None, timezone.localdate()))
    found = _FIELDS[kind_of(row)].get(name)
    if found is None:
        raise errors.FieldNotCorrectable(field=name)
    return found


def _text(column: str) -> FieldOf:
    def parse(row: Row, given: object) -> Json:
        before = getattr(row, column)
        setattr(row, column, tidy(str(given or "")))
        try:
            check_columns(row, [column])
            return getattr(row, column)
        finally:
            setattr(row, column, before)

    return FieldOf(
        read=lambda row: getattr(row, column),
        parse=parse,
        write=lambda row, value: setattr(row, column, value),
    )


def _flag(column: str) -> FieldOf:
    return FieldOf(
        read=lambda row: getattr(row, column),
        parse=lambda row, given: bool(given),
        write=lambda row, value: setattr(row, column, value),
    )


def _day(column: str, *, is_required: bool = False) -> FieldOf:
    def parse(row: Row, given: object) -> Json:
        if given is None and not is_required:
            return None
        if not isinstance(given, dt.date):
            raise errors.ValueRefused(field=column, why="")
        check_day(given)
        return given.isoformat()

    def read(row: Row) -> Json:
        day = getattr(row, column)
        return day.isoformat() if day else None

    return FieldOf(
        read=read,
        parse=parse,
        write=lambda row, value: setattr(row, column, value and dt.date.fromisoformat(value)),
    )


def _deceased_on() -> FieldOf:
    day = _day("deceased_on", is_required=True)

    def parse(row: Person, given: object) -> Json:
        if row.status != Person.Status.DECEASED:
            raise errors.FieldNotCorrectable(field="deceased_on")
        return day.parse(row, given)

    return FieldOf(read=day.read, parse=parse, write=day.write)


def _birth() -> FieldOf:
    def read(row: Person) -> Json:
        if row.birth_from is None or row.birth_to is None:
            return None
        return {
            "first": row.birth_from.isoformat(),
            "last": row.birth_to.isoformat(),
            "precision": row.birth_precision,
            "known_by": row.birth_known_by,
        }

    def parse(row: Person, given: object) -> Json:
        if given is None:
            return None
        if not isinstance(given, BirthFacts):
            raise errors.BirthImpossible
        trial = Person()
        set_birth(trial, given)
        check_columns(trial, ["birth_known_by"])
        return read(trial)

    def write(row: Person, value: Json) -> None:
        set_birth(row, read_birth(value))

    return FieldOf(read=read, parse=parse, write=write)


def read_birth(value: Json) -> BirthFacts | None:
    """Turn a kept birth back into facts."""
    if value is None:
        return None
    first, last = dt.date.fromisoformat(value["first"]), dt.date.fromisoformat(value["last"])
    return BirthFacts(first, last, value["precision"], value["known_by"])


def _phone() -> FieldOf:
    return FieldOf(
        read=lambda row: row.phone,
        parse=lambda row, given: read_phone(str(given or "")),
        write=lambda row, value: row.set_phone(value),
    )


def _position() -> FieldOf:
    def read(row: Household) -> Json:
        if row.lon is None:
            return None
        return {"lon": row.lon, "lat": row.lat, "accuracy_m": row.accuracy_m}

    def parse(row: Household, given: object) -> Json:
        if given is not None and not isinstance(given, Position):
            raise errors.PositionOffEarth
        trial = Household()
        set_position(trial, given)
        return read(trial)

    def write(row: Household, value: Json) -> None:
        set_position(row, Position(**value) if value else None)

    return FieldOf(read=read, parse=parse, write=write)


def _compound() -> FieldOf:
    def parse(row: Household, given: object) -> Json:
        if given is None:
            return None
        if not isinstance(given, Compound):
            raise errors.CompoundElsewhere
        check_compound(Household(compound=given, zone_path=row.zone_path))
        return str(given.pk)

    return FieldOf(
        read=lambda row: str(row.compound_id) if row.compound_id else None,
        parse=parse,
        write=lambda row, value: setattr(row, "compound_id", UUID(value) if value else None),
    )


def _answer(variable: str, asked: Days) -> FieldOf:
    def parse(row: Household | Person, given: object) -> Json:
        if given is not None:
            ages = row.age_range(*asked) if isinstance(row, Person) else None
            level = Level(kind_of(row))
            check_answers({variable: given}, row.dictionary_version_id, level, ages=ages)
        return given

    def write(row: Household | Person, value: Json) -> None:
        if value is None:
            row.answers.pop(variable, None)
        else:
            row.answers[variable] = value

    return FieldOf(read=lambda row: row.answers.get(variable), parse=parse, write=write)


_FIELDS: dict[str, dict[str, FieldOf]] = {
    "household": {
        "address": _text("address"),
        "position": _position(),
        "is_position_hidden": _flag("is_position_hidden"),
        "compound": _compound(),
        "registered_on": _day("registered_on", is_required=True),
        "last_interview_on": _day("last_interview_on"),
    },
    "person": {
        "given_name": _text("given_name"),
        "family_name": _text("family_name"),
        "everyday_name": _text("everyday_name"),
        "father_name": _text("father_name"),
        "mother_name": _text("mother_name"),
        "sex": _text("sex"),
        "birth": _birth(),
        "phone": _phone(),
        "deceased_on": _deceased_on(),
    },
}
