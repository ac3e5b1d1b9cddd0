"""The token endpoint: a machine shows its secret and receives an hour's token."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from ninja import Router

from gwa.accounts.schemas import TokenOut, TokenRefused, TokenRequest
from gwa.accounts.throttling import (
    FAILURES_BY_ADDRESS,
    TOKENS_BY_ADDRESS,
    TOKENS_BY_MACHINE,
    WINDOW,
    count_call,
    is_over,
)
from gwa.accounts.tokens import answer_token_request
from gwa.common.api.errors import TooManyCalls
from gwa.journal.actions import record
from gwa.journal.models import Actor

FORM = "application/x-www-form-urlencoded"
_ASKED = TokenRequest.model_json_schema()
router = Router(tags=["token"])


@router.post(
    "/token",
    auth=None,
    response={200: TokenOut, 400: TokenRefused, 401: TokenRefused},
    # oauthlib reads the form: what it takes is said here for the document.
    openapi_extra={"requestBody": {"required": True, "content": {FORM: {"schema": _ASKED}}}},
)
def give_token(request: HttpRequest) -> HttpResponse:
    """Give a token to a machine that shows its secret (OAuth 2, client credentials)."""
    address = _address_of(request)
    failures = f"token failures:{address}"[:80]
    count_call(f"token:{address}"[:80], most=TOKENS_BY_ADDRESS)
    if is_over(failures, most=FAILURES_BY_ADDRESS):
        raise TooManyCalls(seconds=int(WINDOW.total_seconds()))
    given = answer_token_request(
        request.build_absolute_uri(),
        request.body.decode(errors="replace"),
        request.headers.get("Authorization", ""),
    )
    if given.machine is None:
        count_call(failures, most=FAILURES_BY_ADDRESS)
        record(
            "accounts.token_refused",
            actor=Actor(label="anonyme", request_id=request.actor.request_id),  # type: ignore[attr-defined]
            data={"status": given.status},
        )
    else:
        count_call(f"token:{given.machine.pk}", most=TOKENS_BY_MACHINE)
        actor = Actor(label=given.machine.label, request_id=request.actor.request_id)  # type: ignore[attr-defined]
        record("accounts.token_issued", actor=actor, subject=given.machine)
    answer = HttpResponse(given.body, status=given.status, content_type="application/json")
    for name, value in given.headers.items():
        if name not in ("Content-Type", "Cache-Control", "Pragma"):
            answer[name] = value
    return answer


def _address_of(request: HttpRequest) -> str:
    """Return where the call comes from, as far as the proxies say; all others share one count."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return "unknown"
