"""`check_protection`: are the walls all there, in the database itself?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from gwa.common.checks import find_faults


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Say what in the database's catalogue would let zone limits leak."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Fail with one line for each fault."""
        with connection.cursor() as cursor:
            faults = find_faults(cursor)
        if faults:
            raise CommandError("\n".join(map(str, faults)))
