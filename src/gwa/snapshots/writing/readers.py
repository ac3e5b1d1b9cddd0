"""Several sessions that read pieces side by side, all of the same moment."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from queue import SimpleQueue

import polars as pl

from gwa.common.scope import EVERYWHERE
from gwa.snapshots.reading.answers import AnswerReader, reader_of
from gwa.snapshots.reading.rows import Rows
from gwa.snapshots.reading.sessions import Session, export_moment, session
from gwa.snapshots.reading.shapes import (
    MEMBERSHIP_FIELDS,
    NAME_FIELDS,
    PERSON_FIELDS,
    Field,
    answer_variables,
    household_fields,
)
from gwa.snapshots.reading.zones import read_households, read_memberships, read_persons
from gwa.snapshots.rules.pieces import Piece
from gwa.snapshots.writing.facts import (
    FACTS,
    HOUSEHOLDS,
    MEMBERSHIPS,
    NAMES,
    ORDER,
    PERSONS,
    Tables,
    ZoneCodes,
    finish_households,
    split_names,
)
from gwa.snapshots.writing.manifest import schema_of
from gwa.variables.models import DictionaryVersion
from gwa.variables.queries import read_dictionary
from gwa.variables.rules.definitions import Level

# One more than the cores of a small machine: while one waits for PostgreSQL, others parse.
_SESSIONS = 3


@dataclass(frozen=True, slots=True)
class Shape:
    """Which columns a dictionary asks for."""

    version: DictionaryVersion
    household_fields: tuple[Field, ...]
    household_answers: AnswerReader
    person_answers: AnswerReader

    def schema(self) -> dict[str, list[dict[str, str]]]:
        """Describe each table of facts, without reading a row."""
        typed = {
            HOUSEHOLDS: (self.household_fields, self.household_answers.schema),
            PERSONS: ((*PERSON_FIELDS, *NAME_FIELDS), self.person_answers.schema),
            MEMBERSHIPS: (MEMBERSHIP_FIELDS, {}),
        }
        empty = {
            name: pl.DataFrame(schema={**{one.name: one.type for one in fields}, **answers})
            for name, (fields, answers) in typed.items()
        }
        finished = finish(empty, ZoneCodes.none())
        return {name: schema_of(finished[name]) for name in FACTS}


@dataclass(frozen=True, slots=True)
class PieceRows:
    """The rows of one piece as files will hold them, and how many answers could not be read.

    Those are counted by zone and variable, for the next snapshot may keep one zone of the piece.
    """

    tables: Tables
    unreadable: Mapping[str, Counter[str]]


@dataclass(frozen=True, slots=True)
class Readers:
    """Reads pieces in threads; the results are awaited in the order they are wanted."""

    pool: ThreadPoolExecutor
    sessions: SimpleQueue[Session]
    shape: Shape
    zones: ZoneCodes

    def submit(self, piece: Piece) -> Future[PieceRows]:
        """Begin to read a piece."""
        return self.pool.submit(self._read, piece)

    def _read(self, piece: Piece) -> PieceRows:
        shape, one = self.shape, self.sessions.get()
        try:
            households = read_households(
                one, piece, fields=shape.household_fields, answers=shape.household_answers
            )
            persons = read_persons(one, piece, answers=shape.person_answers)
            memberships = read_memberships(one, piece)
        finally:
            self.sessions.put(one)
        tables = {
            HOUSEHOLDS: households.frame,
            PERSONS: persons.frame,
            MEMBERSHIPS: memberships.frame,
        }
        return PieceRows(
            tables=finish(tables, self.zones), unreadable=_count_unreadable(households, persons)
        )


def _count_unreadable(*tables: Rows) -> dict[str, Counter[str]]:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for table in tables:
        for row, variable in table.unreadable:
            counts[table.frame["zone_path"][row]][variable] += 1
    return counts


def shape_of(version: DictionaryVersion) -> Shape:
    """Return the columns that a dictionary asks for."""
    dictionary = read_dictionary(version)
    return Shape(
        version=version,
        household_fields=household_fields([section.name for section in dictionary.sections]),
        household_answers=reader_of(answer_variables(dictionary, Level.HOUSEHOLD), version),
        person_answers=reader_of(answer_variables(dictionary, Level.PERSON), version),
    )


def finish(tables: Tables, zones: ZoneCodes) -> Tables:
    """Make the tables of facts from the rows as they were read, in one order for the same rows."""
    # Put in order here, where only columns move, not in PostgreSQL, where long rows do.
    tables = {name: table.sort(ORDER[name]) for name, table in tables.items()}
    persons, names = split_names(tables[PERSONS])
    return {
        HOUSEHOLDS: finish_households(tables[HOUSEHOLDS], zones),
        PERSONS: persons,
        MEMBERSHIPS: tables[MEMBERSHIPS],
        NAMES: names,
    }


@contextmanager
def open_readers(leader: Session, shape: Shape, zones: ZoneCodes) -> Iterator[Readers]:
    """Open sessions that see what the leader sees, for as long as the block lasts."""
    moment = export_moment(leader)
    with ExitStack() as stack:
        sessions: SimpleQueue[Session] = SimpleQueue()
        for _ in range(_SESSIONS):
            sessions.put(stack.enter_context(session(scope=EVERYWHERE, moment=moment)))
        pool = stack.enter_context(ThreadPoolExecutor(_SESSIONS))
        yield Readers(pool, sessions, shape, zones)
