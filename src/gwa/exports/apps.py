from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from gwa.common.navigation import Item, register


class ExportsConfig(AppConfig):
    name = "gwa.exports"
    verbose_name = _("Exports")

    def ready(self) -> None:
        """Put the exports into the menu, and let an erasure reach their files."""
        from gwa.exports.erasure import forget_files  # models are ready only now
        from gwa.registry.erasure import also_erase

        also_erase(forget_files)
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
