"""Which snapshots are kept: the last of each of the last days, weeks and months."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Retention:
    """How many days, weeks and months keep their last snapshot, from which day, and who said so."""

    valid_from: dt.date
    reference: str
    days: int
    weeks: int
    months: int


def kept(taken: Iterable[dt.datetime], rule: Retention) -> set[dt.datetime]:
    """Return those to keep among the instants, in local time, at which snapshots were taken."""
    newest_first = sorted(taken, reverse=True)
    return (
        _last_of_each(newest_first, lambda at: at.date(), rule.days)
        | _last_of_each(newest_first, lambda at: at.isocalendar()[:2], rule.weeks)
        | _last_of_each(newest_first, lambda at: (at.year, at.month), rule.months)
    )


def _last_of_each(
    newest_first: list[dt.datetime], period: Callable[[dt.datetime], object], count: int
) -> set[dt.datetime]:
    last: dict[object, dt.datetime] = {}
    for at in newest_first:
        last.setdefault(period(at), at)
    return set(list(last.values())[:count])
