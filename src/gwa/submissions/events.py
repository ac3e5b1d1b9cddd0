"""What the actions on interviews are called in the journal."""

from django.utils.translation import gettext_lazy as _

from gwa.journal.events import Subject

EVENTS = {
    "submissions.device_enrolled": _("Téléphone inscrit"),
    "submissions.device_revoked": _("Téléphone révoqué"),
    "submissions.device_bound": _("Téléphone ouvert avec Gwa Collecte"),
    "submissions.device_signed_in": _("Connexion depuis un téléphone déjà inscrit"),
    "submissions.device_unlocked": _("Téléphone déverrouillé au bureau"),
    "submissions.device_answered": _("Code de déverrouillage donné de vive voix"),
    "submissions.seal_key_made": _("Clé de scellement créée"),
    "submissions.draftcopy_read": _("Copie d’un entretien en cours lue"),
    "submissions.draft_kept": _("Copie d’un entretien en cours reçue"),
    "submissions.list_fetched": _("Liste de ménages ou de personnes prise par un téléphone"),
    "submissions.received": _("Entretien reçu"),
    "submissions.sent_again": _("Entretien envoyé de nouveau, ou ses photos"),
    "submissions.accepted": _("Entretien entré au registre"),
    "submissions.warned": _("Entretien entré au registre avec des remarques"),
    "submissions.nobody": _("Visite sans inscription"),
    "submissions.put_back": _("Entretien remis en route"),
    "submissions.conflict_settled": _("Conflit d’un entretien réglé"),
    "submissions.refused": _("Entretien refusé"),
    "submissions.waiting": _("Entretien mis en attente d’une personne"),
}
SUBJECTS = {
    "submissions.device": Subject(_("Téléphone"), "name"),
    "submissions.draftcopy": Subject(_("Entretien en cours")),
    "submissions.sealkey": Subject(_("Clé de scellement"), "kid"),
    "submissions.submission": Subject(_("Entretien")),
}
