"""What a person may be allowed to do with zones."""

from django.utils.translation import gettext_lazy as _

from gwa.common.access import Right

RIGHTS = (
    Right(
        "zones.read_zones",
        _("Consulter les zones, leurs cartes et leurs chiffres"),
        for_machines=True,
    ),
    Right("zones.manage_zones", _("Créer, renommer et fermer des zones")),
)
