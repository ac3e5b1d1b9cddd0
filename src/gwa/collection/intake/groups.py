"""The lines of one household together, as they stand in the file and as they were understood."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import NoneType
from typing import Any, TypeAlias
from uuid import UUID

from gwa.collection.rules.cells import Cell
from gwa.collection.rules.mappings import Mapping as ColumnMapping
from gwa.collection.rules.places import Gazetteer
from gwa.collection.rules.readers import Read
from gwa.registry.actions.bulk import PreparedHousehold, Terms
from gwa.registry.rules.facts import HouseholdEntry, MemberEntry
from gwa.registry.rules.identifiers import NinaLayout
from gwa.registry.rules.problems import Problem

Row = tuple[int, tuple[Cell, ...]]
"""A line's number and its cells."""

# What only a household that the registry does not know must have.
NEEDED_BY_NEW = frozenset({
    "collection.no_members", "collection.zone_missing", "collection.household_not_known",
    "registry.head_not_one",
})  # fmt: skip
NEEDED_BY_NEWCOMER = frozenset({
    "registry.name_missing", "registry.sex_missing", "registry.relationship_missing",
})  # fmt: skip


@dataclass(slots=True)
class Group:
    """The lines that bear one key."""

    key: str
    households: list[Row] = field(default_factory=list)
    persons: list[Row] = field(default_factory=list)
    # Lines without a key that stood below: whose they are, nobody can tell.
    keyless: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for all lines of an import; crosses to the processes that understand them."""

    import_id: UUID
    data_source_id: int
    zone_path: str
    mapping: ColumnMapping
    titles: Mapping[str, Sequence[str]]
    gazetteer: Gazetteer
    terms: Terms
    nina_layout: NinaLayout | None
    expects_known: bool = False
    # Fingerprints of what the source said last of households that nobody has changed since.
    said: frozenset[bytes] = frozenset()


@dataclass(slots=True)
class ReadMember:
    """One person of a group: the line, the facts as of somebody new, a fingerprint of who."""

    read: Read
    entry: MemberEntry
    fingerprint: str


@dataclass(slots=True)
class Detail:
    """Everything of a group that only known and refused households need."""

    group: Group
    household: Read
    members: list[ReadMember]
    entry: HouseholdEntry
    problems: list[Problem]


@dataclass(slots=True)
class RefusedRow:
    """A line that stays outside, sealed already."""

    id: UUID
    sheet: str
    line: int
    codes: list[str]
    sealed: bytes


@dataclass(slots=True)
class Understood:
    """A group as the entering process gets it.

    Either `prepared` may enter as new, or `refused` says why not. `place` is the group's among
    those of its chunk: the few whose lines are needed again are read again. `detail` is pickled,
    so that nobody pays for it who does not need it, and is there where many groups are expected
    to be known.
    """

    place: int
    key_index: bytes
    line: int
    lines: int
    registry_number: str | None
    household_id: UUID | None
    identifiers: tuple[tuple[str, bytes], ...]
    members: dict[str, str]
    warnings: int
    prepared: PreparedHousehold | None
    refused: list[RefusedRow]
    detail: bytes | None
    # The fingerprint of its lines.
    said: bytes
    # Nothing could be made of it whatever the registry knows: no key, no household line.
    is_loose: bool = False


@dataclass(frozen=True, slots=True)
class Repeated:
    """A group of which the source said the same before: not read, unless something changed."""

    place: int
    key_index: bytes
    line: int
    lines: int
    registry_number: str | None
    said: bytes


Told: TypeAlias = Understood | Repeated
"""A group as the entering process gets it: understood, or the same as before."""


_PATTERNS = {"dmy": "%d/%m/%Y", "mdy": "%m/%d/%Y", "ymd": "%Y-%m-%d"}
_IN_JSON = (str, NoneType, int, float)


def plain_cells(row: Sequence[Cell], order: str) -> list[Any]:
    """Cells as JSON keeps them; days in the order in which the file will be read again."""
    return [cell if isinstance(cell, _IN_JSON) else _plain(cell, order) for cell in row]


def _plain(cell: Cell, order: str) -> str:
    return cell.strftime(_PATTERNS[order]) if isinstance(cell, dt.date) else str(cell)
