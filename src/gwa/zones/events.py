"""What the actions on zones are called in words."""

from django.utils.translation import gettext_lazy as _

from gwa.journal.events import Subject

EVENTS = {
    "zones.zone_created": _("Zone créée"),
    "zones.zone_renamed": _("Zone renommée"),
    "zones.zone_closed": _("Zone fermée"),
    "zones.zones_imported": _("Zones importées"),
    "zones.crosswalk_set": _("Table de passage importée"),
    "zones.listed": _("Zones lues par une machine"),
    "zones.read": _("Zone lue par une machine"),
}
SUBJECTS = {
    "zones.zone": Subject(_("Zone"), "name"),
    "zones.geography": Subject(_("Découpage"), "name"),
}
