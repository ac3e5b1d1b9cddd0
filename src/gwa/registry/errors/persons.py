"""Refusals about persons and where they belong."""

from django.utils.translation import gettext_lazy as _

from gwa.common.errors import DomainError


class PersonUnknown(DomainError):
    """The person is not in the zones of the person who acts."""

    code = "registry.person_unknown"
    message = _("Cette personne n’existe pas, ou n’est pas dans vos zones.")


class PersonDeceased(DomainError):
    """The dead do not move."""

    code = "registry.person_deceased"
    message = _(
        "Cette personne est déclarée décédée : retirez d’abord cette déclaration si c’est une "
        "erreur."
    )
    constraints = ("registry_person_deceased_has_a_day",)


class PersonAlive(DomainError):
    """There is no death to take back."""

    code = "registry.person_alive"
    message = _("Cette personne est en vie dans le registre : il n’y a rien à retirer.")


class PersonMerged(DomainError):
    """A merged person lives on in the survivor."""

    code = "registry.person_merged"
    message = _("Cette fiche a été fusionnée : agissez sur la personne qui la remplace.")
    constraints = ("registry_person_merged_points_to_survivor",)


class DeathImpossible(DomainError):
    """Nobody dies before birth, nor tomorrow."""

    code = "registry.death_impossible"
    message = _("Date de décès impossible : elle vient après la naissance et n’est pas à venir.")
    constraints = ("registry_person_dies_after_birth", "registry_person_death_not_in_future")


class NotAMember(DomainError):
    """The person has no current membership to end."""

    code = "registry.not_a_member"
    message = _(
        "Cette personne n’est plus membre de ce ménage : quelqu’un l’a peut-être déplacée "
        "entre-temps. Rouvrez la page."
    )


class AlreadyMember(DomainError):
    """The person is in this household already."""

    code = "registry.already_member"
    message = _("Cette personne est déjà membre de ce ménage.")
    constraints = ("registry_membership_once_in_a_household",)


class CountedElsewhere(DomainError):
    """One principal membership at a time."""

    code = "registry.counted_elsewhere"
    message = _(
        "Cette personne est déjà comptée dans un autre ménage à cette date : déplacez-la, ou "
        "ajoutez-la comme membre secondaire."
    )
    constraints = ("registry_membership_one_principal", "registry_membership_principals_apart")


class HeadLeaves(DomainError):
    """The head hands over before leaving."""

    code = "registry.head_leaves"
    message = _(
        "C’est le chef de ménage : désignez le nouveau chef avant, ou en même temps que ce départ."
    )


class LastMemberLeaves(DomainError):
    """A household without anybody is dissolved."""

    code = "registry.last_member_leaves"
    message = _("C’est le dernier membre : dissolvez plutôt le ménage.")


class AlreadyHead(DomainError):
    """Nothing would change."""

    code = "registry.already_head"
    message = _("Cette personne est déjà le chef de ce ménage.")


class RelationshipRefused(DomainError):
    """Only the head is called head."""

    code = "registry.relationship_refused"
    message = _(
        "« Chef de ménage » n’est pas un lien à donner ici : choisissez le lien avec le chef, ou "
        "l’action « changer de chef »."
    )


class NameMissing(DomainError):
    """Everybody has a given name and a family name."""

    code = "registry.name_missing"
    message = _("Le nom et le prénom sont nécessaires : écrivez-les comme sur le papier.")


class SexMissing(DomainError):
    """The sex is asked of everybody."""

    code = "registry.sex_missing"
    message = _("Le sexe manque ou n’est pas reconnu : écrivez F (femme) ou M (homme).")


class RelationshipMissing(DomainError):
    """Every member is something to the head."""

    code = "registry.relationship_missing"
    message = _(
        "Le lien avec le chef de ménage manque ou n’est pas reconnu : chef de ménage, conjoint(e), "
        "fils ou fille, père ou mère…"
    )
