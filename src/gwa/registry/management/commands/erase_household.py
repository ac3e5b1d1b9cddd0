"""Forget a household and its persons for good: rows, history, files, lists. Runs as the owner."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from gwa.common.errors import DomainError
from gwa.journal.models import Actor
from gwa.registry.erasure import erase_household
from gwa.registry.rules.numbers import parse_number


class Command(BaseCommand):
    """`django-admin erase_household NUMERO --reason … --by …`, with `GWA_DB_ROLE=owner`."""

    requires_system_checks = ()
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", help="numéro RSU")
        parser.add_argument("--reason", required=True, help="décision ou demande qui l’ordonne")
        parser.add_argument("--by", required=True, help="qui l’exécute")

    def handle(self, *, number: str, reason: str, by: str, **options: object) -> None:
        """Erase, and say how many persons went."""
        try:
            erased = erase_household(
                registry_number=parse_number(number) or number,
                actor=Actor(label=by),
                reason=reason,
            )
        except DomainError as error:
            raise CommandError(error.sentence) from error
        self.stdout.write(f"Effacé : {len(erased.persons)} personnes.")
