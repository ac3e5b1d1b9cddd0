# ruff: noqa: ANN401 (oauthlib's own signatures)
"""Access tokens of machines: OAuth 2 client credentials (RFC 6749 §4.4), bearer tokens (RFC 6750).

oauthlib reads the request and words the answers of the protocol; here is what it cannot know: which
machine holds which secret. Secrets and tokens are 256 random bits, kept as SHA-256.
"""

import base64
import binascii
import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus

from django.db.models import Q
from django.utils import timezone
from oauthlib.common import Request
from oauthlib.oauth2 import BackendApplicationServer, RequestValidator

from gwa.accounts.models import Machine, MachineSecret, MachineToken

LIFETIME = dt.timedelta(hours=1)
_NOTED_EVERY = dt.timedelta(minutes=1)


def fingerprint(secret: str) -> bytes:
    """Return what is kept of a secret or a token."""
    return hashlib.sha256(secret.encode()).digest()


def make_secret() -> str:
    """Return 256 random bits as text."""
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class TokenAnswer:
    """What the token endpoint answers, in the protocol's own words."""

    status: int
    body: str
    headers: dict[str, str]
    machine: Machine | None
    client_id: str


class _Machines(RequestValidator):  # type: ignore[misc]
    """Tells oauthlib of our machines."""

    def authenticate_client(self, request: Request, *args: Any, **kwargs: Any) -> bool:
        request.claimed_id, secret = credentials_of(request)
        request.client = find_machine(request.claimed_id, secret)
        return request.client is not None

    def validate_grant_type(
        self,
        client_id: str,
        grant_type: str,
        client: Machine,
        request: Request,
        *args: Any,
        **kwargs: Any,
    ) -> bool:
        return grant_type == "client_credentials"

    def get_default_scopes(
        self,
        client_id: str,
        request: Request,
        *args: Any,
        **kwargs: Any,
    ) -> list[str]:
        return list(request.client.rights)

    def validate_scopes(
        self,
        client_id: str,
        scopes: list[str],
        client: Machine,
        request: Request,
        *args: Any,
        **kwargs: Any,
    ) -> bool:
        return set(scopes) <= set(client.rights)

    def save_bearer_token(
        self,
        token: dict[str, Any],
        request: Request,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        MachineToken.objects.create(
            digest=fingerprint(token["access_token"]),
            machine=request.client,
            scopes=request.scopes,
            expires_at=timezone.now() + LIFETIME,
        )


def credentials_of(request: Request) -> tuple[str, str]:
    """Return the identifier and the secret, from the header (RFC 6749 §2.3.1) or the body."""
    scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            text = base64.b64decode(encoded, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return "", ""
        name, _, secret = text.partition(":")
        return unquote_plus(name), unquote_plus(secret)
    return request.client_id or "", request.client_secret or ""


def find_machine(client_id: str, secret: str) -> Machine | None:
    """Return the machine in service that holds this secret."""
    now = timezone.now()
    found = (
        MachineSecret.objects.select_related("machine")
        .filter(digest=fingerprint(secret), machine__revoked_at__isnull=True)
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gt=now))
        .first()
    )
    # The fingerprint is looked up whole, so that timing tells nothing of the secret.
    return found.machine if found is not None and found.machine.client_id == client_id else None


_SERVER = BackendApplicationServer(
    _Machines(),
    token_generator=lambda request: make_secret(),
    token_expires_in=int(LIFETIME.total_seconds()),
)


def answer_token_request(uri: str, body: str, authorization: str) -> TokenAnswer:
    """Give a token to a machine that shows its secret, or say why not."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    if authorization:
        headers["Authorization"] = authorization
    try:
        asked = Request(uri, "POST", body, headers)
    except ValueError:  # a body that is no form
        asked, body = Request(uri, "POST", "", headers), ""
    client_id, secret = credentials_of(asked)
    answer_headers, answer_body, status = _SERVER.create_token_response(uri, "POST", body, headers)
    machine = find_machine(client_id, secret) if status == 200 else None
    return TokenAnswer(status, answer_body, dict(answer_headers), machine, client_id)


def machine_of(token: str) -> Machine | None:
    """Return the machine in service that holds this token, and note that it was used.

    Read anew at each call: a machine that is revoked, or loses a right, loses it at once.
    """
    now = timezone.now()
    found = (
        MachineToken.objects.select_related("machine", "machine__organisation")
        .filter(digest=fingerprint(token), expires_at__gt=now, machine__revoked_at__isnull=True)
        .first()
    )
    if found is None:
        return None
    machine = found.machine
    # A token narrower than its machine opens only what it was asked for.
    machine.rights = [right for right in machine.rights if right in found.scopes]
    if machine.last_used_at is None or now - machine.last_used_at > _NOTED_EVERY:
        Machine.objects.filter(pk=machine.pk).update(last_used_at=now)
    return machine
