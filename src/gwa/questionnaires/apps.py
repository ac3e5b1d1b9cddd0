from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from gwa.common.navigation import Item, register

READ = "questionnaires.read_forms"


class QuestionnairesConfig(AppConfig):
    name = "gwa.questionnaires"
    verbose_name = _("Questionnaires")

    def ready(self) -> None:
        """Put the questionnaires into the menu."""
        register(
            Item(
                _("Questionnaires"),
                "questionnaires:forms",
                READ,
                icon="file",
                section="field",
                order=10,
            )
        )
