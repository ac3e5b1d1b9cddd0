"""`verify_journal`: does every line still stand as it was sealed?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from gwa.common.scope import everywhere
from gwa.journal.queries import verify_journal
from gwa.journal.rules import FaultKind

# Read by the administrator at the terminal, beside the other lines of `./gwa doctor`.
_SENTENCES = {
    FaultKind.ALTERED: "La ligne {} a été changée depuis son sceau.",
    FaultKind.MISSING: "La ligne {} a été effacée depuis son sceau.",
    FaultKind.ADDED: "La ligne {} n'a pas de sceau : elle a été glissée après coup, ou les tâches "
    "de fond étaient arrêtées (les démarrer, attendre deux minutes, recommencer).",
    FaultKind.SEAL_ALTERED: "Le sceau {} a été changé, ou n'est pas signé par la clé d'ici.",
    FaultKind.SEAL_MISSING: "Le sceau {} manque dans la chaîne.",
    FaultKind.CUT_SHORT: "La fin du journal manque : le sceau {} est connu hors de la base.",
}


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Check the whole journal against its seals, and name the first bad line."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Fail with one sentence where the journal does not hold."""
        with transaction.atomic(), everywhere():
            fault = verify_journal()
        if fault:
            raise CommandError(_SENTENCES[fault.kind].format(fault.where))
