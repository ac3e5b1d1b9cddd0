"""What a profile may do with the dictionary."""

from django.utils.translation import gettext_lazy as _

from gwa.common.access import Right

RIGHTS = (
    Right(
        "variables.read_dictionary", _("Consulter le dictionnaire des variables"), for_machines=True
    ),
    Right("variables.publish_dictionary", _("Publier et retirer une version du dictionnaire")),
)
