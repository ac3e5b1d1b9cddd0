"""Recovery codes as they are kept: shown once, and from then on only recognised.

allauth keeps the seed of the codes for as long as they last. Here the seed goes when its owner has
seen the codes; what stays of each is an Argon2 hash, sealed, because eight figures are few enough
to be tried one by one by whoever takes the table away.
"""

import time

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal import auth, flows
from allauth.mfa.utils import decrypt, encrypt
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

HASHES = "hashes"


class HashedCodes(auth.RecoveryCodes):  # type: ignore[misc]
    """The codes of one person, one hash each; a used one is taken out."""

    instance: Authenticator
    _shown: list[str] | None = None

    def mark_as_viewed(self) -> None:
        """Keep hashes in the seed's stead; the page that is being made still has the codes."""
        if not self.did_view:
            self._shown = self.generate_codes()
            hashes = [encrypt(make_password(code)) for code in self._shown]
            self.instance.data = {HASHES: hashes, "viewed_at": time.time()}
            self.instance.save(update_fields=["data"])

    def get_unused_codes(self) -> list[str]:
        """Return the codes where they are still to be shown; afterwards only as many blanks."""
        if self._shown is not None:
            return self._shown
        if HASHES not in self.instance.data:
            return list(super().get_unused_codes())
        return ["·" * app_settings.RECOVERY_CODE_DIGITS for _ in self.instance.data[HASHES]]

    @transaction.atomic
    def validate_code(self, code: str) -> bool:
        """Tell whether it is one of the codes left, and take it out."""
        if HASHES not in self.instance.data:
            return bool(super().validate_code(code))
        code = "".join(filter(str.isdigit, code))
        if len(code) != app_settings.RECOVERY_CODE_DIGITS:  # a code of the app: nothing to hash
            return False
        self.instance = Authenticator.objects.select_for_update().get(pk=self.instance.pk)
        for kept in self.instance.data[HASHES]:
            if check_password(code, decrypt(kept)):
                self.instance.data[HASHES].remove(kept)
                self.instance.save(update_fields=["data"])
                return True
        return False


def connect() -> None:
    """Put ours in the place of allauth's, which names its class in these two modules alone."""
    auth.RecoveryCodes = flows.RecoveryCodes = HashedCodes
