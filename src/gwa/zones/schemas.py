"""Zones as machines read them."""

from enum import Enum

from pydantic import BaseModel, Field

from gwa.common.api.pages import NextCursor
from gwa.zones.models import Level, Zone

LEVELS = {level: level.name.lower() for level in Level}
ZoneLevel = Enum("ZoneLevel", {name: name for name in LEVELS.values()}, type=str)  # type: ignore[misc]


class ZoneOut(BaseModel):
    """A zone of one geography."""

    zone_code: str
    name: str
    level: ZoneLevel
    parent_code: str | None = Field(description="Null for the country.")
    geography: str
    valid_from: str
    valid_to: str | None = Field(description="Null while the zone exists.")
    lat: float | None
    lon: float | None

    @classmethod
    def of(cls, zone: Zone) -> "ZoneOut":
        """Tell of a zone; `parent` and `geography` are already read."""
        return cls(
            zone_code=zone.code,
            name=zone.name,
            level=LEVELS[Level(zone.level)],  # type: ignore[arg-type]
            parent_code=zone.parent.code if zone.parent else None,
            geography=zone.geography.code,
            valid_from=zone.valid_from.isoformat(),
            valid_to=zone.valid_to.isoformat() if zone.valid_to else None,
            lat=zone.lat,
            lon=zone.lon,
        )


class ZonePage(BaseModel):
    """Some zones, in the order in which they were made."""

    items: list[ZoneOut]
    next_cursor: NextCursor
