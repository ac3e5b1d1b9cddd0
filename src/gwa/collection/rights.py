"""What a profile may be allowed to do with what comes in."""

from django.utils.translation import gettext_lazy as _

from gwa.common.access import Right

RIGHTS = (
    Right(
        "collection.import", _("Importer des fichiers de ménages"), personal=True, for_machines=True
    ),
    Right("collection.take_back", _("Retirer un import entier du registre"), personal=True),
    Right("collection.read_sources", _("Consulter le registre des sources")),
    Right("collection.manage_sources", _("Tenir le registre des sources")),
)
