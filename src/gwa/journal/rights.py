"""What a profile may be allowed to do with the journal."""

from django.utils.translation import gettext_lazy as _

from gwa.common.access import Right

RIGHTS = (Right("journal.read_journal", _("Lire le journal de toutes les actions")),)
