"""Rights are named verbs. Each module lists its own in `rights.py`; profiles are sets of them."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from gwa.common.access import Right

RIGHTS = (
    Right("accounts.manage_accounts", _("Inviter, modifier et désactiver des comptes")),
    Right("accounts.manage_profiles", _("Composer les profils et leurs droits")),
    Right(
        "accounts.manage_machines", _("Ouvrir, modifier et révoquer les machines des partenaires")
    ),
)


@cache
def all_rights() -> dict[str, Right]:
    """Every right of the program by code, module by module."""
    rights: dict[str, Right] = {}
    for module in settings.MODULES:
        if find_spec(f"{module}.rights") is not None:
            for right in import_module(f"{module}.rights").RIGHTS:
                if right.code in rights:
                    raise ValueError(f"two rights are called {right.code}")
                rights[right.code] = right
    return rights


def rights_of_machines() -> dict[str, Right]:
    """The rights that an administrator may give to a machine: what the API asks, and no other."""
    return {code: right for code, right in all_rights().items() if right.for_machines}
