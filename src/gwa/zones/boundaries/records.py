"""What any of the files comes down to: numbered records, then statements about zones."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import shapely
from django.utils.translation import gettext as _

from gwa.common.errors import DomainError


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which file something is said, for whoever has to mend it."""

    file: str
    number: int
    is_line: bool

    def __str__(self) -> str:
        if self.is_line:
            return _("%(file)s, ligne %(number)s") % {"file": self.file, "number": self.number}
        return _("%(file)s, objet n° %(number)s") % {"file": self.file, "number": self.number}


@dataclass(frozen=True, slots=True)
class Record:
    """One feature or one line. Column names are in small letters, values without spaces around."""

    place: Place
    values: Mapping[str, str]
    geometry: Mapping[str, Any] | None

    def get(self, column: str | None) -> str:
        """The value of a column, empty where there is none."""
        return self.values.get(column, "") if column else ""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a file says of one zone.

    `depth` counts administrative levels from the country down; settlements have a `level` instead.
    An `implied` zone is only named as the parent of others.
    """

    place: Place
    code: str
    name: str
    depth: int | None = None
    level: int | None = None
    parent_code: str | None = None
    shape: shapely.Geometry | None = None
    lon: float | None = None
    lat: float | None = None
    population: int | None = None
    is_implied: bool = False


@dataclass(slots=True)
class Reading:
    """Everything a file says, the faults found on the way, the shapes that had to be mended."""

    file: str
    zones: list[Stated] = field(default_factory=list)
    faults: list[DomainError] = field(default_factory=list)
    repaired: list[str] = field(default_factory=list)
    valid_on: dt.date | None = None

    @property
    def deepest(self) -> int:
        """The deepest administrative level the file states."""
        return max((zone.depth for zone in self.zones if zone.depth is not None), default=0)
