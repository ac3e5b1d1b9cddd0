"""Everything the registry refuses: a code, and a sentence that says what, where and how to mend.

No name and no number of anybody stands in a sentence: refusals reach logs.
"""

from django.utils.translation import gettext_lazy as _

from gwa.common.errors import DomainError

# -- What is told ------------------------------------------------------------------------------


class ReasonMissing(DomainError):
    """A change to what is known must say why."""

    code = "registry.reason_missing"
    message = _("Dites pourquoi : le motif reste dans l’histoire du ménage.")


class ValueRefused(DomainError):
    """One value cannot be kept as given."""

    code = "registry.value_refused"
    message = _("« %(field)s » : cette valeur ne convient pas. %(why)s")


class FieldNotCorrectable(DomainError):
    """The field has a verb of its own, or does not exist."""

    code = "registry.field_not_correctable"
    message = _(
        "« %(field)s » ne se corrige pas ici : utilisez l’action qui porte ce nom "
        "(changer le rattachement, changer de chef, déclarer un décès…)."
    )


class NothingToCorrect(DomainError):
    """Every value given is the one already in force."""

    code = "registry.nothing_to_correct"
    message = _("Rien à corriger : les valeurs données sont celles du registre.")


class BirthImpossible(DomainError):
    """Nobody can be born then."""

    code = "registry.birth_impossible"
    message = _(
        "Date de naissance impossible : elle doit être passée, vieille de moins de 125 ans, et "
        "aller du plus ancien au plus récent. Si elle est mal connue, donnez une année ou une "
        "période."
    )
    constraints = ("registry_person_birth_in_order", "registry_person_birth_not_in_future")


class PhoneMalformed(DomainError):
    """The text is no telephone number."""

    code = "registry.phone_malformed"
    message = _(
        "Numéro de téléphone illisible : écrivez les 8 chiffres du Mali, ou commencez par + et "
        "l’indicatif pour un autre pays."
    )


class DayInFuture(DomainError):
    """Facts are past."""

    code = "registry.day_in_future"
    message = _("Le %(day)s n’est pas encore arrivé : donnez la date du jour ou une date passée.")


class AnswersWithoutDictionary(DomainError):
    """Answers mean nothing without the dictionary they were given with."""

    code = "registry.answers_without_dictionary"
    message = _("Ces réponses ne disent pas avec quelle version du dictionnaire elles se lisent.")


class PositionOffEarth(DomainError):
    """Coordinates outside the globe."""

    code = "registry.position_off_earth"
    message = _(
        "Position GPS impossible : la longitude va de -180 à 180 et la latitude de -90 à 90. "
        "Vérifiez qu’elles ne sont pas échangées."
    )
    constraints = ("registry_household_position_on_earth",)


# -- Households --------------------------------------------------------------------------------


class HouseholdUnknown(DomainError):
    """The household is not in the zones of the person who acts."""

    code = "registry.household_unknown"
    message = _("Ce ménage n’existe pas, ou n’est pas dans vos zones.")


class HouseholdNotActive(DomainError):
    """A closed household is reopened first."""

    code = "registry.household_not_active"
    message = _("Ce ménage est « %(status)s » : rouvrez-le avant de le modifier.")


class HouseholdActive(DomainError):
    """There is nothing to reopen."""

    code = "registry.household_active"
    message = _("Ce ménage est déjà actif : il n’y a rien à rouvrir.")


class HouseholdMerged(DomainError):
    """A merged household lives on in its survivor."""

    code = "registry.household_merged"
    message = _("Ce ménage a été fusionné : agissez sur le ménage qui le remplace.")
    constraints = ("registry_household_merged_points_to_survivor",)


class HeadNotOne(DomainError):
    """A household has exactly one head."""

    code = "registry.head_not_one"
    message = _(
        "Il faut un chef de ménage et un seul, même absent : désignez-le parmi les membres."
    )
    constraints = (
        "registry_membership_one_head",
        "registry_membership_head_is_called_head",
        "registry_household_has_a_head",
    )


class HouseholdStillHasMembers(DomainError):
    """A closed household has nobody."""

    code = "registry.household_still_has_members"
    message = _("Un ménage dissous ou fusionné n’a plus de membre : retirez-les d’abord.")
    constraints = ("registry_household_closed_is_empty",)


class ZoneNotSettlement(DomainError):
    """Households are attached to a village, quartier or fraction."""

    code = "registry.zone_not_settlement"
    message = _(
        "« %(zone)s » n’est ni un village, ni un quartier, ni une fraction : choisissez le lieu "
        "précis où le ménage est rattaché."
    )


class ZoneClosed(DomainError):
    """The zone no longer exists in the geography in force."""

    code = "registry.zone_closed"
    message = _(
        "« %(zone)s » n’existe plus dans le découpage en vigueur : choisissez la zone qui l’a "
        "remplacée."
    )


class ZoneNotYours(DomainError):
    """The zone lies outside what the person may write."""

    code = "registry.zone_not_yours"
    message = _("« %(zone)s » n’est pas dans vos zones : demandez à qui en est chargé.")


class SameAttachment(DomainError):
    """Nothing of the attachment would change."""

    code = "registry.same_attachment"
    message = _("Le ménage est déjà rattaché à ce lieu, avec la même adresse.")


class CompoundElsewhere(DomainError):
    """A household lives in a compound of its own zone."""

    code = "registry.compound_elsewhere"
    message = _("Cette concession est dans une autre zone : choisissez-en une du même lieu.")


class PlaceNowIsAttachment(DomainError):
    """A place now is somewhere else than the attachment."""

    code = "registry.place_now_is_attachment"
    message = _(
        "Le lieu actuel est le lieu de rattachement : effacez le lieu actuel si le ménage est "
        "rentré."
    )


class NoPlaceNow(DomainError):
    """The household is where it is attached."""

    code = "registry.no_place_now"
    message = _("Ce ménage n’a pas de lieu actuel différent de son rattachement.")


class RegistryNumberRefused(DomainError):
    """The pre-allocated number is malformed or taken."""

    code = "registry.registry_number_refused"
    message = _(
        "Ce numéro RSU est mal formé ou déjà donné : relisez le reçu, ou laissez le registre en "
        "attribuer un."
    )
    constraints = ("registry_household_registry_number_key",)


class DayOutOfOrder(DomainError):
    """A fact would precede what it follows."""

    code = "registry.day_out_of_order"
    message = _(
        "Le %(day)s est trop tôt : cela ne peut pas arriver avant le %(earliest)s. Corrigez "
        "la date."
    )


class DatesOutOfOrder(DomainError):
    """The database refused dates that go backwards."""

    code = "registry.dates_out_of_order"
    message = _("Ces dates se contredisent : une fin vient après son début. Corrigez-les.")
    constraints = (
        "registry_household_dates_in_order",
        "registry_household_active_has_no_end",
        "registry_membership_dates_in_order",
        "registry_compound_dates_in_order",
    )


class SplitEmptiesHousehold(DomainError):
    """Nobody would stay."""

    code = "registry.split_empties_household"
    message = _(
        "Tous les membres partiraient : changez plutôt le rattachement du ménage, il gardera son "
        "numéro."
    )


class SplitTakesHead(DomainError):
    """The head stays, or hands over first."""

    code = "registry.split_takes_head"
    message = _(
        "Le chef de ménage ne peut pas partir avec les autres : changez d’abord de chef, ou faites "
        "partir ceux qui restent."
    )


class NobodyToReturn(DomainError):
    """Reopening would leave the household without its head."""

    code = "registry.nobody_to_return"
    message = _(
        "Le chef de ce ménage est décédé ou vit maintenant ailleurs : dites lequel des anciens "
        "membres sera chef."
    )


class NotOfThisHousehold(DomainError):
    """Respondent and recipient are members, even secondary."""

    code = "registry.not_of_this_household"
    message = _("Cette personne n’est pas membre de ce ménage : ajoutez-la d’abord.")


# -- Persons and memberships -------------------------------------------------------------------


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
    constraints = ("registry_membership_one_principal",)


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


# -- Identifiers -------------------------------------------------------------------------------


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


# -- Documents ---------------------------------------------------------------------------------


class DocumentTooLarge(DomainError):
    """The file is over the limit."""

    code = "registry.document_too_large"
    message = _("Fichier trop lourd : %(limit)s Mo au plus. Réduisez la photo ou le PDF.")


class DocumentUnreadable(DomainError):
    """The bytes are none of the accepted types."""

    code = "registry.document_unreadable"
    message = _(
        "Fichier refusé : seuls une image JPEG, PNG ou WebP lisible, ou un PDF, sont acceptés."
    )


class DocumentRemoved(DomainError):
    """It is removed already."""

    code = "registry.document_removed"
    message = _("Ce document est déjà retiré.")


# -- Undo --------------------------------------------------------------------------------------


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


# -- Search ------------------------------------------------------------------------------------


class SearchTooFast(DomainError):
    """One account searches faster than people do."""

    code = "registry.search_too_fast"
    message = _("Trop de recherches en une minute : attendez un instant, puis recommencez.")
