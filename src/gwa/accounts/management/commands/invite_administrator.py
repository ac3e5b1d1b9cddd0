"""The first administrator of an installation, or another when no other can come in any more."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import transaction

from gwa.accounts.actions.accounts import invite_account, invite_again
from gwa.accounts.invitations import invitation_path
from gwa.accounts.models import Profile, User
from gwa.common.errors import DomainError
from gwa.common.scope import everywhere
from gwa.journal.models import SYSTEM


class Command(BaseCommand):
    """`./gwa manage invite_administrator NAME ADDRESS 'FULL NAME'`; again, and the link is new."""

    requires_system_checks = ()
    help = "Invite un administrateur et montre son lien · invite an administrator, show the link"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="identifiant · user name")
        parser.add_argument("email", help="adresse de courrier · e-mail address")
        parser.add_argument("full_name", help="nom complet · full name")

    def handle(self, *, username: str, email: str, full_name: str, **options: object) -> None:
        """Open the account where it does not exist, and say by which link it is joined."""
        try:
            with transaction.atomic(), everywhere():
                known = User.objects.filter(username=username, profile__code="administrator")
                if user := known.first():
                    user = invite_again(user=user, actor=SYSTEM)
                else:
                    user = invite_account(
                        username=username,
                        email=email,
                        full_name=full_name,
                        profile=Profile.objects.get(code="administrator"),
                        actor=SYSTEM,
                    )
        except DomainError as error:
            raise CommandError(error.sentence) from error
        scheme = "https" if settings.IS_PRODUCTION else "http"
        self.stdout.write(f"{scheme}://{settings.ALLOWED_HOSTS[0]}{invitation_path(user)}")
        self.stdout.write(
            f"Valable {settings.INVITATION_DAYS} jours, une seule fois : remettez ce lien en main "
            "propre. · Valid once: hand it over in person."
        )
