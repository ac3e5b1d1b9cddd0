from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from gwa.common.navigation import Item, register


class ExportsConfig(AppConfig):
    name = "gwa.exports"
    verbose_name = _("Exports")

    def ready(self) -> None:
        """Put the exports into the menu."""
        register(
            Item(
                _("Exports"),
                "exports:list",
                "exports.export",
                icon="download",
                section="registry",
                order=70,
            )
        )
