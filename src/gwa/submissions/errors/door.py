"""Everything that the door of interviews refuses: a code, and a sentence for whoever sends.

`status` is what OpenRosa clients are answered; a phone keeps what was refused.
"""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gwa.common.errors import DomainError


class SubmissionRefused(DomainError):
    """An interview that was not taken in."""

    code = "submissions.refused"
    message = _("L’entretien n’a pas été reçu.")
    status: ClassVar[int] = 400


class XmlMissing(SubmissionRefused):
    """A request without the part that holds the interview."""

    code = "submissions.xml_missing"
    message = _("Il manque l’entretien : la partie « xml_submission_file » n’est pas dans l’envoi.")


class XmlMalformed(SubmissionRefused):
    """What came is no interview: cut on the way, or not XML."""

    code = "submissions.xml_malformed"
    message = _(
        "L’entretien est illisible (XML coupé ou mal formé). Il reste sur le téléphone : "
        "envoyez-le de nouveau."
    )


class FormDamaged(SubmissionRefused):
    """The request itself cannot be read: cut on the way, or not written as a form."""

    code = "submissions.form_damaged"
    message = _("L’envoi est arrivé abîmé ou coupé. Rien n’a été pris : envoyez-le de nouveau.")


class SendingTooLarge(SubmissionRefused):
    """A request, or the interview in it, beyond what is taken in at once."""

    code = "submissions.sending_too_large"
    message = _("Cet envoi dépasse %(limit)s Mo : envoyez les fichiers en plusieurs fois.")
    status = 413


class InstanceUnnamed(SubmissionRefused):
    """An interview without its own name: nobody could tell it was sent twice."""

    code = "submissions.instance_unnamed"
    message = _(
        "L’entretien n’a pas d’identifiant (instanceID « uuid:… ») : vérifiez le formulaire."
    )


class FormUnknown(SubmissionRefused):
    """A form, or a version of it, that was never published here."""

    code = "submissions.form_unknown"
    message = _(
        "Le formulaire « %(form)s », version « %(version)s », n’a jamais été publié ici. "
        "L’entretien reste sur le téléphone ; prévenez l’unité technique."
    )
    status = 404


class InstanceDiffers(SubmissionRefused):
    """Another interview came under the same name."""

    code = "submissions.instance_differs"
    message = _(
        "Un autre entretien porte déjà cet identifiant. Rien n’a été remplacé : si c’est une "
        "correction, modifiez l’entretien envoyé au lieu de le recopier."
    )
    status = 409


class CorrectedUnknown(SubmissionRefused):
    """A correction of an interview that the server does not know."""

    code = "submissions.corrected_unknown"
    message = _(
        "Cette correction porte sur un entretien que le serveur ne connaît pas : envoyez d’abord "
        "l’entretien lui-même."
    )
    status = 409


class CorrectedAlready(SubmissionRefused):
    """Another correction of the same interview came first."""

    code = "submissions.corrected_already"
    message = _(
        "Une autre correction de cet entretien est déjà arrivée. Corrigez la dernière version."
    )
    status = 409


class InterviewErased(SubmissionRefused):
    """The household asked to be forgotten: what telephones still hold of it does not come back."""

    code = "submissions.interview_erased"
    message = _(
        "Ce ménage a été effacé du registre à sa demande. Rien n’a été gardé : supprimez cet "
        "entretien du téléphone."
    )
    status = 410


class FileMisnamed(SubmissionRefused):
    """A file under a name that no telephone gives."""

    code = "submissions.file_misnamed"
    message = _("Un fichier porte un nom vide, trop long ou illisible.")


class FileTooLarge(SubmissionRefused):
    """A file beyond what is taken in."""

    code = "submissions.file_too_large"
    message = _("Le fichier « %(name)s » dépasse %(limit)s Mo.")
    status = 413


class EnvelopeUnreadable(SubmissionRefused):
    """What a telephone sealed does not open: altered, cut, or not what its header says."""

    code = "submissions.envelope_unreadable"
    message = _(
        "Cet envoi scellé ne s’ouvre pas : il est abîmé. Il reste sur le téléphone ; prévenez "
        "l’unité technique."
    )


class EnvelopeForeign(SubmissionRefused):
    """It is sealed to another server, or to a key that was lost."""

    code = "submissions.envelope_foreign"
    message = _(
        "Cet envoi est scellé pour un autre serveur. Il reste sur le téléphone : ouvrez "
        "l’application avec du réseau, puis envoyez de nouveau."
    )


class InterviewUnknown(SubmissionRefused):
    """A file of an interview whose words have not come."""

    code = "submissions.interview_unknown"
    message = _(
        "Ce fichier est d’un entretien que le serveur n’a pas : envoyez d’abord l’entretien."
    )
    status = 409


class PieceTooLarge(SubmissionRefused):
    """A piece beyond what is taken at once."""

    code = "submissions.piece_too_large"
    message = _("Ce morceau dépasse %(limit)s ko : envoyez-en de plus petits.")
    status = 413


class CallerUnknown(DomainError):
    """No token, no password, or one that nobody has."""

    code = "submissions.caller_unknown"
    message = _("Appareil ou compte inconnu : inscrivez le téléphone.")


class TooManyTries(DomainError):
    """Too many wrong passwords from one address."""

    code = "submissions.too_many_tries"
    message = _("Trop d’essais : attendez une minute.")


class MayNotSend(DomainError):
    """The account's profile does not let it interview."""

    code = "submissions.may_not_send"
    message = _("Ce compte n’a pas le droit d’envoyer des entretiens.")


class NotWaiting(DomainError):
    """What is settled by hand must be waiting."""

    code = "submissions.not_waiting"
    message = _("Cet entretien n’attend plus : quelqu’un l’a réglé entre-temps.")


class AccountHasNoRight(DomainError):
    """Devices are for accounts that may send interviews."""

    code = "submissions.account_has_no_right"
    message = _("Ce compte n’a pas le droit d’envoyer des entretiens : changez d’abord son profil.")


class DeviceBoundElsewhere(DomainError):
    """The code was already shown by another telephone."""

    code = "submissions.device_bound_elsewhere"
    message = _(
        "Ce code a déjà servi sur un autre téléphone. Demandez-en un nouveau à votre superviseur."
    )


class DeviceRevoked(DomainError):
    """The telephone was lost or handed on."""

    code = "submissions.device_revoked"
    message = _("Cet appareil a été révoqué : demandez à l’unité technique.")


class DeviceNotBound(DomainError):
    """No telephone with Gwa Collecte has shown this code yet."""

    code = "submissions.device_not_bound"
    message = _("Aucun téléphone n’a encore ouvert Gwa Collecte avec ce code.")


class ChallengeMisread(DomainError):
    """What is on the screen of a locked telephone is eight digits."""

    code = "submissions.challenge_misread"
    field = "challenge"
    message = _("Écrivez les huit chiffres que montre l’écran du téléphone.")
