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


class PaperFormKeyed(DomainError):
    """The form of this number became a household already."""

    code = "collection.paper_form_keyed"
    message = _(
        "La fiche %(number)s est déjà saisie : relisez son numéro, ou cherchez son ménage au "
        "registre."
    )


class PaperFormNotDrawn(DomainError):
    """The form is not, or no longer, one that somebody keys again."""

    code = "collection.paper_form_not_drawn"
    message = _("Cette fiche n’est pas à saisir une seconde fois, ou l’est déjà.")


class PaperFormOwn(DomainError):
    """Whoever keyed a form does not check it."""

    code = "collection.paper_form_own"
    message = _("Vous avez saisi cette fiche : une autre personne doit la saisir à nouveau.")
    constraints = ("collection_paperform_two_clerks",)
