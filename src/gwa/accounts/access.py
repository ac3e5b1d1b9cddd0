"""The door of every route: who is let in, and what the others are told.

A view says what it asks with the marks of `gwa.common.access`; the middleware calls `check_access`
before every view, so that a view that forgets to ask is closed, not open.
"""

import datetime as dt
import logging
from dataclasses import replace

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from gwa.accounts.models import User
from gwa.common.access import DEVICE, MACHINE, PUBLIC, SIGNED_IN, all_rights
from gwa.common.api.errors import NotSignedIn
from gwa.common.api.problems import refuse as refuse_call
from gwa.journal.actions import record
from gwa.journal.models import Actor, Entry

# A recovery code alone is no second factor: it stands in for one that was lost.
SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
OPEN_BEFORE_SECOND_FACTOR = frozenset(
    {"account_logout", "account_reauthenticate", "account_home", "set_language"}
)

ONE_READING = dt.timedelta(minutes=15)

log = logging.getLogger(__name__)


def check_access(request: HttpRequest, needed: str | None) -> HttpResponse | None:
    """Return None to let the request in, an answer that sends it elsewhere, or refuse it.

    The right that opened the door is kept in `request.actor`, so that journal lines name it.
    """
    if needed == PUBLIC:
        return None
    if needed == MACHINE:
        is_machine = getattr(request, "machine", None) is not None
        return None if is_machine else refuse_call(request, NotSignedIn())
    if needed == DEVICE:
        # Who is unknown at the door of interviews was answered there.
        right = getattr(request, "right_at_the_door", "")
        request.actor = replace(request.actor, right=right)  # type: ignore[attr-defined]
        return None if right else HttpResponse(status=401)
    user = request.user
    if not isinstance(user, User):
        return _send_to_sign_in(request)
    if must_set_up_second_factor(request, user):
        return _send_to(request, resolve_url("mfa_index"))
    if needed == SIGNED_IN:
        return None
    if needed is None:
        log.error("the route %s declares no right", request.resolver_match)
        raise PermissionDenied(_("Cette page ne dit pas quel droit elle demande : signalez-le."))
    if not user.has_right(needed):
        refuse(request, needed)
    request.actor = replace(request.actor, right=needed)  # type: ignore[attr-defined]
    return None


def refuse(request: HttpRequest, right: str) -> None:
    """Refuse the page for want of a right, and leave a line of the attempt."""
    route = request.resolver_match.view_name if request.resolver_match else ""
    record(
        "accounts.access_refused",
        actor=request.actor,  # type: ignore[attr-defined]
        data={"right": right, "route": route},
    )
    known = all_rights().get(right)
    raise PermissionDenied(
        _("Il vous manque le droit « %(right)s ».") % {"right": known.label if known else right}
    )


def must_set_up_second_factor(request: HttpRequest, user: User) -> bool:
    """Tell whether this person may do nothing yet but add a second factor, or leave."""
    if not user.must_have_second_factor() or is_mfa_enabled(user, SECOND_FACTORS):
        return False
    route = request.resolver_match.view_name if request.resolver_match else ""
    return not route.startswith("mfa_") and route not in OPEN_BEFORE_SECOND_FACTOR


def read_trace(request: HttpRequest, subject: models.Model, *, reason: str = "") -> None:
    """Leave a line that this person read the subject. The technical unit reads without a line.

    A page, its history, its map and the forms it leads to are one reading: another line is left
    after a quarter of an hour.
    """
    user = request.user
    if isinstance(user, User) and user.is_technical_unit:
        return
    action = f"{subject._meta.app_label}.{subject._meta.model_name}_read"
    actor: Actor = request.actor  # type: ignore[attr-defined]
    present = Entry.objects.filter(
        subject_id=str(subject.pk),
        at__gte=timezone.now() - ONE_READING,
        action=action,
        actor_id=actor.user_id,
    )
    if not present.exists():
        record(action, actor=actor, subject=subject, reason=reason)


def _send_to_sign_in(request: HttpRequest) -> HttpResponse:
    # The path alone: what was searched for must not follow in the address.
    return _send_to(request, redirect_to_login(request.path, resolve_url(settings.LOGIN_URL)).url)


def _send_to(request: HttpRequest, url: str) -> HttpResponse:
    """Redirect the whole page, also where htmx asked for a part of it."""
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(url)
    return redirect(url)
