"""Refusals of undoing."""

from django.utils.translation import gettext_lazy as _

from gwa.common.errors import DomainError


class NothingToUndo(DomainError):
    """No change of this household is known to history."""

    code = "registry.nothing_to_undo"
    message = _("Aucune modification à annuler pour ce ménage.")


class RegistrationStays(DomainError):
    """A registered household is dissolved, not erased."""

    code = "registry.registration_stays"
    message = _(
        "Un enregistrement ne s’annule pas, son numéro a pu être donné : dissolvez le ménage en "
        "disant pourquoi."
    )


class UndoOvertaken(DomainError):
    """Something later touched what this change had touched."""

    code = "registry.undo_overtaken"
    message = _(
        "Un autre ménage ou une personne concernés par cette modification ont changé depuis : "
        "annulez d’abord ce changement-là, ou corrigez à la main."
    )


class UndoTooLarge(DomainError):
    """The change came with many others, in one load."""

    code = "registry.undo_too_large"
    message = _(
        "Cette modification fait partie d’un chargement de nombreux ménages : corrigez à la main."
    )


class UndoReachesOutside(DomainError):
    """The change concerns zones that the person who acts may not see."""

    code = "registry.undo_reaches_outside"
    message = _(
        "Cette modification concerne aussi une zone qui n’est pas la vôtre : demandez à l’unité "
        "technique de l’annuler."
    )


class UndoImpossible(DomainError):
    """The earlier state no longer fits the registry."""

    code = "registry.undo_impossible"
    message = _("L’état précédent ne peut plus être remis : corrigez plutôt à la main.")
