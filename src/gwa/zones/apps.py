from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from gwa.common.navigation import Item, register


class ZonesConfig(AppConfig):
    name = "gwa.zones"
    verbose_name = _("Zones")

    def ready(self) -> None:
        """Put the zones into the menu."""
        register(
            Item(
                label=_("Zones"),
                url_name="zones:home",
                right="zones.read_zones",
                icon="map",
                section="registry",
                order=60,
            )
        )
