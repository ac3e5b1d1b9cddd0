"""Refusals about households."""

from django.utils.translation import gettext_lazy as _

from gwa.common.errors import DomainError


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
