from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "gwa.accounts"
    verbose_name = _("Comptes")

    def ready(self) -> None:
        """Listen to allauth, and bring the shipped profiles up to date after each migration."""
        from gwa.accounts import checks, signals
        from gwa.accounts.actions.profiles import load_profiles_after_migration

        checks.connect()
        signals.connect()
        post_migrate.connect(load_profiles_after_migration, sender=self)
