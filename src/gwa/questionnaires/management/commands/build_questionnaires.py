"""Write the workbook of each questionnaire from its sources."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from gwa.common.errors import DomainError
from gwa.questionnaires.authoring.reading import HEAD, read_form
from gwa.questionnaires.authoring.texts import SourceFault
from gwa.questionnaires.authoring.workbook import build_workbook

FOLDER = settings.BASE_DIR / "questionnaires"


class Command(BaseCommand):
    """Write each `questionnaires/FORM/FORM.xlsx`; the same sources give the same bytes."""

    help = "Écrit les questionnaires XLSForm depuis leurs sources · write the XLSForms"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say whether to write or to check."""
        parser.add_argument("--check", action="store_true", help="dit seulement ce qui a changé")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Build each form and say what changed."""
        stale = []
        for head in sorted(FOLDER.glob(f"*/{HEAD}")):
            try:
                form = read_form(head.parent)
                book = build_workbook(form)
            except (SourceFault, DomainError) as error:
                raise CommandError(f"{head.parent.name}: {error}") from error
            is_current = form.workbook.is_file() and form.workbook.read_bytes() == book
            if not is_current:
                stale.append(form.workbook.name)
                if not check:
                    form.workbook.write_bytes(book)
            self.stdout.write(f"{form.workbook.name}: {'inchangé' if is_current else 'écrit'}")
        if check and stale:
            raise CommandError(f"À reconstruire : {', '.join(stale)}")
