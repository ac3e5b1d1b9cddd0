from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from gwa.common.navigation import Item, register


class SnapshotsConfig(AppConfig):
    name = "gwa.snapshots"
    verbose_name = _("Instantanés")

    def ready(self) -> None:
        """Put the snapshots into the menu, and let an erasure reach them."""
        from gwa.registry.erasure import also_erase  # models are ready only now
        from gwa.snapshots.erasure import ask_to_forget

        also_erase(ask_to_forget)
        register(
            Item(
                _("Instantanés"),
                "snapshots:list",
                "snapshots.read_snapshots",
                icon="clock",
                section="administration",
                order=60,
            )
        )
