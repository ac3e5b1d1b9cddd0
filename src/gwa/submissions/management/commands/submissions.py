"""`./gwa submissions replay`: let waiting interviews try again, once something was mended."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from gwa.submissions.models import Submission
from gwa.submissions.upkeep import replay

_AGAIN = (Submission.Queue.MAPPING, Submission.Queue.PLACE, Submission.Queue.REGISTRY)


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Let waiting interviews try again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say which queues; those that a mended form or zone may empty, when none is named."""
        parser.add_argument("verb", choices=["replay"])
        parser.add_argument(
            "--queue", action="append", choices=Submission.Queue.values, help="a queue; repeatable"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        """Put them back; the worker takes them."""
        count = replay(options["queue"] or _AGAIN)
        self.stdout.write(f"{count} entretiens remis en route · interviews put back")
