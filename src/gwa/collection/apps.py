from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CollectionConfig(AppConfig):
    name = "gwa.collection"
    verbose_name = _("Collecte")

    def ready(self) -> None:
        """Let the lines that stayed outside be sealed again when keys rotate."""
        from gwa.registry.rotation import SEALED_COLUMNS, bytes_in

        SEALED_COLUMNS.append(
            bytes_in("collection_refusedline", "sealed", "sealed", has_history=False)
        )
