"""The module's actions in words, for the journal of a demonstration."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "testing.country_loaded": _("Pays synthétique chargé"),
}
