"""The verbs that change zones."""

from gwa.zones.actions.crosswalks import set_crosswalk
from gwa.zones.actions.imports import import_zones
from gwa.zones.actions.zones import close_zone, create_zone, rename_zone

__all__ = ["close_zone", "create_zone", "import_zones", "rename_zone", "set_crosswalk"]
