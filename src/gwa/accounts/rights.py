"""Rights are named verbs. Each module lists its own in `rights.py`; profiles are sets of them."""

from django.utils.translation import gettext_lazy as _

from gwa.common.access import Right, all_rights

RIGHTS = (
    Right("accounts.manage_accounts", _("Inviter, modifier et désactiver des comptes")),
    Right("accounts.manage_profiles", _("Composer les profils et leurs droits")),
    Right(
        "accounts.manage_machines", _("Ouvrir, modifier et révoquer les machines des partenaires")
    ),
)


def rights_of_machines() -> dict[str, Right]:
    """The rights that an administrator may give to a machine: what the API asks, and no other."""
    return {code: right for code, right in all_rights().items() if right.for_machines}
