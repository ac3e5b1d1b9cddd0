"""What a profile may be allowed to do with snapshots."""

from django.utils.translation import gettext_lazy as _

from gwa.common.access import Right

RIGHTS = (
    Right("snapshots.read_snapshots", _("Voir les instantanés d’analyse")),
    Right("snapshots.take_snapshot", _("Prendre un instantané d’analyse")),
)
