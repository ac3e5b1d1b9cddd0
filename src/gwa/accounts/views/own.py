"""One's own account, and the invitation that opens it."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from gwa.accounts.actions.accounts import accept_invitation
from gwa.accounts.errors import InvitationOver
from gwa.accounts.invitations import find_invited
from gwa.accounts.models import User
from gwa.accounts.queries import has_second_factor, place
from gwa.common.access import all_rights, public, signed_in
from gwa.journal.models import Actor

_KEPT = "invitation"


@signed_in
def show_own_account(request: HttpRequest) -> HttpResponse:
    """Show who I am here, what I may do, where, and how my account is protected."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 (the door lets nobody else in)
    held = [right for code, right in all_rights().items() if user.has_right(code)]
    return render(
        request,
        "accounts/own.html",
        {
            "rights": held,
            "zones": place(user.zones.order_by("path")),
            "has_second_factor": has_second_factor(user),
            "sessions": UserSession.objects.filter(user=user).count(),
        },
    )


@never_cache
@public
def open_invitation(request: HttpRequest, key: str) -> HttpResponse:
    """Take the key out of the address, where the browser and its history would keep it."""
    if find_invited(key) is None:
        return _refuse(request)
    if request.user.is_authenticated:
        logout(request)
    request.session[_KEPT] = key
    return redirect("account_choose_password")


@never_cache
@public
def choose_password(request: HttpRequest) -> HttpResponse:
    """Let the invited person choose a password, then sign in by the front door."""
    user = find_invited(request.session.get(_KEPT, ""))
    if user is None:
        return _refuse(request)
    form = SetPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        accept_invitation(
            user=user,
            password=form.cleaned_data["new_password1"],
            actor=Actor(label=user.username, user_id=user.pk),
        )
        request.session.flush()
        messages.success(request, _("Votre mot de passe est enregistré : connectez-vous."))
        return redirect("account_login")
    return render(request, "accounts/choose_password.html", {"form": form, "invited": user})


def _refuse(request: HttpRequest) -> HttpResponse:
    sentence = InvitationOver().sentence
    return render(request, "accounts/invitation_over.html", {"sentence": sentence}, status=410)
