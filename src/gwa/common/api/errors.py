"""What the API refuses before any module is asked."""

from django.utils.translation import gettext_lazy as _

from gwa.common.errors import DomainError


class NotSignedIn(DomainError):
    """No token, or one that is unknown, expired or of a machine that was revoked."""

    code = "api.not_signed_in"
    message = _(
        "Cet appel ne porte pas de jeton valable. Demandez-en un à /api/v1/token et envoyez-le "
        "dans l’en-tête « Authorization: Bearer … »."
    )


class RightMissing(DomainError):
    """The machine is known and may not do this."""

    code = "api.right_missing"
    message = _(
        "Cette machine n’a pas le droit « %(right)s ». L’administrateur du registre peut le donner."
    )


class NotFound(DomainError):
    """Nothing of that name in the machine's zones."""

    code = "api.not_found"
    message = _("Rien ne répond à cette adresse, ou rien que vos zones vous laissent voir.")


class MethodNotAllowed(DomainError):
    """The address exists and does not take this verb."""

    code = "api.method_not_allowed"
    message = _("Cette adresse ne prend pas ce verbe HTTP ; l’en-tête « Allow » dit lesquels.")


class NotAcceptable(DomainError):
    """The machine does not take JSON."""

    code = "api.not_acceptable"
    message = _("Les réponses sont en JSON : acceptez « application/json ».")


class WrongMediaType(DomainError):
    """The body is of a kind that the operation does not read."""

    code = "api.wrong_media_type"
    message = _("Ce corps est de type « %(given)s » ; cette opération lit « %(expected)s ».")


class BodyTooLarge(DomainError):
    """The body is larger than what is read."""

    code = "api.body_too_large"
    message = _("Le corps de la requête est trop grand. Envoyez moins à la fois, ou importez.")


class BodyUnreadable(DomainError):
    """The body is no JSON, or the request is malformed."""

    code = "api.unreadable"
    message = _("La requête ne se lit pas : vérifiez que son corps est du JSON en UTF-8.")


class ValuesRefused(DomainError):
    """The request does not have the shape that the document describes."""

    code = "api.values_refused"
    message = _("Des valeurs ne conviennent pas ; « errors » dit lesquelles et pourquoi.")


class TagMissing(DomainError):
    """An update that does not say which state it corrects."""

    code = "api.tag_missing"
    message = _(
        "Une correction dit de quel état elle part : lisez l’objet et renvoyez son « ETag » dans "
        "l’en-tête « If-Match »."
    )


class TagStale(DomainError):
    """Somebody changed the object since it was read."""

    code = "api.tag_stale"
    message = _(
        "L’objet a changé depuis votre lecture : rien n’a été enregistré. Relisez-le, puis "
        "corrigez."
    )


class KeyMissing(DomainError):
    """A write that could not be sent again safely."""

    code = "api.idempotency_key_missing"
    message = _(
        "Donnez un « Idempotency-Key » (1 à 100 lettres, chiffres, tirets) : le même appel pourra "
        "être renvoyé sans rien faire deux fois."
    )


class KeyReused(DomainError):
    """The key already stands for another request."""

    code = "api.idempotency_key_reused"
    message = _(
        "Cette clé « Idempotency-Key » a déjà servi à une autre requête : prenez-en une autre."
    )


class CursorUnknown(DomainError):
    """The cursor was not made here, or for this list."""

    code = "api.cursor_unknown"
    message = _("Ce curseur n’est pas de cette liste : reprenez celui de la page précédente.")


class TooManyCalls(DomainError):
    """The machine calls faster than it was allowed."""

    code = "api.too_many_calls"
    message = _("Trop d’appels : attendez %(seconds)s secondes, comme le dit « Retry-After ».")


class Failed(DomainError):
    """A fault of the program."""

    code = "api.failed"
    message = _(
        "Le registre n’a pas pu répondre ; rien n’a été enregistré. Signalez le numéro de la "
        "requête."
    )
