from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "gwa.registry"
    verbose_name = _("Registre")

    def ready(self) -> None:
        """Give zones the figures of the registry."""
        from gwa.registry.figures import MEASURES, read_figures  # models are ready only now
        from gwa.zones.figures import register_provider

        register_provider(MEASURES, read_figures)
