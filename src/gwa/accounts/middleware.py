"""One request, one transaction, one zone scope."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from gwa.accounts.access import check_access
from gwa.accounts.models import User
from gwa.common.access import access_needed
from gwa.common.ids import new_id
from gwa.common.scope import scoped
from gwa.journal.models import Actor


class ScopeMiddleware:
    """Tell PostgreSQL which zones this person may see, for the length of the request.

    Innermost of all, so that views and template rendering run inside the transaction. A failed
    request leaves nothing half-written.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        is_person = isinstance(user, User)
        request.actor = Actor(  # type: ignore[attr-defined]
            label=user.username if is_person else "anonyme",
            user_id=user.pk if is_person else None,
            request_id=new_id(),
        )
        with transaction.atomic(), scoped(user.scope_paths() if is_person else []):
            response = self.get_response(request)
            if response.status_code >= 500:
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
        transaction.set_rollback(True)
