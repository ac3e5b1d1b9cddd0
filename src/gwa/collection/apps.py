from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gwa.common.navigation import Item, register
from gwa.common.waiting import Waiting, register_waiting

if TYPE_CHECKING:
    from gwa.accounts.models import User

REGISTER = "registry.register_household"
IMPORT = "collection.import"
READ_SOURCES = "collection.read_sources"
_MOST_WAITING = 5


class CollectionConfig(AppConfig):
    name = "gwa.collection"
    verbose_name = _("Collecte")

    def ready(self) -> None:
        """Put the desk into the menu and its unfinished sheets among what waits; name what is
        sealed, so that it is sealed again when keys rotate.
        """
        from gwa.collection.erasure import (  # models are ready only now
            forget_lists,
            forget_paper_forms,
        )
        from gwa.registry.erasure import also_erase
        from gwa.registry.rotation import SEALED_COLUMNS, bytes_in

        also_erase(forget_lists)
        also_erase(forget_paper_forms)

        SEALED_COLUMNS.extend(
            bytes_in(table, column, column, has_history=False)
            for table, column in (
                ("collection_refusedline", "sealed"),
                ("collection_paperform", "first_sealed"),
                ("collection_paperform", "second_sealed"),
            )
        )
        register(
            Item(_("Enregistrer un ménage"), "collection:desk", REGISTER, icon="plus", order=20)
        )
        register(
            Item(_("Imports"), "collection:imports", IMPORT, icon="upload", order=30),
            Item(_("Sources"), "collection:sources", READ_SOURCES, icon="layers", order=70),
        )
        register_waiting(_unfinished_sheets)
        register_waiting(_unfinished_imports)


def _unfinished_sheets(user: "User") -> Iterator[Waiting]:
    from gwa.collection.views.desk.drafting import list_unfinished  # models are ready only now

    if not user.has_right(REGISTER):
        return
    for sheet in list_unfinished(user):
        label = gettext("À terminer : %(sheet)s") % {"sheet": sheet.label}
        yield Waiting(label, sheet.url, sheet.place)


def _unfinished_imports(user: "User") -> Iterator[Waiting]:
    """Imports of this person that stopped midway, or that nobody started."""
    from gwa.collection.models import Import  # models are ready only now

    if not user.has_right(IMPORT):
        return
    waiting = (Import.Status.DRAFT, Import.Status.CANCELLED, Import.Status.FAILED)
    own = Import.objects.visible_to(user).filter(added_by_id=user.pk, status__in=waiting)
    for one in own.select_related("data_source")[:_MOST_WAITING]:
        label = gettext("Import à terminer : %(source)s") % {"source": one.data_source.name}
        url = reverse("collection:import", args=[one.pk])
        yield Waiting(label, url, one.get_status_display())
