"""What a profile may be allowed to do with exports."""

from django.utils.translation import gettext_lazy as _

from gwa.common.access import Right

EXPORT = "exports.export"
RIGHTS = (Right(EXPORT, _("Exporter des ménages et des personnes"), personal=True),)
