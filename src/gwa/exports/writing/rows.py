"""Rows of an export as typed columns: what the page of a household would show, piece by piece."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import polars as pl

from gwa.common.crypto import unseal
from gwa.exports.columns import Offered
from gwa.exports.writing.fields import (
    HOUSEHOLD_SOURCE,
    PERSON_SOURCE,
    household_fields,
    person_fields,
)
from gwa.exports.writing.pieces import Filters, Piece
from gwa.registry.columns import IDENTIFIER_PREFIX
from gwa.registry.rules.identifiers import NINA
from gwa.snapshots.reading.answers import AnswerReader, reader_of
from gwa.snapshots.reading.rows import read_rows
from gwa.snapshots.reading.sessions import Session
from gwa.snapshots.reading.shapes import Field
from gwa.snapshots.writing.derived import ages
from gwa.snapshots.writing.facts import show_positions
from gwa.variables.models import DictionaryVersion

_IDENTIFIERS = """
    SELECT i.person_id, i.kind, i.id, i.value_sealed FROM registry_identifier i
    WHERE i.person_id = ANY(%s::uuid[]) AND i.kind = ANY(%s)
      AND i.ended_on IS NULL AND NOT i.is_claim
    ORDER BY i.person_id, i.kind, i.id
"""
_ZONE_NUMBERS = {"zone_id": "zone", "place_now_id": "place_now", "origin_id": "origin"}


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the export, ready to be read piece by piece."""

    columns: Sequence[Offered]
    answers: AnswerReader
    zones: pl.DataFrame
    filters: Filters
    day: dt.date

    @property
    def wanted(self) -> list[str]:
        """The names of its columns, in order."""
        return [one.name for one in self.columns]


def table_of(
    columns: Sequence[Offered],
    version: DictionaryVersion,
    *,
    zones: pl.DataFrame,
    filters: Filters,
    day: dt.date,
) -> Table:
    """Prepare a table: only the answers wanted are parsed."""
    asked = [one.variable for one in columns if one.is_answer and one.variable is not None]
    return Table(columns, reader_of(asked, version), zones, filters, day)


def read_households(session: Session, table: Table, piece: Piece) -> pl.DataFrame:
    """Read the households of a piece."""
    frame = _read(session, table, piece, household_fields(table.wanted), HOUSEHOLD_SOURCE, "h")
    return _name_zones(show_positions(frame), table.zones).select(table.wanted)


def read_persons(session: Session, table: Table, piece: Piece) -> pl.DataFrame:
    """Read the present members of the households of a piece, numbers in clear where wanted."""
    frame = _read(session, table, piece, person_fields(table.wanted), PERSON_SOURCE, "p")
    frame = frame.with_columns(*ages(table.day))
    if "phone" in table.wanted:
        frame = frame.with_columns(phone=_open_phones(frame))
    frame = _with_identifiers(session, frame, table.wanted)
    return frame.select(table.wanted)


def _read(
    session: Session,
    table: Table,
    piece: Piece,
    fields: Sequence[Field],
    source: str,
    alias: str,
) -> pl.DataFrame:
    """Read the fields, and of the answers those that are wanted."""
    rows = read_rows(
        session,
        fields=fields,
        source=source.format(where=table.filters.where),
        values={"from": piece.start, "to": piece.end, **table.filters.values},
        alias=alias,
        answers=table.answers if table.answers.variables else None,
    )
    return rows.frame


def _name_zones(frame: pl.DataFrame, zones: pl.DataFrame) -> pl.DataFrame:
    """Put codes in the place of the numbers of zones, and the names of those above the first."""
    for number, name in _ZONE_NUMBERS.items():
        if number in frame.columns:
            known = zones if name == "zone" else zones.select("zone_id", "zone_code")
            renamed = known.rename({"zone_id": number})
            if name != "zone":
                renamed = renamed.rename({"zone_code": name})
            frame = frame.join(renamed, on=number, how="left", maintain_order="left")
    return frame


def _open_phones(frame: pl.DataFrame) -> pl.Series:
    return pl.Series(
        [
            unseal(bytes.fromhex(sealed), table="registry_person", column="phone", row=UUID(one))
            if sealed
            else None
            for one, sealed in zip(frame["person_id"], frame["phone"], strict=True)
        ],
        dtype=pl.String,
    )


def _with_identifiers(session: Session, frame: pl.DataFrame, wanted: Sequence[str]) -> pl.DataFrame:
    """Add a column for each kind of number wanted; several of one kind are parted by a bar."""
    columns = {NINA: NINA} if NINA in wanted else {}
    columns |= {
        name.removeprefix(IDENTIFIER_PREFIX): name
        for name in wanted
        if name.startswith(IDENTIFIER_PREFIX)
    }
    if not columns:
        return frame
    people = frame["person_id"].to_list()
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for person, kind, number, sealed in session.execute(_IDENTIFIERS, [people, list(columns)]):
        value = unseal(sealed, table="registry_identifier", column="value", row=number)
        found[kind, str(person)].append(value)
    return frame.with_columns(
        pl.Series(
            name,
            [
                " | ".join(found[kind, one]) or None if (kind, one) in found else None
                for one in people
            ],
            dtype=pl.String,
        )
        for kind, name in columns.items()
    )
