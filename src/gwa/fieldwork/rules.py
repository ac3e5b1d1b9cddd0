"""When an interview may go back, and what telephones may hold: decisions on plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Access(StrEnum):
    """How safe a zone is to work in, from the least to the most severe."""

    OPEN = "open"
    RESTRICTED = "restricted"
    CLOSED = "closed"


class Hindrance(StrEnum):
    """Why an interview may not be sent back."""

    STATUS = "status"
    CORRECTED = "corrected"
    NOBODY = "nobody"
    ALREADY = "already"


# What entered, what waits, and a visit that registered nobody: their author may mend them.
MENDABLE = frozenset({"accepted", "warned", "nobody", "waiting"})


def find_hindrance(
    *, status: str, is_last_revision: bool, has_author: bool, is_sent_back: bool
) -> Hindrance | None:
    """Return why a revision may not go back to its author, or None."""
    if not is_last_revision:
        return Hindrance.CORRECTED
    if status not in MENDABLE:
        return Hindrance.STATUS
    if is_sent_back:
        return Hindrance.ALREADY
    return None if has_author else Hindrance.NOBODY


def access_of(path: str, states: Iterable[tuple[str, str]]) -> Access:
    """Return the access of a zone: the most severe word said of it, or of a zone around it."""
    order = list(Access)
    said = [Access(state) for around, state in states if path.startswith(around)]
    return max(said, key=order.index, default=Access.OPEN)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a telephone does not hold of its zones, and what of that it holds all the same."""

    barred: tuple[str, ...] = ()
    granted: tuple[str, ...] = ()


def narrow(
    paths: Sequence[str], states: Iterable[tuple[str, str]], assigned: Iterable[str]
) -> Narrowing:
    """Keep what is not open off a telephone, but the assigned villages of restricted zones.

    `paths`: the zones of the account; `states`: what was said of zones, by path.
    """
    said = [(path, state) for path, state in states if state != Access.OPEN]
    barred = sorted({path for path, _state in said if _meets(path, paths)})
    granted = sorted(
        {
            path
            for path in assigned
            if access_of(path, said) == Access.RESTRICTED and _lies_in(path, paths)
        }
    )
    return Narrowing(tuple(barred), tuple(granted))


def _lies_in(path: str, paths: Sequence[str]) -> bool:
    return "*" in paths or any(path.startswith(one) for one in paths)


def _meets(path: str, paths: Sequence[str]) -> bool:
    """Tell whether a zone is within those of the account, or around one of them."""
    return _lies_in(path, paths) or any(one.startswith(path) for one in paths)
