"""Django's view of the module."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from gwa.common.navigation import Item, register


class VariablesConfig(AppConfig):
    """The dictionary of variables."""

    name = "gwa.variables"
    label = "variables"
    verbose_name = _("Dictionnaire des variables")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the dictionary into the menu."""
        register(
            Item(
                label=_("Dictionnaire"),
                url_name="variables:list",
                right="variables.read_dictionary",
                icon="dictionary",
                section="registry",
                order=80,
            )
        )
