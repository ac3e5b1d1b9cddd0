"""`check_data_keys`: are the data keys given those that this database was sealed with?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gwa.common.data_keys import find_missing_keys, remember_keys

_WHAT_TO_DO = (
    "Rien n’a été écrit. Remettez la clé d’origine dans GWA_DATA_KEYS : docs/operate/cles.md.\n"
    "The data keys given are not those of this database: put the original key back."
)


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Refuse other data keys than those of this database; --remember keeps new ones."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say which options the command takes."""
        parser.add_argument("--remember", action="store_true", help="au démarrage · at each start")

    def handle(self, *, remember: bool, **options: Any) -> None:  # noqa: ANN401 (Django's own)
        """Fail with one line for each key that is not there; then nothing is remembered."""
        if missing := find_missing_keys():
            raise CommandError("\n".join((*missing, _WHAT_TO_DO)))
        if remember:
            remember_keys()
