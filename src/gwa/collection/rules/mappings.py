"""Which column means what: the mapping of an import, as it is kept and as the rules read it."""

from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from gwa.variables.rules.definitions import Dictionary, Level, Storage


class Layout(StrEnum):
    """How households and persons stand in the file."""

    FLAT = "flat"  # one sheet, one line a person, the household's columns on each of its lines
    TWO_SHEETS = "two_sheets"
    HOUSEHOLDS = "households"  # one line a household, perhaps with columns about its head
    PERSONS = "persons"  # persons of households that the registry knows


DATE_ORDERS = ("dmy", "mdy", "ymd")
DECIMAL_MARKS = (",", ".")
ERASE_WORD = "EFFACER"

# Names outside the dictionary that a column may have besides the registry's own.
PLACE_NAMES = (
    "name_of_region",
    "name_of_cercle",
    "name_of_arrondissement",
    "name_of_commune",
    "name_of_zone",
)
HOUSEHOLD_EXTRAS = (
    "household_id",
    *PLACE_NAMES,
    "registered_on",
    "last_interview_on",
    "accuracy_m",
    "is_position_hidden",
    "place_now_kind",
    "place_now_since",
)
PERSON_EXTRAS = (
    "person_id",
    "full_name",
    "is_principal",
    "is_absent",
    "started_on",
    "birth_year",
    "age",
    "age_on",
    "birth_from",
    "birth_to",
    "birth_precision",
)
IDENTIFIER = "identifier_"
IDENTIFIER_KINDS = ("nina", "biometric_card", "cmss", "canam", "utm", "inps", "programme")
# In the dictionary the NINA is a variable of its own.
SAME_AS = {"identifier_nina": "nina"}


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """The columns of one sheet. `key` names the column that links the two sheets."""

    sheet: str
    key: str = ""
    columns: Map[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mapping:
    """What an import makes of its columns and words.

    `values`: by variable, the file's own word → the code ("Masculin" → "M").
    """

    layout: Layout
    households: SheetMapping | None = None
    persons: SheetMapping | None = None
    values: Map[str, Map[str, str]] = field(default_factory=dict)
    dates: str = "dmy"
    decimal: str = ","
    erase_word: str = ERASE_WORD

    def as_json(self) -> dict[str, Any]:
        """Return what `parse_mapping` reads."""
        kept: dict[str, Any] = {"layout": str(self.layout)}
        if self.households is not None:
            kept["households"] = {
                "sheet": self.households.sheet,
                "key": self.households.key,
                "columns": dict(self.households.columns),
            }
        if self.persons is not None:
            kept["persons"] = {
                "sheet": self.persons.sheet,
                "household_key": self.persons.key,
                "columns": dict(self.persons.columns),
            }
        kept["values"] = {name: dict(words) for name, words in self.values.items()}
        return kept | {
            "dates": self.dates,
            "decimal": self.decimal,
            "erase_word": self.erase_word,
        }


def parse_mapping(kept: Map[str, Any]) -> Mapping:
    """Read a mapping as it is kept. Raises `ValueError` where it is none."""
    try:
        return Mapping(
            layout=Layout(kept["layout"]),
            households=_parse_sheet(kept.get("households"), "key"),
            persons=_parse_sheet(kept.get("persons"), "household_key"),
            values={
                str(name): {str(word): str(code) for word, code in words.items()}
                for name, words in kept.get("values", {}).items()
            },
            dates=_one_of(kept.get("dates", "dmy"), DATE_ORDERS),
            decimal=_one_of(kept.get("decimal", ","), DECIMAL_MARKS),
            erase_word=str(kept.get("erase_word", ERASE_WORD)).strip(),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("this is no mapping of columns") from error


def _parse_sheet(kept: Map[str, Any] | None, key: str) -> SheetMapping | None:
    if not kept:
        return None
    columns = {str(column): str(name) for column, name in kept.get("columns", {}).items() if name}
    return SheetMapping(str(kept["sheet"]), str(kept.get(key) or ""), columns)


def _one_of(value: object, allowed: Sequence[str]) -> str:
    if value not in allowed:
        raise ValueError(f"{value} is none of {', '.join(allowed)}")
    return str(value)


def fit_to_sheets(mapping: Mapping, sheets: Map[str, Sequence[str]]) -> Mapping:
    """Find the sheets of a mapping by their titles where they bear other names this time.

    A CSV file names its one sheet after itself, and lists are named after the month.
    """

    def fit(part: SheetMapping | None) -> SheetMapping | None:
        if part is None or part.sheet in sheets:
            return part
        needed = {*part.columns, part.key} - {""}
        alike = [name for name, titles in sheets.items() if needed <= set(titles)]
        return replace(part, sheet=alike[0]) if len(alike) == 1 else part

    return replace(mapping, households=fit(mapping.households), persons=fit(mapping.persons))


def targets(dictionary: Dictionary, level: Level) -> tuple[str, ...]:
    """Every name that a column may have at a level, in the order of the questionnaire."""
    names = [
        variable.name
        for variable in dictionary.variables
        if variable.level == level and variable.name != "registry_number"
    ]
    if level == Level.HOUSEHOLD:
        return ("registry_number", *names, *HOUSEHOLD_EXTRAS)
    identifiers = (f"{IDENTIFIER}{kind}" for kind in IDENTIFIER_KINDS if kind != "nina")
    return (*names, *PERSON_EXTRAS, *identifiers)


def is_answer(name: str, dictionary: Dictionary) -> bool:
    """Tell whether a name is that of an answer, and not of a column of the registry."""
    variable = dictionary.by_name.get(name)
    return variable is not None and variable.storage == Storage.ANSWERS


class FaultKind(StrEnum):
    """What may be wrong with a mapping; `errors.say_fault` has the sentence of each."""

    SHEET_MISSING = "sheet_missing"
    SHEET_UNKNOWN = "sheet_unknown"
    COLUMN_UNKNOWN = "column_unknown"
    TARGET_UNKNOWN = "target_unknown"
    TARGET_TWICE = "target_twice"
    KEY_MISSING = "key_missing"
    KEY_UNKNOWN = "key_unknown"
    TARGET_NEEDED = "target_needed"
    VALUE_UNKNOWN = "value_unknown"


@dataclass(frozen=True, slots=True)
class MappingFault:
    """One thing that keeps a mapping from being used: where, and which name."""

    kind: FaultKind
    sheet: str = ""
    name: str = ""


Sheets = Map[str, Sequence[str]]
"""The sheets of the files with their column titles."""


def check_mapping(mapping: Mapping, sheets: Sheets, dictionary: Dictionary) -> list[MappingFault]:
    """Say everything that keeps the mapping from being used with these sheets."""
    faults: list[MappingFault] = []
    for level, part in _parts(mapping):
        if part is None or not part.sheet:
            faults.append(MappingFault(FaultKind.SHEET_MISSING, name=level))
        elif part.sheet not in sheets:
            faults.append(MappingFault(FaultKind.SHEET_UNKNOWN, part.sheet, part.sheet))
        else:
            faults += _check_columns(part, sheets[part.sheet], set(targets(dictionary, level)))
    faults += _check_keys(mapping, sheets)
    faults += _check_needed(mapping)
    faults += _check_values(mapping, dictionary)
    return faults


def _parts(mapping: Mapping) -> list[tuple[Level, SheetMapping | None]]:
    """The parts that the layout must have, with those that it may have where they are there."""
    household, person = (Level.HOUSEHOLD, mapping.households), (Level.PERSON, mapping.persons)
    if mapping.layout == Layout.PERSONS:
        return [person]
    if mapping.layout == Layout.HOUSEHOLDS and mapping.persons is None:
        return [household]
    return [household, person]


def _check_columns(
    part: SheetMapping, titles: Sequence[str], allowed: set[str]
) -> list[MappingFault]:
    faults = []
    seen: set[str] = set()
    for column, name in part.columns.items():
        if column not in titles:
            faults.append(MappingFault(FaultKind.COLUMN_UNKNOWN, part.sheet, column))
        if SAME_AS.get(name, name) not in allowed:
            faults.append(MappingFault(FaultKind.TARGET_UNKNOWN, part.sheet, name))
        if name in seen:
            faults.append(MappingFault(FaultKind.TARGET_TWICE, part.sheet, name))
        seen.add(name)
    if part.key and part.key not in titles:
        faults.append(MappingFault(FaultKind.KEY_UNKNOWN, part.sheet, part.key))
    return faults


def _check_keys(mapping: Mapping, sheets: Sheets) -> list[MappingFault]:
    faults = []
    if mapping.layout == Layout.TWO_SHEETS:
        faults = [
            MappingFault(FaultKind.KEY_MISSING, part.sheet)
            for part in (mapping.households, mapping.persons)
            if part is not None and part.sheet in sheets and not part.key
        ]
    elif mapping.layout == Layout.FLAT and mapping.households is not None:
        part = mapping.households
        if not part.key and "registry_number" not in part.columns.values():
            faults = [MappingFault(FaultKind.KEY_MISSING, part.sheet)]
    elif mapping.layout == Layout.PERSONS and mapping.persons and not mapping.persons.key:
        faults = [MappingFault(FaultKind.KEY_MISSING, mapping.persons.sheet)]
    return faults


def _check_needed(mapping: Mapping) -> list[MappingFault]:
    """Say which columns a list of new households cannot do without."""
    part = mapping.persons
    if part is None or mapping.layout == Layout.PERSONS:
        return []
    names = set(part.columns.values())
    needed = {"sex"} | (set() if "full_name" in names else {"given_name", "family_name"})
    if mapping.layout != Layout.HOUSEHOLDS:
        needed.add("relationship")
    return [
        MappingFault(FaultKind.TARGET_NEEDED, part.sheet, name) for name in sorted(needed - names)
    ]


def _check_values(mapping: Mapping, dictionary: Dictionary) -> list[MappingFault]:
    """Words may only stand for codes that the variable has."""
    faults = []
    for name, words in mapping.values.items():
        variable = dictionary.by_name.get(name)
        codes = set(variable.codes()) if variable is not None else set()
        faults += [
            MappingFault(FaultKind.VALUE_UNKNOWN, name, code)
            for code in words.values()
            if codes and code not in codes
        ]
    return faults
