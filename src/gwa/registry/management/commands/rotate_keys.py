"""Seal again, under the newest data key, every sealed value and draft. Runs as the owner."""

from django.core.management.base import BaseCommand

from gwa.registry.rotation import rotate_keys


class Command(BaseCommand):
    """`django-admin rotate_keys`, with `GWA_DB_ROLE=owner`; stop and start it as you like."""

    requires_system_checks = ()
    help = __doc__

    def handle(self, **options: object) -> None:
        """Say how far it is, batch by batch."""
        done = 0
        for done in rotate_keys():
            self.stdout.write(f"{done} valeurs rescellées")
        self.stdout.write(f"Fin : {done} valeurs sous la nouvelle clé.")
