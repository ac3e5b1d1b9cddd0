"""What the actions on the work are called in the journal."""

from django.utils.translation import gettext_lazy as _

from gwa.journal.events import Subject

EVENTS = {
    "fieldwork.work_given": _("Travail confié"),
    "fieldwork.work_closed": _("Travail clos"),
    "fieldwork.sent_back": _("Entretien renvoyé à corriger"),
    "fieldwork.interview_fetched": _("Entretien repris par un téléphone pour le corriger"),
    "fieldwork.access_set": _("Accès d’une zone changé"),
    "fieldwork.badge_given": _("Badge donné"),
    "fieldwork.badge_renewed": _("Badge renouvelé"),
    "fieldwork.badge_withdrawn": _("Badge retiré"),
    "fieldwork.badges_printed": _("Badges imprimés"),
    "fieldwork.cards_printed": _("Cartes de ménage imprimées"),
    "fieldwork.export_read": _("Export d’un téléphone lu au bureau"),
}
SUBJECTS = {
    "fieldwork.assignment": Subject(_("Travail confié")),
    "fieldwork.zoneaccess": Subject(_("Accès d’une zone")),
    "fieldwork.badge": Subject(_("Badge")),
}
