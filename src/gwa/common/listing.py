"""Lists paginated by key: page 1,000 costs what page 1 costs, and no page skips a row.

The key in the address is the primary key of a row, never a name or any value of the row,
so that addresses and logs hold nothing about a person.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import OrderBy

Row = TypeVar("Row", bound=Model)

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class KeyPage(Generic[Row]):
    """One page of a list, with the keys of its neighbours."""

    rows: list[Row]
    sort: str
    next_key: str | None
    previous_key: str | None
    total: int | None = None

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def read_page(
    queryset: QuerySet[Row],
    params: Mapping[str, Any],
    *,
    orders: Mapping[str, tuple[str, ...]],
    default: str,
    size: int = PAGE_SIZE,
    total: int | None = None,
) -> KeyPage[Row]:
    """Read the page asked for by `sort`, `after` and `before`.

    `orders` names what may be sorted and by which fields; anything else in the address
    falls back to `default`, which takes "-" in front for the descending order.
    """
    sort = str(params.get("sort") or default)
    if sort.removeprefix("-") not in orders:
        sort = default
    fields = (*orders[sort.removeprefix("-")], "pk")
    descending = sort.startswith("-")
    backwards = bool(params.get("before"))
    start = _find(queryset, fields, params.get("before") or params.get("after"))
    if start is None:
        backwards = False
    else:
        queryset = queryset.filter(_beyond(queryset, fields, start, descending, backwards))
    ordering = [_order(queryset, field, descending, backwards) for field in fields]
    found = list(queryset.order_by(*ordering)[: size + 1])
    rows = found[:size]
    has_more = len(found) > size
    if backwards:
        rows.reverse()
    has_next = bool(rows) and (has_more or backwards)
    has_previous = bool(rows) and start is not None and (has_more or not backwards)
    return KeyPage(
        rows=rows,
        sort=sort,
        next_key=str(rows[-1].pk) if has_next else None,
        previous_key=str(rows[0].pk) if has_previous else None,
        total=total,
    )


def _find(queryset: QuerySet[Row], fields: tuple[str, ...], key: object) -> list[Any] | None:
    """Read the sort values of the row whose key is in the address, if it can still be seen."""
    if not key:
        return None
    try:
        found = queryset.order_by().filter(pk=key).values_list(*fields).first()
    except (ValueError, ValidationError):
        return None
    return list(found) if found else None


def _beyond(
    queryset: QuerySet[Row],
    fields: tuple[str, ...],
    start: list[Any],
    descending: bool,
    backwards: bool,
) -> Q:
    """Select the rows that come after `start`, in the direction of travel."""
    side = "lt" if descending != backwards else "gt"
    beyond = Q()
    same = Q()
    for field, value in zip(fields, start, strict=True):
        beyond |= same & _step(queryset, field, value, side, backwards)
        same &= Q(**({f"{field}__isnull": True} if value is None else {field: value}))
    first, value = fields[0], start[0]
    if value is not None and not _may_be_empty(queryset, first):
        # Says the same again in a form from which the index can start.
        beyond &= Q(**{f"{first}__{side}e": value})
    return beyond


def _step(queryset: QuerySet[Row], field: str, value: object, side: str, backwards: bool) -> Q:
    """Select what lies beyond one value; empty values close the list in either order."""
    if value is None:
        return Q(**{f"{field}__isnull": False}) if backwards else Q(pk__in=[])
    step = Q(**{f"{field}__{side}": value})
    if _may_be_empty(queryset, field) and not backwards:
        step |= Q(**{f"{field}__isnull": True})
    return step


def _order(queryset: QuerySet[Row], field: str, descending: bool, backwards: bool) -> OrderBy:
    downwards = descending != backwards
    expression = F(field)
    if not _may_be_empty(queryset, field):
        return expression.desc() if downwards else expression.asc()
    empty = {"nulls_first": True} if backwards else {"nulls_last": True}
    return expression.desc(**empty) if downwards else expression.asc(**empty)


def _may_be_empty(queryset: QuerySet[Row], field: str) -> bool:
    if field == "pk":
        return False
    try:
        return bool(getattr(queryset.model._meta.get_field(field), "null", True))
    except FieldDoesNotExist:  # an annotation or a path through another table
        return True
