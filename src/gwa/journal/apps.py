from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from gwa.common.navigation import Item, register


class JournalConfig(AppConfig):
    name = "gwa.journal"

    def ready(self) -> None:
        """Put the journal into the menu."""
        register(
            Item(
                label=_("Journal"),
                url_name="journal:list",
                right="journal.read_journal",
                icon="journal",
                section="administration",
                order=80,
            )
        )
