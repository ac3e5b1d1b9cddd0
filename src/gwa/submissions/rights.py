"""What a profile may be allowed to do with interviews."""

from django.utils.translation import gettext_lazy as _

from gwa.common.access import Right

RIGHTS = (
    Right("submissions.send", _("Envoyer des entretiens depuis un téléphone"), personal=True),
    Right("submissions.read", _("Consulter les entretiens reçus"), personal=True),
    Right("submissions.settle", _("Régler les entretiens en attente"), personal=True),
    Right("submissions.manage_devices", _("Inscrire et révoquer les téléphones")),
)
