from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gwa.common.navigation import Item, register
from gwa.common.waiting import Waiting, register_waiting
from gwa.questionnaires.offers import Offer, offer

if TYPE_CHECKING:
    from gwa.accounts.models import User

READ, DEVICES, SETTLE = "submissions.read", "submissions.manage_devices", "submissions.settle"


class SubmissionsConfig(AppConfig):
    name = "gwa.submissions"
    verbose_name = _("Entretiens")

    def ready(self) -> None:
        """Fill the menu and what waits; name what is sealed, so that it is sealed again when keys
        rotate.
        """
        register(
            Item(_("Entretiens"), "submissions:submissions", READ, "inbox", "field", 20),
            Item(_("Téléphones"), "submissions:devices", DEVICES, "device", "field", 30),
        )
        register_waiting(_waiting_interviews)
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
                ("submissions_draftcopy", "sealed", "sealed", 1_000),
                ("submissions_handset", "sealed", "sealed", BATCH),
                ("submissions_sealkey", "private_sealed", "private_sealed", BATCH),
            )
        )


def _waiting_interviews(user: "User") -> Iterator[Waiting]:
    """The queues of the person's zones, for who may settle what is in them."""
    from gwa.submissions.queries.queues import count_queues  # models are ready only now

    if not user.has_right(SETTLE):
        return
    for queue in count_queues(user):
        label = gettext("Entretiens : %(queue)s") % {"queue": queue.label}
        yield Waiting(
            label, f"{reverse('submissions:submissions')}?{queue.query}", str(queue.count)
        )
