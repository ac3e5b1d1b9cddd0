"""Everything that forms refuse: a code, and a sentence that says what, where, how to mend."""

from django.utils.translation import gettext_lazy as _

from gwa.common.errors import DomainError


class WorkbookTooLarge(DomainError):
    code = "questionnaires.workbook_too_large"
    message = _("Ce fichier dépasse %(limit)s Mo : un questionnaire est bien plus petit.")


class WorkbookOld(DomainError):
    code = "questionnaires.workbook_old"
    message = _(
        "« %(name)s » est un ancien classeur Excel (.xls), quel que soit son nom. Ouvrez-le et "
        "enregistrez-le au format « Classeur Excel (.xlsx) »."
    )


class WorkbookUnreadable(DomainError):
    code = "questionnaires.workbook_unreadable"
    message = _(
        "« %(name)s » ne s’ouvre pas : ce n’est ni un classeur Excel (.xlsx) entier, ni un XForm."
    )


class WorkbookRefused(DomainError):
    code = "questionnaires.workbook_refused"
    message = _("Le questionnaire a une faute ; rien n’a été gardé. %(faults)s")


class FormRefused(DomainError):
    code = "questionnaires.form_refused"
    message = _("Le questionnaire ne peut pas servir. %(faults)s")


class VersionMissing(DomainError):
    code = "questionnaires.version_missing"
    message = _(
        "Le questionnaire n’a pas de version : remplissez « version » dans la feuille « settings »."
    )


class VersionTaken(DomainError):
    code = "questionnaires.version_taken"
    message = _(
        "La version « %(version)s » de « %(form)s » a déjà été soumise ou publiée et ne change "
        "plus : donnez une version plus récente dans la feuille « settings »."
    )


class NotADraft(DomainError):
    code = "questionnaires.not_a_draft"
    message = _("Cette version n’est plus un brouillon.")


class NotSubmitted(DomainError):
    code = "questionnaires.not_submitted"
    message = _("Cette version n’est pas devant le comité.")


class NotValidated(DomainError):
    code = "questionnaires.not_validated"
    message = _("Le comité n’a pas validé cette version : elle ne peut pas être publiée.")


class OwnVersion(DomainError):
    code = "questionnaires.own_version"
    message = _(
        "Qui propose une version ne la valide pas : une autre personne du comité doit le faire."
    )


class PublicationRefused(DomainError):
    code = "questionnaires.publication_refused"
    message = _("Cette version ne peut pas être publiée. %(refusals)s")


class NotPublished(DomainError):
    code = "questionnaires.not_published"
    message = _("Cette version n’est pas en service.")


class MinutesMissing(DomainError):
    code = "questionnaires.minutes_missing"
    message = _("Donnez la référence du procès-verbal du comité.")


class DatesReversed(DomainError):
    code = "questionnaires.dates_reversed"
    message = _("La fin précède le début : corrigez les dates.")
    constraints = ("questionnaires_formassignment_dates_in_order",)


class AssignedAlready(DomainError):
    code = "questionnaires.assigned_already"
    message = _("Ce questionnaire est déjà confié là, à partir de ce jour.")
    constraints = ("questionnaires_formassignment_once",)
