"""Every refusal of this module."""

from django.utils.translation import gettext_lazy as _

from gwa.common.errors import DomainError


class UnknownRight(DomainError):
    code = "accounts.unknown_right"
    message = _("Le programme ne connaît pas ces droits : %(rights)s. Corrigez leur nom.")


class OwnAccount(DomainError):
    code = "accounts.own_account"
    message = _(
        "On ne change pas soi-même son profil, ses zones ou son compte : demandez à un autre "
        "administrateur."
    )


class LastAdministrator(DomainError):
    code = "accounts.last_administrator"
    message = _(
        "Plus personne ne pourrait gérer les comptes. Donnez d’abord ce droit à quelqu’un d’autre."
    )


class OutsideOwnZones(DomainError):
    code = "accounts.outside_own_zones"
    message = _(
        "Ce compte dépasse vos propres zones : seul un administrateur national peut le gérer."
    )


class NeedsZones(DomainError):
    code = "accounts.needs_zones"
    message = _("Le profil « %(profile)s » travaille dans des zones : choisissez-en au moins une.")


class NameTaken(DomainError):
    code = "accounts.name_taken"
    message = _(
        "Ce nom d’utilisateur ou cette adresse a déjà un compte. Cherchez-le dans la liste."
    )


class InvitationOver(DomainError):
    code = "accounts.invitation_over"
    message = _(
        "Cette invitation n’est plus valable : elle a servi, expiré ou été remplacée. Demandez-en "
        "une autre à l’administrateur."
    )


class AlreadyJoined(DomainError):
    code = "accounts.already_joined"
    message = _("Cette personne a déjà choisi son mot de passe ; elle peut le changer elle-même.")


class ProfileInUse(DomainError):
    code = "accounts.profile_in_use"
    message = _("Des comptes portent ce profil : donnez-leur-en un autre avant de le supprimer.")


class CodeTaken(DomainError):
    code = "accounts.code_taken"
    message = _("Un profil porte déjà ce nom ; choisissez-en un autre.")


class MachineRevoked(DomainError):
    code = "accounts.machine_revoked"
    message = _("Cette machine est révoquée, pour de bon : ouvrez-en une autre.")


class MachineWithoutRight(DomainError):
    code = "accounts.machine_without_right"
    message = _("Cochez au moins un droit : une machine sans droit ne sert à rien.")


class MachineWithoutZone(DomainError):
    code = "accounts.machine_without_zone"
    message = _("Choisissez les zones que la machine peut voir, ou cochez « tout le pays ».")


class OverlapRefused(DomainError):
    code = "accounts.overlap_refused"
    message = _("L’ancien secret peut valoir encore 0, 1, 7 ou 30 jours : choisissez.")
