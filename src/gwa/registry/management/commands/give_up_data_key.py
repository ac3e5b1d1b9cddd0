"""Work on without a data key that is lost for good. Runs as the owner."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from gwa.common.models import DataKey
from gwa.common.scope import everywhere
from gwa.journal.actions import record
from gwa.journal.models import Actor


class Command(BaseCommand):
    """`django-admin give_up_data_key 1 --reason …`, with `GWA_DB_ROLE=owner`."""

    requires_system_checks = ()
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what the command must be told."""
        parser.add_argument("number", type=int, help="numéro de la clé perdue · the lost key")
        parser.add_argument("--reason", required=True, help="pourquoi · why")

    def handle(self, *, number: int, reason: str, **options: object) -> None:
        """Forget the key, so that the server starts again: what it sealed stays closed."""
        with transaction.atomic(), everywhere():
            key = DataKey.objects.filter(number=number).first()
            if key is None:
                raise CommandError(f"Cette base ne connaît pas de clé n° {number}.")
            key.delete()
            actor = Actor(label="ligne de commande")
            data = {"key": number}
            record("registry.data_key_given_up", actor=actor, reason=reason, data=data)
        self.stdout.write(f"Clé n° {number} abandonnée : ce qu’elle a scellé ne s’ouvrira plus.")
