"""What the actions of exports are called in the journal."""

from django.utils.translation import gettext_lazy as _

from gwa.journal.events import Subject

EVENTS = {
    "exports.export_asked": _("Export demandé"),
    "exports.export_done": _("Export prêt"),
    "exports.export_failed": _("Export échoué"),
    "exports.export_cancelled": _("Export annulé"),
    "exports.export_downloaded": _("Export téléchargé"),
    "exports.export_removed": _("Fichier d’export détruit"),
}
SUBJECTS = {
    "exports.export": Subject(_("Export")),
}
