from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from gwa.common.navigation import Item, register


class FieldworkConfig(AppConfig):
    name = "gwa.fieldwork"
    verbose_name = _("Travail de terrain")

    def ready(self) -> None:
        """Fill the menu; say what telephones may hold, what a card is worth, what is sealed."""
        register(
            Item(_("Travail confié"), "fieldwork:work", "fieldwork.assign", "people", "field", 25),
            Item(
                _("Export d’un téléphone"),
                "fieldwork:bring_in",
                "submissions.manage_devices",
                "upload",
                "field",
                32,
            ),
            Item(
                _("Cartes de ménage"),
                "fieldwork:cards",
                "fieldwork.print_cards",
                "print",
                "field",
                40,
            ),
            Item(
                _("Badges des enquêteurs"),
                "fieldwork:badges",
                "fieldwork.give_badges",
                "people",
                "field",
                45,
            ),
            Item(
                _("Accès des zones"),
                "fieldwork:access",
                "fieldwork.set_access",
                "shield",
                "field",
                50,
            ),
        )
        from gwa.fieldwork.asides import tell_way_back  # models are ready only now
        from gwa.fieldwork.cards import check_number
        from gwa.fieldwork.erasure import forget_work
        from gwa.fieldwork.queries.access import narrow_reach
        from gwa.registry.erasure import also_erase
        from gwa.registry.rotation import SEALED_COLUMNS, bytes_in
        from gwa.submissions.entering.checks import NUMBER_CHECKS
        from gwa.submissions.offers import also_tell
        from gwa.submissions.reach import also_narrow

        also_tell(tell_way_back)
        also_narrow(narrow_reach)
        NUMBER_CHECKS.append(check_number)
        also_erase(forget_work)
        SEALED_COLUMNS.append(
            bytes_in("fieldwork_sentback", "sealed", "sealed", has_history=False, batch=1_000)
        )
