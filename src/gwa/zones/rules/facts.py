"""What is stated about a zone, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

GeoJson: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ZoneFacts:
    """One zone as a file or the registry states it. None means: not said."""

    code: str
    name: str
    level: int
    parent_code: str | None
    lon: float | None = None
    lat: float | None = None
    population: int | None = None
    geometry: GeoJson | None = None
    is_open: bool = True
