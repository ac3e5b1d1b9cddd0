"""What a profile may do with the dictionary."""

from django.utils.translation import gettext_lazy as _

from gwa.common.access import Right

RIGHTS = (
    Right("variables.read", _("Consulter le dictionnaire des variables")),
    Right("variables.publish", _("Publier et retirer une version du dictionnaire")),
)
