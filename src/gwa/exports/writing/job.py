"""Make the file of an export: read under the zones of who asked, write sealed."""

import datetime as dt
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from django.conf import settings
from django.utils import translation

from gwa.common.scope import NOWHERE
from gwa.exports import errors
from gwa.exports.columns import choose
from gwa.exports.models import Export
from gwa.exports.writing.describing import describe
from gwa.exports.writing.formats import MOST_ROWS, WRITERS, Writer
from gwa.exports.writing.pieces import Filters, list_pieces, range_of, within
from gwa.exports.writing.reading import Read, open_reading
from gwa.exports.writing.rows import Table, read_households, read_persons, table_of
from gwa.exports.writing.sealing import SealedWriter
from gwa.exports.writing.zones import read_zones
from gwa.snapshots.reading.sessions import Session
from gwa.variables.queries import current_version, read_dictionary
from gwa.variables.rules.definitions import Level

# All members of the zones: more than will be written where filters leave households out.
_MEMBERS = """
    SELECT count(*) FROM registry_membership m
    WHERE m.zone_path >= %s AND m.zone_path < %s AND m.ended_on IS NULL
"""

Say = Callable[[int, int], None]
"""Told how many rows are done, of how many; raises to stop."""


@dataclass(frozen=True, slots=True)
class Made:
    """What an export holds."""

    households: int
    persons: int
    size: int
    paths: list[str]


def folder() -> Path:
    """The folder of sealed files, and of the drafts of those being made."""
    found = Path(settings.MEDIA_ROOT) / "exports"
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    found.chmod(0o700)
    return found


def path_of(export: Export) -> Path:
    """Where the sealed file of an export lies."""
    return folder() / f"{export.pk.hex}.sealed"


def make_file(export: Export, *, day: dt.date, say: Say) -> Made:
    """Write the file whole, or nothing."""
    draft = folder() / f".draft-{export.pk.hex}"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    try:
        with translation.override(export.language):
            made = _write(export, draft, day, say)
        (draft / "sealed").rename(path_of(export))
        return made
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write(export: Export, draft: Path, day: dt.date, say: Say) -> Made:
    """Read all tables as of one moment, under the zones that the person has today."""
    version = current_version()
    dictionary = read_dictionary(version)
    person = export.asked_by
    chosen = {
        level: choose(dictionary, level, export.language, names, person)
        for level, names in _levels(export).items()
    }
    scope = person.scope_paths()
    paths = within(scope, export.zone.path if export.zone else None)
    if not paths:
        raise errors.ZoneRefused
    filters = filters_of(export)
    sealed = SealedWriter(draft / "sealed", export.pk)
    try:
        with open_reading(",".join(scope) or NOWHERE) as reading:
            pieces = list(list_pieces(reading.leader, paths, filters))
            counts = {
                Level.HOUSEHOLD: sum(piece.households for piece in pieces),
                Level.PERSON: _count_members(reading.leader, paths)
                if Level.PERSON in chosen
                else 0,
            }
            _refuse_impossible(export, counts)
            zones = read_zones(reading.leader)
            in_words = export.wording == Export.Wording.WORDS
            writer = WRITERS[export.form](sealed, draft, in_words=in_words)
            steps = Steps(total=sum(counts.values()), say=say)
            for level, columns in chosen.items():
                table = table_of(columns, version, zones=zones, filters=filters, day=day)
                frames = reading.in_order(pieces, _reader_of(level, table))
                counts[level] = _write_table(writer, level, table, frames, steps)
            writer.close(describe(dictionary, chosen))
        sealed.close()
    except BaseException:
        sealed.give_up()
        raise
    size = (draft / "sealed").stat().st_size
    return Made(counts[Level.HOUSEHOLD], counts[Level.PERSON], size, paths)


def _levels(export: Export) -> dict[Level, list[str]]:
    levels = {Level.HOUSEHOLD: export.household_columns}
    if export.person_columns:
        levels[Level.PERSON] = export.person_columns
    return levels


def filters_of(export: Export) -> Filters:
    """Return the condition that the filters of an export put on households."""
    conditions, values = ["true"], {}
    if export.status:
        conditions.append("h.status = %(status)s")
        values["status"] = export.status
    if export.section:
        # Days are written as ISO says, so text compares as days do; what was never asked is out.
        for bound, sign, on in (
            ("asked_from", ">=", export.asked_from),
            ("asked_to", "<=", export.asked_to),
        ):
            if on is not None:
                conditions.append(f"h.freshness->>%(section)s::text {sign} %({bound})s")
                values |= {bound: on.isoformat(), "section": export.section}
    return Filters(" AND ".join(conditions), values)


def _count_members(leader: Session, paths: Iterable[str]) -> int:
    rows = [leader.execute(_MEMBERS, range_of(path)).fetchone() for path in paths]
    return sum(row[0] for row in rows if row)


def _refuse_impossible(export: Export, counts: dict[Level, int]) -> None:
    if not counts[Level.HOUSEHOLD]:
        raise errors.NobodyToExport
    rows = counts[Level.HOUSEHOLD]
    if export.form == Export.Form.XLSX and rows > MOST_ROWS:
        raise errors.TooManyRows(rows=rows, most=MOST_ROWS)


@dataclass(slots=True)
class Steps:
    """How far the export is."""

    total: int
    say: Say
    done: int = 0

    def advance(self, rows: int) -> None:
        """Tell that so many more rows are done."""
        self.done += rows
        self.say(self.done, self.total)


def _reader_of(level: Level, table: Table) -> Read:
    read = read_households if level == Level.HOUSEHOLD else read_persons
    return lambda one, piece: read(one, table, piece)


def _write_table(
    writer: Writer, level: Level, table: Table, frames: Iterable[pl.DataFrame], steps: Steps
) -> int:
    """Write one table piece by piece and return its number of rows."""
    rows = 0
    writer.begin(level, table.columns)
    for frame in frames:
        writer.add(frame)
        rows += frame.height
        steps.advance(frame.height)
    writer.end()
    return rows
