"""What looks odd in an interview, or keeps it waiting, with the sentence a supervisor reads."""

from django.utils.translation import gettext_lazy as _

from gwa.common.errors import DomainError


class Conflict(DomainError):
    """The registry changed what the telephone changed too."""

    code = "submissions.conflict"
    message = _(
        "Changé au registre depuis que le téléphone a reçu ce ménage : l’entretien dit "
        "« %(told)s », le registre « %(now)s », qui était « %(then)s ». Choisissez."
    )


class Broken(DomainError):
    """The program failed on it."""

    code = "submissions.broken"
    message = _(
        "Le programme n’a pas su lire cet entretien. Rien n’est perdu : l’équipe technique trouve "
        "la cause dans le journal du serveur, puis le rejoue."
    )


class NotOfItsForm(DomainError):
    """The interview is not what its form says."""

    code = "submissions.not_of_its_form"
    message = _("L’entretien ne correspond pas à son formulaire (%(where)s %(what)s).")


class FormRuleBroken(DomainError):
    """A constraint of the form itself does not hold."""

    code = "submissions.form_rule_broken"
    message = _("Le formulaire refuse cette réponse : %(message)s")


class FormAnswerMissing(DomainError):
    """A compulsory answer is missing."""

    code = "submissions.form_answer_missing"
    message = _("Réponse obligatoire manquante. %(message)s")


class FormAnswerUnasked(DomainError):
    """An answer to a question that the form does not ask here."""

    code = "submissions.form_answer_unasked"
    message = _("Réponse à une question qui ne devait pas être posée.")


class FormAnswerUnknown(DomainError):
    """An answer that the question does not offer, or that is not of its kind."""

    code = "submissions.form_answer_unknown"
    message = _("« %(value)s » n’est pas une réponse possible à cette question.")


class FormCalculationDiffers(DomainError):
    """The telephone calculated something else than the server."""

    code = "submissions.form_calculation_differs"
    message = _("Le téléphone a calculé « %(value)s », le serveur autre chose.")


class TooFast(DomainError):
    """Nobody asks so much in so little time."""

    code = "submissions.too_fast"
    message = _("Entretien très court : %(minutes)s min (personnes : %(members)s).")


class TooLong(DomainError):
    """The interview was left open."""

    code = "submissions.too_long"
    message = _("Entretien resté ouvert %(minutes)s min : sa durée ne dit rien.")


class ClockAhead(DomainError):
    """The telephone lives in the future."""

    code = "submissions.clock_ahead"
    message = _("L’horloge du téléphone avance : l’entretien finit le %(at)s, après sa réception.")


class FarFromVillage(DomainError):
    """The point is not where the village is."""

    code = "submissions.far_from_village"
    message = _("Le point GPS est à %(km)s km de %(zone)s.")


class SizeDiffers(DomainError):
    """The form counted otherwise than the list of members."""

    code = "submissions.size_differs"
    message = _("Le formulaire compte %(told)s personnes, la liste en a %(listed)s.")


class StraightLined(DomainError):
    """One answer to everything."""

    code = "submissions.straight_lined"
    message = _("La même réponse, « %(answer)s », à %(questions)s questions semblables.")


class MembersAlike(DomainError):
    """One answer for everybody."""

    code = "submissions.members_alike"
    message = _("Les réponses des %(members)s membres sont toutes les mêmes.")
