"""What the registry's actions are called in the journal and in the story of a household."""

from django.utils.translation import gettext_lazy as _

from gwa.journal.events import Subject
from gwa.registry.rules.numbers import show_number

EVENTS = {
    "registry.household_registered": _("Ménage enregistré"),
    "registry.household_corrected": _("Ménage corrigé"),
    "registry.attachment_changed": _("Rattachement ou adresse changés"),
    "registry.household_left_zone": _("Ménage rattaché à une autre zone"),
    "registry.place_now_set": _("Lieu actuel indiqué"),
    "registry.place_now_cleared": _("Retour au lieu de rattachement"),
    "registry.origin_set": _("Lieu d’origine indiqué"),
    "registry.compound_opened": _("Concession ajoutée"),
    "registry.household_split": _("Ménage divisé"),
    "registry.household_moved": _("Ménage parti"),
    "registry.household_dissolved": _("Ménage dissous"),
    "registry.household_reopened": _("Ménage rouvert"),
    "registry.respondent_set": _("Répondant désigné"),
    "registry.recipient_set": _("Bénéficiaire du versement désigné"),
    "registry.person_corrected": _("Personne corrigée"),
    "registry.person_deceased": _("Décès déclaré"),
    "registry.death_withdrawn": _("Déclaration de décès retirée"),
    "registry.member_added": _("Membre ajouté"),
    "registry.member_removed": _("Membre retiré"),
    "registry.member_moved": _("Membre passé dans un autre ménage"),
    "registry.head_changed": _("Chef de ménage changé"),
    "registry.membership_corrected": _("Lien avec le chef corrigé"),
    "registry.principal_chosen": _("Ménage principal choisi"),
    "registry.identifier_set": _("Numéro saisi"),
    "registry.identifier_claimed": _("Numéro réclamé, déjà porté par une autre personne"),
    "registry.identifier_verified": _("Numéro vérifié"),
    "registry.identifier_ended": _("Numéro retiré"),
    "registry.document_attached": _("Document joint"),
    "registry.document_removed": _("Document retiré"),
    "registry.household_erased": _("Ménage et ses membres effacés du registre"),
    "registry.data_key_given_up": _("Clé de données perdue, abandonnée"),
    "registry.change_undone": _("Modification annulée"),
    "registry.searched": _("Recherche de ménages"),
    "registry.claims_read": _("Numéros réclamés lus"),
    "registry.household_printed": _("Fiche de ménage imprimée"),
    "registry.person_read": _("Page d’une personne lue"),
    "registry.identifier_shown": _("Numéro affiché en clair"),
    "registry.phone_shown": _("Téléphone affiché en clair"),
    "registry.document_read": _("Document ouvert"),
    "registry.household_read": _("Page du ménage lue"),
    "registry.households_listed": _("Ménages lus par une machine"),
    "registry.persons_listed": _("Personnes lues par une machine"),
    "registry.memberships_listed": _("Appartenances lues par une machine"),
    "registry.membership_read": _("Appartenance lue"),
}
SUBJECTS = {
    "registry.household": Subject(_("Ménage"), "registry_number", show_number),
    "registry.person": Subject(_("Personne")),
    "registry.membership": Subject(_("Appartenance à un ménage")),
    "registry.compound": Subject(_("Concession")),
}
