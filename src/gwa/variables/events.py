"""The module's actions in words, for the journal."""

from django.utils.translation import gettext_lazy as _

from gwa.journal.events import Subject

EVENTS = {
    "variables.draft_written": _("Brouillon du dictionnaire chargé"),
    "variables.version_published": _("Version du dictionnaire publiée"),
    "variables.version_retired": _("Version du dictionnaire retirée"),
    "variables.listed": _("Dictionnaire lu par une machine"),
    "variables.read": _("Variable lue par une machine"),
}
SUBJECTS = {
    "variables.dictionaryversion": Subject(_("Version du dictionnaire")),
}
