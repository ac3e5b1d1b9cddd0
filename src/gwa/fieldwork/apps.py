from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FieldworkConfig(AppConfig):
    name = "gwa.fieldwork"
    verbose_name = _("Travail de terrain")
