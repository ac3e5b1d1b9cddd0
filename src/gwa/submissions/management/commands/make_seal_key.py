"""`./gwa manage make_seal_key`: another key to which telephones seal, after a theft above all."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand
from django.db import transaction

from gwa.common.scope import everywhere
from gwa.submissions.actions import make_seal_key


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Make the key to which telephones seal from their next contact on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask why: it stays in the journal."""
        parser.add_argument("--reason", required=True)

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        """Make it; the keys before it open what was sealed to them."""
        with transaction.atomic(), everywhere():
            key = make_seal_key(reason=options["reason"])
        self.stdout.write(f"{key.kid} : nouvelle clé de scellement · new sealing key")
