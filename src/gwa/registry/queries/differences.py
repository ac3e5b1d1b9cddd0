"""What changed in a row, field by field, in words."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import get_language

from gwa.common.access import Person as Reader
from gwa.common.people import names_by_login
from gwa.registry import words
from gwa.registry.models import Compound, Household, Person, Source, Statement
from gwa.registry.models.sources import SEALED_FIELDS
from gwa.registry.rules.facts import BirthFacts
from gwa.registry.rules.numbers import show_number
from gwa.variables.models import DictionaryVersion
from gwa.variables.queries import read_dictionary
from gwa.variables.rules.definitions import VariableDefinition
from gwa.variables.rules.display import format_value
from gwa.zones.models import Zone

_ANSWERS = "answers."
_BIRTH = ("birth_from", "birth_to", "birth_precision", "birth_known_by")
_REFERENCES = {"respondent_id", "recipient_id", "compound_id", "compound", "merged_into_id"}
_STATEMENT = Statement._meta.db_table
# Of a row that was added or removed, only what names it is told.
_TELLING = {
    "registry_household": ("registry_number", "zone_id", "address"),
    "registry_membership": ("relationship",),
    "registry_identifier": ("kind", "value_sealed", "is_claim"),
    "registry_document": ("title",),
    "registry_householdorigin": ("zone_id", "arrived_on"),
    "registry_compound": ("name",),
    "registry_person": (),
}


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after one change; None where it did not exist."""

    change_id: UUID
    table: str
    row_id: UUID
    person_id: UUID | None
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    is_removed: bool


@dataclass(frozen=True, slots=True)
class Sight:
    """What a reader may see beyond the ordinary."""

    origin: bool
    sensitive: bool


def sight_of(reader: Reader) -> Sight:
    """Return what the reader's rights let be seen."""
    return Sight(
        origin=reader.has_right("registry.read_origin"),
        sensitive=reader.has_right("registry.read_sensitive"),
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one subject, from what to what, as people read it."""

    subject: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Names:
    """What numbers stand for, fetched once for a page."""

    zones: Mapping[int, str]
    persons: Mapping[UUID, str]
    rows: Mapping[str, str]
    versions: Mapping[int, int]
    variables: Mapping[int, Mapping[str, VariableDefinition]]


def tell_differences(
    changes: Sequence[RowChange], *, sight: Sight
) -> dict[UUID, tuple[Difference, ...]]:
    """Say what each change changed; of what the reader may not see, only that it changed."""
    names = _fetch_names(changes)
    told: dict[UUID, list[Difference]] = {}
    for change in changes:
        if change.table == _STATEMENT:
            lines = _tell_statement(change, changes, names, sight)
        else:
            lines = _tell_row(change, names, sight)
        told.setdefault(change.change_id, []).extend(lines)
    return {key: tuple(lines) for key, lines in told.items()}


def _tell_row(change: RowChange, names: _Names, sight: Sight) -> Iterator[Difference]:
    before, after = _facts(change.table, change.before), _facts(change.table, change.after)
    subject = _subject(change, names)
    is_whole = change.before is None or change.is_removed
    for name in _order(change.table, before, after):
        was, became = before.get(name), after.get(name)
        if was == became or (is_whole and name not in _TELLING[change.table]):
            continue
        label = _label(change, name, names)
        is_elsewhere = not change.is_removed and not is_whole and change.after is None
        if is_elsewhere or _is_hidden(change, name, names, sight):
            # What it became lies in a zone, or behind a right, that the reader has not.
            yield Difference(subject, label, "", str(words.MODIFIED))
        else:
            yield Difference(
                subject, label, _say(change, name, was, names), _say(change, name, became, names)
            )


def _is_hidden(change: RowChange, name: str, names: _Names, sight: Sight) -> bool:
    """Tell whether the page of the household would not show this value either."""
    if change.table == "registry_householdorigin":
        return not sight.origin
    if name.startswith(_ANSWERS):
        variable = _variable(change, name, names)
        return not sight.sensitive and (variable is None or variable.sensitive)
    if name == "position":
        rows = [row for row in (change.before, change.after) if row]
        return any(
            # A statement does not say how its household is protected: its position stays hidden.
            row.get("is_position_hidden", True) or row.get("place_now_kind") in Household.DISPLACED
            for row in rows
        )
    return False


def _order(table: str, *facts: Mapping[str, Any]) -> Iterable[str]:
    """Fields in the order of the page, then answers by name."""
    answers = sorted({name for row in facts for name in row if name.startswith(_ANSWERS)})
    return [*words.FIELDS[table], *answers]


def _tell_statement(
    change: RowChange, changes: Sequence[RowChange], names: _Names, sight: Sight
) -> Iterator[Difference]:
    """Tell a word that was set aside; one that prevailed is told by the row it changed."""
    row = change.after
    if change.before is not None or row is None or row["is_in_force"]:
        return
    prevailed = any(
        other.after is not None
        and other.change_id == change.change_id
        and other.table == _STATEMENT
        and (other.after["subject_id"], other.after["field"]) == (row["subject_id"], row["field"])
        and other.after["is_in_force"]
        for other in changes
    )
    if not prevailed:
        told = _stated(change, row)
        said = _say_stated(told, row, names, sight)
        label = _label(told, row["field"], names)
        yield Difference(_subject(told, names), label, "", f"{said} ({words.NOT_KEPT})")


def _stated(change: RowChange, row: Mapping[str, Any]) -> RowChange:
    """See a statement as a change of the row it speaks of."""
    table = f"registry_{row['subject_kind']}"
    return RowChange(change.change_id, table, change.row_id, change.person_id, None, row, False)


def _say_stated(told: RowChange, row: Mapping[str, Any], names: _Names, sight: Sight) -> str:
    name, value = row["field"], row["value"]
    if _is_hidden(told, name, names, sight):
        return str(words.SEALED)
    if name in SEALED_FIELDS:
        value = _Sealed(str(value)) if value else None
    return _say(told, name, value, names)


def tell_losers(row: Household | Person, *, sight: Sight) -> list[tuple[Difference, Source]]:
    """Say what other sources said of a row, and were not believed, each with its source."""
    statements = Statement.objects.filter(subject_id=row.pk, is_in_force=False)
    changes: list[tuple[RowChange, Source]] = []
    for one in statements.select_related("source").order_by("field", "-stated_on"):
        stated = {
            "field": one.field,
            "value": one.value,
            "subject_kind": one.subject_kind,
            "dictionary_version_id": row.dictionary_version_id,
        }
        told = RowChange(one.pk, _STATEMENT, one.pk, None, None, stated, False)
        changes.append((_stated(told, stated), one.source))
    if not changes:
        return []
    names = _fetch_names([change for change, _ in changes])
    lines = []
    for change, source in changes:
        word = change.after or {}
        said = _say_stated(change, word, names, sight)
        label = _label(change, word["field"], names)
        lines.append((Difference("", label, "", said), source))
    return lines


@dataclass(frozen=True, slots=True)
class _Sealed:
    """A value that is compared and never shown."""

    mark: str


def _facts(table: str, row: Mapping[str, Any] | None) -> dict[str, Any]:
    """The row as the story sees it: births, positions and answers as single fields."""
    if row is None:
        return {}
    facts = {name: row.get(name) for name in words.FIELDS[table]}
    if table == "registry_person":
        known = row.get("birth_from")
        facts["birth"] = tuple(row.get(name) for name in _BIRTH) if known else None
        facts["phone"] = _seal_mark(row.get("phone_index"))
    if "position" in facts:
        facts["position"] = None if row.get("lon") is None else (row["lat"], row["lon"])
    if table == "registry_identifier":
        facts["value_sealed"] = _seal_mark(row.get("value_index"))
    answers = row.get("answers") or {}
    return facts | {f"{_ANSWERS}{name}": value for name, value in answers.items()}


def _seal_mark(index: object) -> _Sealed | None:
    return _Sealed(str(index)) if index else None


def _subject(change: RowChange, names: _Names) -> str:
    if change.person_id is not None and change.table != "registry_document":
        return names.persons.get(change.person_id) or _name_in(change.after or change.before)
    return str(words.SUBJECTS.get(change.table, ""))


def _name_in(row: Mapping[str, Any] | None) -> str:
    if row is None or "given_name" not in row:
        return ""
    return f"{row['given_name']} {row['family_name']}"


def _label(change: RowChange, name: str, names: _Names) -> str:
    if name.startswith(_ANSWERS):
        variable = _variable(change, name, names)
        return variable.label(_language()) if variable else name.removeprefix(_ANSWERS)
    fields = words.FIELDS[change.table]
    return str(fields.get(name) or fields.get(f"{name}_id") or name)


def _variable(change: RowChange, name: str, names: _Names) -> VariableDefinition | None:
    version = (change.after or change.before or {}).get("dictionary_version_id")
    own = names.variables.get(version or 0)
    for variables in [own] if own else names.variables.values():
        if found := variables.get(name.removeprefix(_ANSWERS)):
            return found
    return None


def _language() -> str:
    return (get_language() or "fr")[:2]


def _say(change: RowChange, name: str, value: Any, names: _Names) -> str:  # noqa: ANN401 (any JSON)
    """Write one value as people read it."""
    if value is None or value == "":
        return ""
    if name.startswith(_ANSWERS):
        variable = _variable(change, name, names)
        return format_value(value, variable, _language()) if variable else str(value)
    if say := _SAID.get(type(value)):
        return say(value)
    if say_field := _FIELDS_SAID.get(name):
        return say_field(value, names)
    return _say_choice(change.table, name, value) or _say_day(value)


_SAID: dict[type, Callable[[Any], str]] = {
    bool: lambda value: str(words.YES if value else words.NO),
    _Sealed: lambda value: str(words.SEALED),
}


def _say_birth(value: Any) -> str:  # noqa: ANN401 (a row's columns, or a statement's JSON)
    if isinstance(value, Mapping):
        value = (value["first"], value["last"], value["precision"], value["known_by"])
    first, last = (dt.date.fromisoformat(str(day)) for day in value[:2])
    return words.say_birth(BirthFacts(first, last, value[2], value[3]))


def _say_position(value: Any) -> str:  # noqa: ANN401 (a pair, or a statement's JSON)
    lat, lon = (value["lat"], value["lon"]) if isinstance(value, Mapping) else value
    return f"{lat:.5f}, {lon:.5f}"


def _say_zone(value: int, names: _Names) -> str:
    return names.zones.get(value, "")


def _say_row(value: object, names: _Names) -> str:
    return names.rows.get(str(value), str(words.MODIFIED))


_FIELDS_SAID: dict[str, Callable[[Any, _Names], str]] = {
    "zone_id": _say_zone,
    "place_now_id": _say_zone,
    "dictionary_version_id": lambda value, names: f"v{names.versions.get(value, value)}",
    "registry_number": lambda value, names: show_number(str(value)),
    "birth": lambda value, names: _say_birth(value),
    "position": lambda value, names: _say_position(value),
    "verified_by": lambda value, names: names_by_login([value])[value],
    **dict.fromkeys(_REFERENCES, _say_row),
}


def _say_choice(table: str, name: str, value: object) -> str:
    model = next(
        one for one in apps.get_app_config("registry").get_models() if one._meta.db_table == table
    )
    try:
        choices = dict(model._meta.get_field(name).flatchoices)  # type: ignore[union-attr]
    except FieldDoesNotExist:
        return ""
    return str(choices.get(value, ""))


def _say_day(value: object) -> str:
    text = str(value)
    try:
        return words.show_day(dt.date.fromisoformat(text[:10])) if text[4:5] == "-" else text
    except ValueError:
        return text


def _fetch_names(changes: Sequence[RowChange]) -> _Names:
    rows = [row for change in changes for row in (change.before, change.after) if row]
    zones = _collect(rows, ("zone_id", "place_now_id"))
    persons = {change.person_id for change in changes if change.person_id}
    versions = list(
        DictionaryVersion.objects.filter(pk__in=_collect(rows, ("dictionary_version_id",)))
    )
    has_answers = any(
        row.get("answers") or str(row.get("field", "")).startswith(_ANSWERS) for row in rows
    )
    return _Names(
        zones=dict(Zone.objects.filter(pk__in=zones).values_list("pk", "name")),
        persons={row.pk: str(row) for row in Person.objects.filter(pk__in=persons)},
        rows=_fetch_rows(rows),
        versions={version.pk: version.number for version in versions},
        variables={
            version.pk: read_dictionary(version).by_name
            for version in (versions if has_answers else ())
        },
    )


def _fetch_rows(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Name what other rows are referred to: people, compounds, surviving households."""
    keys = _collect(rows, tuple(_REFERENCES))
    keys |= {row["value"] for row in rows if row.get("field") == "compound" and row["value"]}
    if not keys:
        return {}
    named: dict[str, str] = {}
    for people in Person.objects.filter(pk__in=keys):
        named[str(people.pk)] = str(people)
    for compound in Compound.objects.filter(pk__in=keys).exclude(name=""):
        named[str(compound.pk)] = compound.name
    for household in Household.objects.filter(pk__in=keys):
        named[str(household.pk)] = show_number(household.registry_number)
    return named


def _collect(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> set[Any]:
    return {row[column] for row in rows for column in columns if row.get(column) is not None}
