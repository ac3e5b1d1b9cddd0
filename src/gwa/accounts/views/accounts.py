"""The screens that manage accounts."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gwa.accounts.actions import accounts as actions
from gwa.accounts.forms import AccountFilter, ChangeForm, InvitationForm, SearchForm
from gwa.accounts.invitations import invitation_path
from gwa.accounts.models import User
from gwa.accounts.queries import (
    accounts_within_reach,
    find_zones,
    has_second_factor,
    place,
    search_accounts,
)
from gwa.common.access import needs, signed_in
from gwa.common.errors import DomainError
from gwa.common.forms import ReasonForm
from gwa.common.listing import KeyPage, read_page
from gwa.zones.models import Zone

MANAGE = "accounts.manage_accounts"
ORDERS = {"name": ("full_name",), "username": ("username",), "signed_in": ("last_login",)}
FOUND_AT_MOST = 100


@needs(MANAGE)
def show_accounts(request: HttpRequest) -> HttpResponse:
    """List the accounts within reach; a search by name shows one page and leaves no address."""
    reach = accounts_within_reach(request.user)  # type: ignore[arg-type]
    filters, search = AccountFilter(request.GET), SearchForm(request.POST or None)
    asked = filters.cleaned_data if filters.is_valid() else {}
    organisation = asked.get("organisation")
    accounts = search_accounts(
        reach,
        profile=asked.get("profile"),
        organisation_id=organisation.pk if organisation else None,
        status=asked.get("status", ""),
    )
    words = search.cleaned_data["words"] if search.is_valid() else ""
    if words:
        found = list(search_accounts(reach, words=words).order_by("full_name")[:FOUND_AT_MOST])
        page: KeyPage[User] = KeyPage(rows=found, sort="name", next_key=None, previous_key=None)
    else:
        page = read_page(accounts, request.GET, orders=ORDERS, default="name")
    context = {
        "page": page,
        "filters": filters,
        "search": search,
        "words": words,
        "is_filtered": any(asked.values()),
    }
    return render(request, "accounts/list.html", context)


@needs(MANAGE)
def invite(request: HttpRequest) -> HttpResponse:
    """Open an account and send the invitation."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.invite_account(actor=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            _send_invitation(request, user)
            return redirect("accounts:account", user.pk)
    return render(request, "accounts/invite.html", {"form": form})


@needs(MANAGE)
def show_account(request: HttpRequest, number: int) -> HttpResponse:
    """Show one account, and change it."""
    user = _find(request, number)
    initial = {
        "full_name": user.full_name,
        "profile": user.profile,
        "organisation": user.organisation,
        "zones": user.zones.all(),
    }
    form = ChangeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_account(user=user, actor=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Le compte est modifié ; cela compte dès maintenant."))
            return redirect("accounts:account", user.pk)
    context = {
        "account": user,
        "form": form,
        "has_second_factor": has_second_factor(user),
        "zones": place(user.zones.order_by("path")),
        "is_own": user.pk == request.user.pk,
        "link": _link_to_hand_over(request, user),
    }
    return render(request, "accounts/account.html", context)


@require_POST
@needs(MANAGE)
def invite_again(request: HttpRequest, number: int) -> HttpResponse:
    """Send a new invitation."""
    return _act(request, number, actions.invite_again, needs_reason=False, invites=True)


@require_POST
@needs(MANAGE)
def disable(request: HttpRequest, number: int) -> HttpResponse:
    """Disable the account."""
    return _act(request, number, actions.disable_account, done=_("Le compte est désactivé."))


@require_POST
@needs(MANAGE)
def enable(request: HttpRequest, number: int) -> HttpResponse:
    """Open the account again."""
    return _act(request, number, actions.enable_account, done=_("Le compte est réactivé."))


@require_POST
@needs(MANAGE)
def reset_second_factor(request: HttpRequest, number: int) -> HttpResponse:
    """Take the account back to the invitation."""
    return _act(request, number, actions.reset_second_factor, invites=True)


@require_POST
@needs(MANAGE)
def end_sessions(request: HttpRequest, number: int) -> HttpResponse:
    """Sign the person out everywhere."""
    return _act(request, number, actions.end_sessions, done=_("Les sessions sont fermées."))


@signed_in
def choose_zones(request: HttpRequest) -> HttpResponse:
    """Draw the picker again: the zones already chosen, then those whose name answers.

    Several screens ask it, each with its own right; it gives nothing but one's own zones by name.
    """
    numbers = [number for number in request.GET.getlist("zones") if number.isdigit()]
    chosen = place(Zone.objects.filter(pk__in=numbers[:200]).order_by("path"))
    taken = {one.zone.pk for one in chosen}
    words = request.GET.get("find_zone", "")
    found = [one for one in find_zones(words, request.user) if one.zone.pk not in taken]  # type: ignore[arg-type]
    context = {"chosen": chosen, "found": found, "asked": words, "widget": {"name": "zones"}}
    return render(request, "accounts/zone_choices.html", context)


def _find(request: HttpRequest, number: int) -> User:
    return get_object_or_404(accounts_within_reach(request.user), pk=number)  # type: ignore[arg-type]


def _act(
    request: HttpRequest,
    number: int,
    verb: Any,  # noqa: ANN401 (one of the actions above)
    *,
    done: str = "",
    needs_reason: bool = True,
    invites: bool = False,
) -> HttpResponse:
    """Do one thing to an account, say how it went, and come back to its page."""
    user = _find(request, number)
    form = ReasonForm(request.POST)
    if needs_reason and not form.is_valid():
        messages.error(request, _("Dites pourquoi : le motif reste au journal."))
        return redirect("accounts:account", user.pk)
    given = {"reason": form.cleaned_data["reason"]} if needs_reason else {}
    try:
        verb(user=user, actor=request.actor, **given)  # type: ignore[attr-defined]
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        if invites:
            _send_invitation(request, user)
        else:
            messages.success(request, done)
    return redirect("accounts:account", user.pk)


def _send_invitation(request: HttpRequest, user: User) -> None:
    actions.mail_invitation(user, request.build_absolute_uri("/"))
    if settings.EMAIL_HOST:
        messages.success(request, _("L’invitation part à %(address)s.") % {"address": user.email})
    else:
        messages.success(request, _("L’invitation est prête : remettez le lien à la personne."))


def _link_to_hand_over(request: HttpRequest, user: User) -> str:
    """Return the invitation's address where no mail server can carry it, else nothing."""
    if settings.EMAIL_HOST or user.status != User.Status.INVITED or user.pk == request.user.pk:
        return ""
    return request.build_absolute_uri(invitation_path(user))
