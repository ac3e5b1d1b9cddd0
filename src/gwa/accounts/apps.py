from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from gwa.common.navigation import Item, register, register_account


class AccountsConfig(AppConfig):
    name = "gwa.accounts"
    verbose_name = _("Comptes")

    def ready(self) -> None:
        """Listen to allauth, and bring the shipped profiles up to date after each migration."""
        from gwa.accounts import checks, recovery_codes, signals
        from gwa.accounts.actions.profiles import load_profiles_after_migration

        register(
            Item(
                label=_("Comptes"),
                url_name="accounts:list",
                right="accounts.manage_accounts",
                icon="people",
                section="administration",
                order=10,
            ),
            Item(
                label=_("Profils"),
                url_name="accounts:profiles",
                right="accounts.manage_profiles",
                icon="key",
                section="administration",
                order=20,
            ),
        )
        register(
            Item(
                label=_("Machines"),
                url_name="accounts:machines",
                right="accounts.manage_machines",
                icon="device",
                section="administration",
                order=15,
            )
        )
        register_account(
            Item(_("Mon compte"), "account_home", icon="person", order=10),
            Item(_("Second facteur"), "mfa_index", icon="shield", order=20),
            Item(_("Sessions ouvertes"), "usersessions_list", icon="device", order=30),
            Item(_("Mot de passe"), "account_change_password", icon="lock", order=40),
        )
        checks.connect()
        recovery_codes.connect()
        signals.connect()
        post_migrate.connect(load_profiles_after_migration, sender=self)
