"""One request, one transaction, one zone scope; and the end of sessions."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gwa.accounts.access import check_access
from gwa.accounts.models import User
from gwa.common.access import access_needed
from gwa.common.ids import new_id
from gwa.common.scope import scoped
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


class ScopeMiddleware:
    """Tell PostgreSQL which zones this person may see, for the length of the request.

    Innermost of all, so that views and template rendering run inside the transaction. A failed
    request leaves nothing half-written.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user if isinstance(request.user, User) else None
        request.actor = Actor(  # type: ignore[attr-defined]
            label=user.username if user else "anonyme",
            user_id=user.pk if user else None,
            request_id=new_id(),
        )
        with transaction.atomic():
            with scoped(user.scope_paths() if user else []):
                response = self.get_response(request)
            # After the scope is put back: a transaction marked for rollback takes no statement.
            if response.status_code >= 500 or getattr(request, "has_failed", False):
                transaction.set_rollback(True)
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
