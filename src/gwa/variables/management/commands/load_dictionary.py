"""Load a dictionary from its folder, and publish it when asked."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gwa.common.errors import DomainError
from gwa.journal.models import SYSTEM
from gwa.variables.actions import load_dictionary, publish_version

FIRST = settings.BASE_DIR / "questionnaires" / "rsu-menage"


class Command(BaseCommand):
    """Load a dictionary; running it twice changes nothing."""

    requires_system_checks = ()
    help = "Charge le dictionnaire des variables · load the variable dictionary"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say which folder, and whether to publish."""
        parser.add_argument("folder", nargs="?", type=Path, default=FIRST)
        parser.add_argument("--publish", action="store_true")

    def handle(self, *args: Any, folder: Path, publish: bool, **options: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Load the folder, then say what is there."""
        try:
            version = load_dictionary(folder=folder, actor=SYSTEM)
            if publish and version.is_draft:
                version = publish_version(version=version, actor=SYSTEM, at=timezone.now())
        except DomainError as error:
            raise CommandError(error.sentence) from error
        self.stdout.write(
            f"Dictionnaire {version.number} ({version.get_status_display()}), "
            f"{version.variables.count()} variables"
        )
