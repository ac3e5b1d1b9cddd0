"""`./gwa snapshot`: write the snapshot for analysis now, and say where it is."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gwa.common.errors import DomainError
from gwa.journal.models import SYSTEM
from gwa.snapshots.actions import ask_snapshot, take_snapshot
from gwa.snapshots.writing.folders import root


class Command(BaseCommand):
    """Take a snapshot in this process."""

    requires_system_checks = ()
    help = "Écrit l’instantané d’analyse (Parquet) · write the snapshot for analysis (Parquet)"

    def handle(self, **options: object) -> None:
        """Say what was written, how much was taken over, and where it lies."""
        try:
            snapshot = ask_snapshot(actor=SYSTEM)
            snapshot = take_snapshot(snapshot=snapshot, day=timezone.localdate(), actor=SYSTEM)
        except DomainError as error:
            raise CommandError(error.sentence) from error
        households, persons = snapshot.counts["households"], snapshot.counts["persons"]
        self.stdout.write(
            f"{households} ménages, {persons} personnes en {snapshot.seconds} s "
            f"({snapshot.zones_read} zones lues, {snapshot.zones_kept} inchangées)"
        )
        self.stdout.write(str(root() / snapshot.folder))
