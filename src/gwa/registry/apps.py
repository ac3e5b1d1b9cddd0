from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from gwa.common.navigation import Item, register, register_search


class RegistryConfig(AppConfig):
    name = "gwa.registry"
    verbose_name = _("Registre")

    def ready(self) -> None:
        """Put the registry into the menu, and its figures onto the pages of zones."""
        from gwa.registry.figures import MEASURES, read_figures  # models are ready only now
        from gwa.registry.queries.home import count_claims
        from gwa.zones.figures import register_provider

        register(
            Item(_("Accueil"), "registry:home", icon="home", section="work", order=1),
            Item(_("Ménages"), "registry:search", "registry.search", icon="household", order=10),
            Item(
                _("Numéros à arbitrer"),
                "registry:claims",
                "registry.set_identifier",
                icon="key",
                order=30,
                count_waiting=lambda user: count_claims(),
            ),
        )
        register_search("registry:search", right="registry.search")
        register_provider(MEASURES, read_figures)
