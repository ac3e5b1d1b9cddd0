"""`demo_load`: fill the demonstration at its first start, and do nothing at the next ones."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gwa.common.errors import DomainError
from gwa.testing.demo import load_demonstration


class Command(BaseCommand):
    """Load the dictionary, the country and the accounts: all of them, or nothing."""

    requires_system_checks = ()
    help = "Charge le pays de démonstration · load the demonstration country"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how many households."""
        parser.add_argument("--households", type=int, default=5_000)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Load, saying how far it has come."""
        try:
            load_demonstration(
                households=options["households"], seed=options["seed"], say=self._say
            )
        except DomainError as error:
            raise CommandError(error.sentence) from error

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
