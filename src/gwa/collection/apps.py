from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gwa.common.navigation import Item, register
from gwa.common.waiting import Waiting, register_waiting

if TYPE_CHECKING:
    from gwa.accounts.models import User

REGISTER = "registry.register_household"


class CollectionConfig(AppConfig):
    name = "gwa.collection"
    verbose_name = _("Collecte")

    def ready(self) -> None:
        """Put the desk into the menu and its unfinished sheets among what waits; name what is
        sealed, so that it is sealed again when keys rotate.
        """
        from gwa.collection.erasure import forget_lists  # models are ready only now
        from gwa.registry.erasure import also_erase
        from gwa.registry.rotation import SEALED_COLUMNS, bytes_in

        also_erase(forget_lists)

        SEALED_COLUMNS.append(
            bytes_in("collection_refusedline", "sealed", "sealed", has_history=False)
        )
        register(
            Item(_("Enregistrer un ménage"), "collection:desk", REGISTER, icon="plus", order=20)
        )
        register_waiting(_unfinished_sheets)


def _unfinished_sheets(user: "User") -> Iterator[Waiting]:
    from gwa.collection.views.desk.drafting import list_unfinished  # models are ready only now

    if not user.has_right(REGISTER):
        return
    for sheet in list_unfinished(user):
        label = gettext("À terminer : %(sheet)s") % {"sheet": sheet.label}
        yield Waiting(label, sheet.url, sheet.place)
