"""Lists by key: a cursor says after which row the next page starts, and for which list."""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from ninja import Query
from pydantic import Field

from gwa.common.api.errors import CursorUnknown

Row = TypeVar("Row", bound=Model)

SIZE, MOST = 50, 200
Limit = Annotated[int, Query(ge=1, le=MOST, description="Rows in a page.")]
Cursor = Annotated[
    str,
    Query(
        max_length=200,
        pattern=r"^[A-Za-z0-9_\-]*$",
        description="`next_cursor` of the page before; empty for the first page.",
    ),
]
NextCursor = Annotated[
    str | None, Field(description="Where the next page starts; null on the last page.")
]


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list, and where the next ones start."""

    rows: list[Row]
    next_cursor: str | None

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def read_page(rows: QuerySet[Row, Any], *, of: str, cursor: str, limit: int) -> Page[Row]:
    """Read the rows after a cursor, in the order of their keys: none skipped, none twice."""
    if cursor:
        rows = rows.filter(pk__gt=_open(cursor, of, rows.model))
    found = list(rows.order_by("pk")[: limit + 1])
    kept = found[:limit]
    return Page(kept, _make(of, kept[-1].pk) if len(found) > limit else None)


def _make(of: str, key: object) -> str:
    return base64.urlsafe_b64encode(f"{of}:{key}".encode()).decode().rstrip("=")


def _open(cursor: str, of: str, model: type[Model]) -> UUID | int:
    """Return the key inside a cursor; refuse one that was not made for this list."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        name, _, key = text.partition(":")
        if name != of:
            raise CursorUnknown
        return int(key) if model._meta.pk.get_internal_type() != "UUIDField" else UUID(key)
    except (ValueError, binascii.Error, UnicodeDecodeError) as error:
        raise CursorUnknown from error
