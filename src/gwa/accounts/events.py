"""What each action on accounts is called in words."""

from django.utils.translation import gettext_lazy as _

from gwa.journal.events import Subject

EVENTS = {
    "accounts.access_refused": _("Page refusée faute de droit"),
    "accounts.signed_in": _("Connexion"),
    "accounts.signed_out": _("Déconnexion"),
    "accounts.sign_in_failed": _("Connexion manquée"),
    "accounts.sign_in_throttled": _("Connexion retenue : trop d’essais"),
    "accounts.second_factor_failed": _("Second facteur manqué"),
    "accounts.second_factor_added": _("Second facteur ajouté"),
    "accounts.second_factor_removed": _("Second facteur retiré"),
    "accounts.second_factor_reset": _("Compte remis à l’invitation"),
    "accounts.recovery_codes_renewed": _("Codes de secours refaits"),
    "accounts.password_changed": _("Mot de passe changé"),
    "accounts.password_reset": _("Mot de passe oublié, choisi de nouveau"),
    "accounts.invited": _("Compte ouvert sur invitation"),
    "accounts.invited_again": _("Invitation renvoyée"),
    "accounts.joined": _("Invitation acceptée"),
    "accounts.changed": _("Compte modifié"),
    "accounts.disabled": _("Compte désactivé"),
    "accounts.enabled": _("Compte réactivé"),
    "accounts.sessions_ended": _("Sessions fermées"),
    "accounts.organisation_added": _("Organisation ajoutée"),
    "accounts.organisation_changed": _("Organisation modifiée"),
    "accounts.profiles_loaded": _("Profils livrés mis à jour"),
    "accounts.profile_created": _("Profil créé"),
    "accounts.profile_composed": _("Profil composé"),
    "accounts.profile_deleted": _("Profil supprimé"),
    "accounts.machine_opened": _("API ouverte à une machine"),
    "accounts.machine_changed": _("Machine modifiée"),
    "accounts.secret_rotated": _("Secret d’une machine renouvelé"),
    "accounts.machine_revoked": _("Machine révoquée"),
    "accounts.token_issued": _("Jeton donné à une machine"),
    "accounts.token_refused": _("Jeton refusé à une machine"),
    "accounts.call_refused": _("Appel d’une machine refusé"),
    "accounts.call_repeated": _("Appel d’une machine répété, fait une seule fois"),
    "accounts.demo_created": _("Comptes de démonstration créés"),
}
SUBJECTS = {
    "accounts.user": Subject(_("Compte"), "full_name"),
    "accounts.profile": Subject(_("Profil"), "name"),
    "accounts.organisation": Subject(_("Organisation"), "name"),
    "accounts.machine": Subject(_("Machine"), "name"),
}
