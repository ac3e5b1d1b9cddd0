"""Refusals about identifiers."""

from django.utils.translation import gettext_lazy as _

from gwa.common.errors import DomainError


class IdentifierMalformed(DomainError):
    """The value has not the form of its kind."""

    code = "registry.identifier_malformed"
    message = _(
        "Numéro mal formé : un NINA compte 14 chiffres puis une lettre ; les autres numéros, des "
        "chiffres et des lettres. Relisez la carte."
    )


class IdentifierAlreadySet(DomainError):
    """The person holds this very value."""

    code = "registry.identifier_already_set"
    message = _("Cette personne a déjà ce numéro.")


class IdentifierEnded(DomainError):
    """A number that ended is not verified nor ended again."""

    code = "registry.identifier_ended"
    message = _("Ce numéro n’est plus en vigueur : saisissez le nouveau.")


class IdentifierIsClaim(DomainError):
    """A claim waits for the review that says whose the number is."""

    code = "registry.identifier_is_claim"
    message = _(
        "Une autre personne porte déjà ce numéro : l’arbitrage dira à qui il est. Il ne peut pas "
        "être vérifié avant."
    )


class IdentifierHeld(DomainError):
    """Another living person holds the value."""

    code = "registry.identifier_held"
    message = _("Une autre personne porte ce numéro.")
    constraints = ("registry_identifier_held_once",)
