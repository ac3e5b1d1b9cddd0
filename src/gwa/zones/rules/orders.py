"""What an import is asked to do."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Country:
    """The root of the tree, where no file names it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """Into which geography, valid when, and what to do with zones that are no longer named.

    `on` is the day zones of a later version of the files appear and disappear.
    """

    geography: str
    on: dt.date
    name: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    ends_previous: bool = False
    accepts_gone: bool = False
    country: Country | None = None
    depths: tuple[int, ...] | None = None
    source: str = ""
