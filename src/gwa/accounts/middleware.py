"""One request, one transaction, one zone scope; the end of sessions; who calls the API."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gwa.accounts.access import check_access
from gwa.accounts.models import Machine, User
from gwa.accounts.throttling import count_call
from gwa.accounts.tokens import machine_of
from gwa.common.access import PUBLIC, access_needed
from gwa.common.api.errors import TooManyCalls
from gwa.common.api.middleware import PREFIX
from gwa.common.api.problems import SEEN, refuse
from gwa.common.ids import new_id
from gwa.common.scope import scoped
from gwa.journal.actions import record
from gwa.journal.models import Actor

# Activity is noted once a minute, not at each request: one write less for most pages.
_NOTED_EVERY = 60


class SessionLifetimeMiddleware:
    """End a session left alone, and any session at the end of the working day."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now, session = time.time(), request.session
            started = session.setdefault("started_at", now)
            seen = session.setdefault("seen_at", now)
            if (
                now - seen > settings.SESSION_IDLE_SECONDS
                or now - started > settings.SESSION_ABSOLUTE_SECONDS
            ):
                logout(request)
                messages.info(request, _("Votre session a pris fin : connectez-vous de nouveau."))
            elif now - seen > _NOTED_EVERY:
                session["seen_at"] = now
        return self.get_response(request)


class MachineMiddleware:
    """Find the machine that calls the API by its token. Nobody else is known there.

    Outside the transaction of the request, so that counting its calls holds nothing up.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        request.user = AnonymousUser()
        scheme, _sep, token = request.headers.get("Authorization", "").partition(" ")
        machine = machine_of(token.strip()) if scheme.lower() == "bearer" else None
        request.machine = machine  # type: ignore[attr-defined]
        if machine is not None:
            try:
                count_call(f"machine:{machine.pk}", most=machine.calls_per_minute)
            except TooManyCalls as refusal:
                return refuse(request, refusal)
        return self.get_response(request)


class ScopeMiddleware:
    """Tell PostgreSQL which zones this person or machine may see, for the length of the request.

    Innermost of all, so that views and template rendering run inside the transaction. A failed
    request leaves nothing half-written.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        caller = _caller_of(request)
        request.actor = Actor(  # type: ignore[attr-defined]
            label=_name_of(caller),
            user_id=caller.pk if isinstance(caller, User) else None,
            request_id=getattr(request, "request_id", None) or new_id(),
        )
        with transaction.atomic():
            with scoped(caller.scope_paths() if caller else []):
                response = self.get_response(request)
                _note_refused_call(request, caller)
            # After the scope is put back: a transaction marked for rollback takes no statement.
            if response.status_code >= 500 or getattr(request, "has_failed", False):
                transaction.set_rollback(True)
        _keep_nowhere(request, response)
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> HttpResponse | None:
        """Open the door of the route, or answer in its stead."""
        return check_access(request, access_needed(view))

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Keep nothing of a view that stopped half-way, also where the answer is a polite one."""
        request.has_failed = True  # type: ignore[attr-defined]


def _keep_nowhere(request: HttpRequest, response: HttpResponse) -> None:
    """Let no cache keep what is shown behind a door: the next person at this computer goes back.

    A view that says otherwise is left its word (the outlines of zones).
    """
    match = request.resolver_match
    if match is not None and access_needed(match.func) != PUBLIC:
        response.setdefault("Cache-Control", "no-store, private")


def _caller_of(request: HttpRequest) -> User | Machine | None:
    machine: Machine | None = getattr(request, "machine", None)
    if machine is not None:
        return machine
    return request.user if isinstance(request.user, User) else None


def _name_of(caller: User | Machine | None) -> str:
    if caller is None:
        return "anonyme"
    return caller.label if isinstance(caller, Machine) else caller.username


def _note_refused_call(request: HttpRequest, caller: User | Machine | None) -> None:
    """Leave the line of a machine's call that was refused; what was done left its own."""
    refused = getattr(request, SEEN, None)
    if not isinstance(caller, Machine) or refused is None or refused[0] >= 500:
        return
    match = request.resolver_match
    record(
        "accounts.call_refused",
        actor=request.actor,  # type: ignore[attr-defined]
        data={
            "method": request.method,
            "route": match.view_name if match else "",
            "status": refused[0],
            "code": refused[1],
        },
    )
