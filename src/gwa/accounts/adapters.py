"""How allauth is made ours: journal lines, mails sent by the worker, secrets sealed."""

import base64
import time
import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from gwa.accounts.models import User
from gwa.common.crypto import seal, unseal
from gwa.journal.actions import record
from gwa.journal.models import Actor


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in and passwords."""

    error_messages = {  # noqa: RUF012 (as allauth declares it)
        **DefaultAccountAdapter.error_messages,
        # The words of the boxes above, and the same ones whether a name or an address was typed.
        **dict.fromkeys(
            ("username_password_mismatch", "email_password_mismatch"),
            _("Identifiant ou mot de passe incorrect."),
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody opens an account alone."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Open the session; Django gives it a new number here."""
        super().login(request, user)
        request.session["started_at"] = request.session["seen_at"] = time.time()
        record("accounts.signed_in", actor=actor_for(user), subject=user)

    def logout(self, request: HttpRequest) -> None:
        """Close the session."""
        user = request.user
        if isinstance(user, User):
            record("accounts.signed_out", actor=actor_for(user), subject=user)
        super().logout(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ANN401
        """Count the attempt; leave a line where there are too many."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            self._record_failure("accounts.sign_in_throttled", credentials)
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ANN401
        """Leave a line of the failed attempt."""
        self._record_failure("accounts.sign_in_failed", credentials)

    def _record_failure(self, what: str, credentials: dict[str, Any]) -> None:
        # What was typed is not kept: people type their password in the wrong box.
        name = credentials.get("username") or credentials.get("email") or ""
        user = (
            User.objects.filter(username__iexact=name).first()
            or User.objects.filter(email__iexact=name).first()
        )
        record(what, actor=Actor(label="anonyme"), subject=user)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Let the worker write and send it: the answer takes as long for an unknown address."""
        if user.is_active and user.joined_at is not None:
            app.configure_task("accounts.send_password_reset").defer(
                user_id=user.pk, base_url=self.request.build_absolute_uri("/")
            )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the person by mail that the account's protection changed."""
        app.configure_task("accounts.send_notice").defer(
            user_id=user.pk, template=template_prefix.rpartition("/")[2]
        )


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors; their secrets are sealed in the database."""

    def encrypt(self, text: str) -> str:
        return base64.b64encode(seal(text, **_SECRET)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(base64.b64decode(encrypted_text), **_SECRET)


# allauth does not say whose secret it seals: the cell is bound to the table, not to the row.
_SECRET: dict[str, Any] = {"table": "mfa_authenticator", "column": "data", "row": uuid.UUID(int=0)}


def actor_for(user: User) -> Actor:
    """Return the person as the actor of what they do to their own account."""
    return Actor(label=user.username, user_id=user.pk)
