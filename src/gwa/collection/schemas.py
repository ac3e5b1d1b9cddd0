"""Imports as machines order and follow them."""

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from pydantic import BaseModel, Field

from gwa.collection.models import Import, RefusedLine
from gwa.collection.words import say_failure, say_reasons
from gwa.common.api.pages import NextCursor
from gwa.common.api.values import OptionalZoneCode, enum_of
from gwa.variables.rules.definitions import Dictionary

if TYPE_CHECKING:
    ImportStatus = Import.Status
else:
    ImportStatus = enum_of(Import.Status, "ImportStatus")


class KnownHouseholds(StrEnum):
    """What becomes of households that the registry knows."""

    UPDATE = "update"
    LEAVE = "leave"
    REFUSE = "refuse"


class ImportOrder(BaseModel):
    """The form that comes with the file."""

    data_source: str = Field(
        min_length=1,
        max_length=150,
        description="Name in the register of sources; a source of the machine's organisation.",
    )
    collected_on: dt.date
    saved_mapping: str = Field(
        min_length=1,
        max_length=120,
        description="Name of the mapping of columns that the technical unit kept for this file.",
    )
    zone_code: OptionalZoneCode = Field(
        default="",
        description="Where the import may write; needed where the machine has several zones.",
    )
    known: KnownHouseholds = KnownHouseholds.UPDATE


class ImportOut(BaseModel):
    """How far an import is, and what came of it."""

    import_id: UUID
    data_source: str
    status: ImportStatus
    percent: int
    collected_on: dt.date
    known: KnownHouseholds
    counts: dict[str, int] = Field(
        description="Lines, households and persons, by what they became."
    )
    reasons: dict[str, int] = Field(description="Refused lines by code.")
    failure: str = Field(description="Why the job broke; empty where it did not.")
    added_at: dt.datetime
    started_at: dt.datetime | None
    ended_at: dt.datetime | None

    @classmethod
    def of(cls, found: Import) -> "ImportOut":
        """Tell of an import; its source is already read."""
        return cls(
            import_id=found.pk,
            data_source=found.data_source.name,
            status=ImportStatus(found.status),
            percent=found.percent,
            collected_on=found.collected_on,
            known=KnownHouseholds(found.known),
            counts=found.counts,
            reasons=found.reasons,
            failure=say_failure(found),
            added_at=found.added_at,
            started_at=found.started_at,
            ended_at=found.ended_at,
        )


class ImportPage(BaseModel):
    """Some imports of the machine, in the order in which they were ordered."""

    items: list[ImportOut]
    next_cursor: NextCursor


class RefusedLineOut(BaseModel):
    """A line that stayed outside: its cells as they were read, and why."""

    sheet: str
    line: int = Field(description="As the spreadsheet counts, the titles being line 1.")
    codes: list[str]
    reasons: list[str] = Field(description="In the language of `Accept-Language`.")
    cells: list[Any]

    @classmethod
    def of(cls, refused: RefusedLine, dictionary: Dictionary) -> "RefusedLineOut":
        """Tell of a refused line."""
        return cls(
            sheet=refused.sheet,
            line=refused.line,
            codes=refused.codes,
            reasons=say_reasons(refused, dictionary),
            cells=refused.content["cells"],
        )


class RefusedLinePage(BaseModel):
    """Some refused lines of an import."""

    items: list[RefusedLineOut]
    next_cursor: NextCursor
