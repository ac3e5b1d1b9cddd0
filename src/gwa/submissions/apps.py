from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from gwa.common.navigation import Item, register
from gwa.questionnaires.offers import Offer, offer

READ, DEVICES = "submissions.read", "submissions.manage_devices"


class SubmissionsConfig(AppConfig):
    name = "gwa.submissions"
    verbose_name = _("Entretiens")

    def ready(self) -> None:
        """Fill the menu; name what is sealed, so that it is sealed again when keys rotate."""
        register(
            Item(_("Entretiens"), "submissions:submissions", READ, "inbox", "field", 20),
            Item(_("Téléphones"), "submissions:devices", DEVICES, "device", "field", 30),
        )
        offer(
            Offer(
                _("Essayer"), "submissions:trial", right="questionnaires.propose_form", icon="check"
            )
        )
        from gwa.registry.erasure import also_erase  # models are ready only now
        from gwa.registry.rotation import BATCH, SEALED_COLUMNS, bytes_in
        from gwa.submissions.erasure import forget_interviews

        also_erase(forget_interviews)
        SEALED_COLUMNS.extend(
            bytes_in(table, column, bound_as, has_history=False, batch=batch)
            for table, column, bound_as, batch in (
                ("submissions_original", "sealed", "sealed", 1_000),
                ("submissions_madelist", "sealed", "sealed", 10),
                ("submissions_submission", "sealed_problems", "problems", BATCH),
            )
        )
