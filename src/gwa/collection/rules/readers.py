"""Lines read with a mapping: cells → named, typed values, with everything that is unclear.

Readers are made once for a file; the same words come back by the thousand, so each column
remembers what it made of them.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, TypeAlias

from gwa.collection.rules import cells
from gwa.collection.rules.cells import ERASE, Cell, Fault, text_of
from gwa.collection.rules.mappings import (
    IDENTIFIER,
    PLACE_NAMES,
    SAME_AS,
    SheetMapping,
)
from gwa.collection.rules.mappings import (
    Mapping as ColumnMapping,
)
from gwa.common.formulas import free
from gwa.common.text import fold
from gwa.registry.rules.births import DECLARED, born_at_age, born_in_year, may_be_same
from gwa.registry.rules.entries import KNOWN_BY, PRECISIONS
from gwa.registry.rules.facts import BirthFacts, IdentifierFacts
from gwa.registry.rules.identifiers import NINA
from gwa.registry.rules.numbers import parse_number
from gwa.registry.rules.problems import Problem
from gwa.variables.rules.definitions import Dictionary, Storage, ValueType, VariableDefinition

ReadCell: TypeAlias = Callable[[Cell], Any]
_MOST_REMEMBERED = 20_000

_DAYS = frozenset({"registered_on", "last_interview_on", "started_on", "arrived_on",
                   "place_now_since", "age_on", "birth_from", "birth_to"})  # fmt: skip
_FLAGS = frozenset({"is_position_hidden", "is_principal", "is_absent"})
_DEGREES = frozenset({"lat", "lon", "accuracy_m"})
_ZONES = frozenset({"zone_code", "place_now", "origin", *PLACE_NAMES})
# Words of lists that the dictionary's labels do not have.
_USUAL_WORDS: Mapping[str, Mapping[str, str]] = {
    "sex": {
        "masculin": "M", "male": "M", "garcon": "M", "h": "M", "homme": "M", "1": "M",
        "feminin": "F", "female": "F", "fille": "F", "femme": "F", "2": "F",
    },
    "relationship": {
        "cm": "head", "chef": "head", "chef de menage": "head", "cheffe": "head",
        "cheffe de menage": "head", "lui meme": "head",
        "epouse": "spouse", "epoux": "spouse", "conjoint": "spouse", "conjointe": "spouse",
        "mari": "spouse", "femme": "spouse", "wife": "spouse", "husband": "spouse",
        "enfant": "child", "fils": "child", "fille": "child", "son": "child", "daughter": "child",
        "pere": "parent", "mere": "parent", "father": "parent", "mother": "parent",
        "frere": "sibling", "soeur": "sibling", "brother": "sibling", "sister": "sibling",
        "neveu": "nephew_niece", "niece": "nephew_niece",
        "petit enfant": "grandchild", "petit fils": "grandchild", "petite fille": "grandchild",
        "gendre": "child_in_law", "belle fille": "child_in_law",
        "autre": "other_relative", "sans lien": "not_related",
    },
}  # fmt: skip


@dataclass(slots=True)
class Read:
    """One line as it was understood.

    `values` by the names of the mapping, `answers` by variable; `erased` names what the marked word
    takes away.
    """

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    erased: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Column:
    place: int
    name: str
    read: ReadCell
    is_answer: bool


class _Kind(Enum):
    """What a cell gives to its line."""

    VALUE = auto()
    ANSWER = auto()
    ERASED = auto()
    PROBLEM = auto()
    NOTHING = auto()


_Meaning: TypeAlias = tuple[_Kind, Any]


class LineReader:
    """Reads the lines of one sheet for one level."""

    def __init__(
        self,
        part: SheetMapping,
        titles: Sequence[str],
        mapping: ColumnMapping,
        dictionary: Dictionary,
    ) -> None:
        self._erase = fold(mapping.erase_word) if mapping.erase_word else None
        self.key_place = titles.index(part.key) if part.key else None
        self.columns = tuple(
            _Column(
                titles.index(column),
                SAME_AS.get(name, name),
                *_reader_of(SAME_AS.get(name, name), mapping, dictionary),
            )
            for column, name in part.columns.items()
        )
        self.titles = {column.name: titles[column.place] for column in self.columns}
        self.numbers = tuple(
            column.name
            for column in self.columns
            if column.name == NINA or column.name.startswith(IDENTIFIER)
        )
        known: tuple[dict[str, _Meaning], ...] = tuple({} for _ in self.columns)
        # Apart from the columns: nothing of a column is looked up for each cell of a million lines.
        self._plan = tuple(
            (column.place, column.name, seen, column)
            for column, seen in zip(self.columns, known, strict=True)
        )

    def read(self, line: int, row: Sequence[Cell]) -> Read:
        """Read one line: every column, whatever is wrong in the others."""
        read = Read(line)
        values, answers = read.values, read.answers
        for place, name, known, column in self._plan:
            cell = row[place]
            if cell is None:
                continue
            # A cell that is unclear equals the word that it shows: only its class tells.
            meaning = known.get(cell) if cell.__class__ is str else None
            kind, value = meaning or self._learn(column, known, cell)
            if kind is _ANSWER:
                answers[name] = value
            elif kind is _VALUE:
                values[name] = value
            elif kind is _Kind.ERASED:
                read.erased = (*read.erased, value)
            elif kind is _Kind.PROBLEM:
                read.problems.append(value)
        return read

    def _learn(self, column: _Column, known: dict[str, _Meaning], cell: Cell) -> _Meaning:
        """Say what a cell means, and remember it where it is a word."""
        value = self._understand(column, cell)
        meaning: _Meaning
        if value is _NOTHING:
            meaning = _Kind.NOTHING, None
        elif value is ERASE:
            name = f"answers.{column.name}" if column.is_answer else column.name
            meaning = _Kind.ERASED, name
        elif isinstance(value, Fault):
            meaning = _Kind.PROBLEM, Problem(value.code, column.name, None, value.facts)
        else:
            meaning = (_ANSWER if column.is_answer else _VALUE), value
        if cell.__class__ is str and len(known) < _MOST_REMEMBERED:
            known[cell] = meaning
        return meaning

    def _understand(self, column: _Column, cell: Cell) -> Any:  # noqa: ANN401 (any value of a column)
        if isinstance(cell, cells.Unclear):
            return Fault("collection.cell_unclear", {"value": str(cell)})
        if not isinstance(cell, str):
            return column.read(cell)
        plain = free(cell.strip()).strip()
        if not plain:
            return _NOTHING
        if self._erase is not None and fold(plain) == self._erase:
            return ERASE
        return column.read(plain)

    def key_of(self, row: Sequence[Cell]) -> str:
        """Return the household's own key on a line, as text."""
        return text_of(row[self.key_place]) if self.key_place is not None else ""


class _Nothing:
    """A cell of spaces."""


_NOTHING = _Nothing()
_ANSWER, _VALUE = _Kind.ANSWER, _Kind.VALUE


def _reader_of(name: str, mapping: ColumnMapping, dictionary: Dictionary) -> tuple[ReadCell, bool]:
    """Return how a column is read, and whether it is an answer."""
    variable = dictionary.by_name.get(name)
    words = {fold(word): code for word, code in mapping.values.get(name, {}).items()}
    if variable is not None and variable.storage == Storage.ANSWERS:
        return _answer(variable, words, mapping), True
    if name in _DAYS:
        return (lambda cell: cells.read_day(cell, mapping.dates)), False
    if name in _FLAGS:
        return _flag(name), False
    if name in _DEGREES:
        return cells.read_degrees, False
    if name == "registry_number":
        return _registry_number, False
    if name == "age":
        return cells.read_age, False
    if name == "birth_year":
        return (lambda cell: cells.read_year(cell, mapping.dates)), False
    if name == "birth_date":
        return (lambda cell: cells.read_birth(cell, mapping.dates, DECLARED)), False
    if variable is not None and variable.type == ValueType.CHOICE:
        return _choice(variable, words, mapping), False
    return text_of, False


def _answer(
    variable: VariableDefinition, words: Mapping[str, str], mapping: ColumnMapping
) -> ReadCell:
    def read(cell: Cell) -> Any:  # noqa: ANN401 (any answer)
        value = cells.read_answer(cell, variable, words, mapping.dates, mapping.decimal)
        return _NOTHING if value is None else value

    return read


def _choice(
    variable: VariableDefinition, words: Mapping[str, str], mapping: ColumnMapping
) -> ReadCell:
    usual = {**_USUAL_WORDS.get(variable.name, {}), **words}
    return _answer(variable, usual, mapping)


def _flag(name: str) -> ReadCell:
    def read(cell: Cell) -> Any:  # noqa: ANN401 (a flag or a fault)
        known = cells.read_yes_no(cell)
        return Fault("answers.not_yes_no", {"value": text_of(cell)}) if known is None else known

    return read


def _registry_number(cell: Cell) -> Any:  # noqa: ANN401 (a number or a fault)
    return parse_number(text_of(cell)) or Fault("registry.registry_number_refused")


def settle_birth(read: Read, told_on: dt.date) -> BirthFacts | None:
    """Make one birth of what the columns say; a contradiction becomes a problem of the line.

    The date is believed first, then the two limits, the year, the age.
    """
    values = read.values
    known_by = values.get("birth_known_by", DECLARED)
    birth: BirthFacts | None = values.get("birth_date") or _between(values, known_by)
    if birth is not None and birth.known_by != known_by and known_by in KNOWN_BY:
        birth = BirthFacts(birth.first, birth.last, birth.precision, known_by)
    for other in _by_year_and_age(values, known_by, told_on):
        if birth is None:
            birth = other
        elif not may_be_same(birth, _loosely(other)):
            read.problems.append(Problem("collection.birth_contradicts", "birth_date"))
            break
    return birth


def _by_year_and_age(
    values: Mapping[str, Any], known_by: str, told_on: dt.date
) -> list[BirthFacts]:
    told = []
    if (year := values.get("birth_year")) is not None:
        told.append(born_in_year(year, known_by=known_by))
    if (age := values.get("age")) is not None:
        told.append(born_at_age(age, values.get("age_on") or told_on, known_by=known_by))
    return told


def _between(values: Mapping[str, Any], known_by: str) -> BirthFacts | None:
    first, last = values.get("birth_from"), values.get("birth_to")
    if first is None or last is None:
        return None
    precision = values.get("birth_precision") or ("day" if first == last else "range")
    return BirthFacts(first, last, precision if precision in PRECISIONS else "range", known_by)


def _loosely(birth: BirthFacts) -> BirthFacts:
    """A year more on both sides: ages are rounded, and counted on another day than they say."""
    year = dt.timedelta(days=366)
    return BirthFacts(birth.first - year, birth.last + year, birth.precision, birth.known_by)


def identifiers_of(read: Read, names: Iterable[str]) -> tuple[IdentifierFacts, ...]:
    """Return the numbers of a line. `names`: those of the reader's columns that hold numbers."""
    values = read.values
    return tuple(
        [
            IdentifierFacts(name.removeprefix(IDENTIFIER), values[name])
            for name in names
            if name in values
        ]
    )


def names_of(read: Read) -> tuple[str, str]:
    """Return given name and family name; a full name gives its last word to the family."""
    given, family = read.values.get("given_name", ""), read.values.get("family_name", "")
    full = read.values.get("full_name", "")
    if full and not (given and family):
        first, _, last = " ".join(full.split()).rpartition(" ")
        given, family = given or first, family or last
    return given, family
