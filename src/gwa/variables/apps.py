"""Django's view of the module."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VariablesConfig(AppConfig):
    """The dictionary of variables."""

    name = "gwa.variables"
    label = "variables"
    verbose_name = _("Dictionnaire des variables")
    default_auto_field = "django.db.models.BigAutoField"
