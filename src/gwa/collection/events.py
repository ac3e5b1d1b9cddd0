"""What the actions on imports are called in the journal."""

from django.utils.translation import gettext_lazy as _

from gwa.journal.events import Subject

EVENTS = {
    "collection.data_source_added": _("Source ajoutée au registre des sources"),
    "collection.data_source_corrected": _("Source corrigée au registre des sources"),
    "collection.import_uploaded": _("Fichier déposé pour un import"),
    "collection.import_prepared": _("Colonnes et options d’un import choisies"),
    "collection.import_discarded": _("Import abandonné avant d’être lancé"),
    "collection.import_started": _("Import lancé"),
    "collection.import_done": _("Import terminé"),
    "collection.import_failed": _("Import interrompu par une erreur"),
    "collection.import_cancelled": _("Import arrêté"),
    "collection.import_resumed": _("Import continué"),
    "collection.import_taken_back": _("Import entier retiré du registre"),
    "collection.import_files_removed": _("Fichiers et lignes refusées d’un import effacés"),
    "collection.mapping_saved": _("Correspondance de colonnes gardée"),
    "collection.mapping_removed": _("Correspondance de colonnes supprimée"),
    "collection.import_read": _("Avancement d’un import lu par une machine"),
    "collection.imports_listed": _("Imports lus par une machine"),
    "collection.refused_lines_read": _("Lignes refusées d’un import lues"),
    "collection.paper_forms_printed": _("Fiches papier numérotées imprimées"),
    "collection.paper_form_keyed_again": _("Fiche papier saisie une seconde fois"),
    "collection.registered_at_desk": _("Ménage enregistré au guichet"),
    "collection.desk_sent_again": _("Saisie du guichet envoyée une seconde fois : rien de nouveau"),
}
SUBJECTS = {
    "collection.import": Subject(_("Import")),
    "collection.datasource": Subject(_("Source"), "name"),
    "collection.savedmapping": Subject(_("Colonnes enregistrées"), "name"),
}
