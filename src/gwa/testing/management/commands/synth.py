"""Make a synthetic country: `./gwa synth --households 100000 --seed 7`."""

import os
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from gwa.common.errors import DomainError
from gwa.journal.models import SYSTEM
from gwa.testing.demo import load_first_dictionary
from gwa.testing.loading.country import load_country


class Command(BaseCommand):
    """Load so many households, the same for the same seed."""

    requires_system_checks = ()
    help = "Fabrique un pays synthétique · make a synthetic country"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how many, from which seed, and where the truth goes."""
        parser.add_argument("--households", type=int, default=5_000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--truth",
            type=Path,
            help="dossier de la vérité cachée (Parquet) ; par défaut .gwa/truth",
        )

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Load, saying how far it has come."""
        households, seed, truth = options["households"], options["seed"], options["truth"]
        if households < 1:
            raise CommandError("--households : au moins un ménage.")
        _become_owner()
        started = time.monotonic()
        try:
            load_first_dictionary()
            loaded = load_country(
                households=households,
                seed=seed,
                actor=SYSTEM,
                truth=truth or settings.STATE_DIR / "truth",
                say=self._say,
            )
        except DomainError as error:
            raise CommandError(error.sentence) from error
        self.stdout.write(
            f"{loaded.households} ménages, {loaded.persons} personnes "
            f"en {time.monotonic() - started:.0f} s"
        )

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _become_owner() -> None:
    """Load as the tables' owner where the environment gives its address: indexes come last."""
    if os.environ.get("DATABASE_OWNER_URL"):
        connection.close()
        connection.settings_dict.update(settings.OWNER_DATABASE)
