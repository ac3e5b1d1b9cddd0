"""What the actions on questionnaires are called in the journal."""

from django.utils.translation import gettext_lazy as _

from gwa.journal.events import Subject

EVENTS = {
    "questionnaires.form_proposed": _("Version de questionnaire proposée"),
    "questionnaires.remark_added": _("Remarque sur un questionnaire"),
    "questionnaires.remark_settled": _("Remarque sur un questionnaire réglée"),
    "questionnaires.form_submitted": _("Version de questionnaire soumise au comité"),
    "questionnaires.form_sent_back": _("Version de questionnaire renvoyée par le comité"),
    "questionnaires.form_validated": _("Version de questionnaire validée par le comité"),
    "questionnaires.form_published": _("Questionnaire mis en service"),
    "questionnaires.form_retired": _("Version de questionnaire retirée"),
    "questionnaires.form_assigned": _("Questionnaire confié à une zone"),
    "questionnaires.assignment_ended": _("Fin d’un questionnaire dans une zone"),
}
SUBJECTS = {
    "questionnaires.formversion": Subject(_("Version de questionnaire"), "form__title"),
    "questionnaires.formassignment": Subject(_("Affectation de questionnaire"), "form__title"),
}
