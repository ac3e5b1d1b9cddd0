"""What the actions on zones are called in words."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "zones.zone_created": _("Zone créée"),
    "zones.zone_renamed": _("Zone renommée"),
    "zones.zone_closed": _("Zone fermée"),
    "zones.zones_imported": _("Zones importées"),
    "zones.crosswalk_set": _("Table de passage importée"),
    "zones.listed": _("Zones lues par une machine"),
    "zones.read": _("Zone lue par une machine"),
}
