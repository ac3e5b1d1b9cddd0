"""Why a snapshot is refused."""

from django.utils.translation import gettext_lazy as _

from gwa.common.errors import DomainError


class SnapshotRunning(DomainError):
    """One is being taken already."""

    code = "snapshots.running"
    message = _("Un instantané est déjà en cours : attendez qu’il soit prêt, il servira aussi.")


class NoSnapshot(DomainError):
    """Nothing has been taken yet."""

    code = "snapshots.none"
    message = _(
        "Aucun instantané n’est prêt : prenez-en un sur l’écran des instantanés, ou par "
        "« ./gwa snapshot »."
    )
