"""How passwords are kept, and which are refused. No rule of composition, no forced change.

The list is offline: the 20,000 commonest of Django (from public leaks), and words a stranger would
try here. A list alone would miss nearly every password of 12 signs, so its variations are refused
too (`rules.is_guessable`).
"""

import gzip
from functools import cache
from pathlib import Path

from django.contrib.auth import password_validation
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gwa.accounts import rules
from gwa.accounts.models import User

LOCAL_WORDS = Path(__file__).with_name("local_passwords.txt")


class Argon2(Argon2PasswordHasher):
    """Argon2id at 46 MiB: above OWASP's floor (19 MiB, 2 passes), and eight sign-ins at once stay
    under 400 MB, where Django's default would take 800.
    """

    time_cost = 2
    memory_cost = 47_104
    parallelism = 1


@cache
def common_passwords() -> frozenset[str]:
    """Read both lists once."""
    shipped = Path(password_validation.__file__).with_name("common-passwords.txt.gz")
    words = gzip.decompress(shipped.read_bytes()).decode().split()
    local = LOCAL_WORDS.read_text(encoding="utf-8").split()
    return frozenset(word for word in {*words, *local} if len(word) > 2)


class GuessableValidator:
    """Refuse what a stranger would try first."""

    def validate(self, password: str, user: User | None = None) -> None:
        own = [user.username, user.full_name, user.email] if user is not None else []
        if rules.is_guessable(password, common_passwords(), own):
            raise ValidationError(
                _(
                    "Ce mot de passe est parmi les premiers qu’un inconnu essaierait. Prenez "
                    "plutôt quatre mots sans lien entre eux."
                ),
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        return _("Quatre mots sans lien entre eux font un bon mot de passe.")
