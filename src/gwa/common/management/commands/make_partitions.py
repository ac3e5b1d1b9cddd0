"""Make the monthly partitions of the tables that grow for ever. Runs as the owner."""

import datetime as dt

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from gwa.common.partitions import make_month_partitions


class Command(BaseCommand):
    """`django-admin make_partitions`: from this month on, two years ahead; safe to run again."""

    requires_system_checks = ()
    help = __doc__

    def handle(self, **options: object) -> None:
        """Make them in one transaction."""
        with transaction.atomic():
            made = make_month_partitions(first_day(timezone.localdate()), months=24)
        if made:
            self.stdout.write(f"{len(made)} partitions")


def first_day(day: dt.date) -> dt.date:
    """Return the first day of the month."""
    return day.replace(day=1)
