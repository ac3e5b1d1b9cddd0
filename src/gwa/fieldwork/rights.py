"""What a profile may be allowed to do with the work of the field."""

from django.utils.translation import gettext_lazy as _

from gwa.common.access import Right

RIGHTS = (
    Right("fieldwork.assign", _("Confier du travail aux enquêteurs")),
    Right("fieldwork.send_back", _("Renvoyer un entretien à corriger"), personal=True),
    Right("fieldwork.set_access", _("Ouvrir, restreindre ou fermer une zone")),
    Right("fieldwork.give_badges", _("Imprimer, renouveler et retirer des badges")),
    Right("fieldwork.print_cards", _("Imprimer des cartes de ménage")),
)
