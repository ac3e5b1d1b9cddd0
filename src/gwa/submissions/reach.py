"""What of an account's zones its telephones may hold.

All of it, unless a module above says that a zone is not safe: see `also_narrow`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Q, QuerySet

from gwa.accounts.models import User
from gwa.zones.models import end_of_subtree

if TYPE_CHECKING:
    pass

Rows = TypeVar("Rows", bound="QuerySet[Any]")


@dataclass(frozen=True, slots=True)
class Reach:
    """The zones of an account, without the barred ones, but the granted villages in them."""

    paths: tuple[str, ...]
    barred: tuple[str, ...] = ()
    granted: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """What tells this reach from another: two telephones of the same one get the same list."""
        if not self.barred:
            return self.paths
        return (*self.paths, "barred", *self.barred, "granted", *self.granted)

    def narrow(self, rows: Rows, column: str = "zone_path") -> Rows:
        """Leave out what telephones may not hold."""
        if not self.barred:
            return rows
        return rows.filter(~_in_subtrees(self.barred, column) | _in_subtrees(self.granted, column))


def _in_subtrees(paths: tuple[str, ...], column: str) -> Q:
    condition = Q(pk__in=[])
    for path in paths:
        within = {f"{column}__gte": path, f"{column}__lt": end_of_subtree(path)}
        condition |= Q(**within)
    return condition


Narrow = Callable[[User, list[str]], tuple[tuple[str, ...], tuple[str, ...]]]
_narrowings: list[Narrow] = []


def also_narrow(narrow: Narrow) -> None:
    """Let a module above say which zones are barred to a person's telephones, and what is not."""
    _narrowings.append(narrow)


def reach_of(user: User) -> Reach:
    """Return what the telephones of an account may hold."""
    paths = sorted(user.scope_paths())
    said = [narrow(user, paths) for narrow in _narrowings]
    return Reach(
        paths=tuple(paths),
        barred=tuple(path for barred, _granted in said for path in barred),
        granted=tuple(path for _barred, granted in said for path in granted),
    )
