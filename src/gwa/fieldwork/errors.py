"""What is refused of the work: a code and a sentence each."""

from django.utils.translation import gettext_lazy as _

from gwa.common.errors import DomainError


class NotMendable(DomainError):
    """An interview that was refused or set aside does not go back."""

    code = "fieldwork.not_mendable"
    message = _(
        "Cet entretien ne peut pas être renvoyé : seuls ceux qui sont entrés ou qui attendent "
        "retournent à l’enquêteur."
    )


class CorrectedSince(DomainError):
    """A later revision came: that one is to be looked at."""

    code = "fieldwork.corrected_since"
    message = _("Une correction de cet entretien est déjà arrivée : ouvrez la dernière version.")


class NoAuthor(DomainError):
    """Nobody with an account in use sent it."""

    code = "fieldwork.no_author"
    message = _(
        "Personne ne peut plus corriger cet entretien : le compte de l’enquêteur est fermé."
    )


class AlreadySentBack(DomainError):
    """It went back already, and no correction has come."""

    code = "fieldwork.already_sent_back"
    message = _("Cet entretien est déjà renvoyé : sa correction n’est pas encore arrivée.")


class NotAnEnumerator(DomainError):
    """Work is given to accounts that may send interviews, in their zones."""

    code = "fieldwork.not_an_enumerator"
    field = "user"
    message = _("Ce compte n’envoie pas d’entretiens, ou pas dans cette zone.")


class HouseholdsElsewhere(DomainError):
    """Chosen households must live in the zone."""

    code = "fieldwork.households_elsewhere"
    field = "households"
    message = _("Ces numéros ne sont pas ceux de ménages de la zone : %(numbers)s.")


class AlreadyClosed(DomainError):
    """The work was already taken back."""

    code = "fieldwork.already_closed"
    message = _("Ce travail est déjà clos.")


class TooManyCards(DomainError):
    """More cards than are printed at once."""

    code = "fieldwork.too_many_cards"
    field = "count"
    message = _("Imprimez %(most)s cartes au plus à la fois.")


class CardUnknown(DomainError):
    """The number on the card was never printed here."""

    code = "fieldwork.card_unknown"
    message = _(
        "La carte n° %(number)s n’a pas été imprimée ici : vérifiez le numéro lu, ou retirez-le."
    )


class CardUsed(DomainError):
    """The number on the card is another household's."""

    code = "fieldwork.card_used"
    message = _(
        "La carte n° %(number)s est déjà celle d’un autre ménage : donnez-en une autre et "
        "corrigez le numéro."
    )


class CardNotNeeded(DomainError):
    """The household already has a number."""

    code = "fieldwork.card_not_needed"
    message = _(
        "Ce ménage a déjà le numéro %(known)s : la carte n° %(number)s ne lui est pas donnée."
    )


class ExportUnreadable(DomainError):
    """The file is no export of Gwa Collecte."""

    code = "fieldwork.export_unreadable"
    field = "file"
    message = _("Ce fichier n’est pas un export de Gwa Collecte, ou il est coupé.")
