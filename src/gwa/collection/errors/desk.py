"""What registration at the desk refuses, beside what the registry refuses to all."""

from django.utils.translation import gettext_lazy as _

from gwa.common.errors import DomainError


class ConsentMissing(DomainError):
    """The household did not agree, or nobody noted it."""

    code = "collection.consent_missing"
    message = _(
        "Sans l’accord du ménage, il ne peut pas être enregistré : notez « oui » s’il a accepté, "
        "sinon abandonnez cette saisie."
    )


class ConsentFormMissing(DomainError):
    """How the household agreed is not noted."""

    code = "collection.consent_form_missing"
    message = _("Dites sous quelle forme le ménage a donné son accord.")


class CountingNotSaid(DomainError):
    """A known person is counted in another household."""

    code = "collection.counting_not_said"
    message = _(
        "Cette personne est déjà comptée dans un autre ménage : dites si elle y reste comptée ou "
        "si elle le quitte."
    )
