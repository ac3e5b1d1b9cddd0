"""What a profile may be allowed to do in the registry."""

from django.utils.translation import gettext_lazy as _

from gwa.common.access import Right

RIGHTS = (
    Right("registry.search", _("Chercher des ménages et des personnes"), personal=True),
    Right(
        "registry.read_household", _("Lire la page d’un ménage"), personal=True, for_machines=True
    ),
    Right("registry.read_figures", _("Lire les chiffres des zones")),
    Right(
        "registry.read_identifier",
        _("Lire les numéros et les téléphones"),
        personal=True,
        for_machines=True,
    ),
    Right(
        "registry.read_sensitive",
        _("Lire les réponses sensibles"),
        personal=True,
        for_machines=True,
    ),
    Right(
        "registry.read_origin",
        _("Lire l’origine d’un ménage déplacé"),
        personal=True,
        for_machines=True,
    ),
    Right("registry.print_household", _("Imprimer la fiche d’un ménage"), personal=True),
    Right("registry.register_household", _("Enregistrer un ménage"), for_machines=True),
    Right("registry.correct_household", _("Corriger un ménage ou une personne"), for_machines=True),
    Right("registry.change_attachment", _("Changer le rattachement ou le lieu d’un ménage")),
    Right(
        "registry.change_members", _("Ajouter, retirer ou déplacer des membres"), for_machines=True
    ),
    Right("registry.close_household", _("Fermer, diviser ou rouvrir un ménage")),
    Right("registry.set_identifier", _("Saisir et vérifier des numéros"), for_machines=True),
    Right("registry.attach_document", _("Joindre ou retirer un document")),
    Right("registry.undo_change", _("Annuler la dernière modification d’un ménage")),
)
