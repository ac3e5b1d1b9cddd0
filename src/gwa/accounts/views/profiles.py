"""The screens where profiles are composed, and organisations kept."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gwa.accounts.actions import accounts as account_actions
from gwa.accounts.actions import profiles as actions
from gwa.accounts.forms import OrganisationForm, ProfileForm
from gwa.accounts.models import Organisation, Profile
from gwa.accounts.queries import profiles_with_holders
from gwa.common.access import needs
from gwa.common.errors import DomainError

COMPOSE = "accounts.manage_profiles"
MANAGE = "accounts.manage_accounts"


@needs(COMPOSE)
def show_profiles(request: HttpRequest) -> HttpResponse:
    """List the profiles and how many people hold each."""
    return render(request, "accounts/profiles.html", {"profiles": profiles_with_holders()})


@needs(COMPOSE)
def create_profile(request: HttpRequest) -> HttpResponse:
    """Compose a new profile."""
    form = ProfileForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = {**form.cleaned_data}
        chosen.pop("reason")
        try:
            profile = actions.create_profile(actor=request.actor, **chosen)  # type: ignore[attr-defined]
        except DomainError as refusal:
            form.add_error("name", refusal.sentence)
        else:
            messages.success(request, _("Le profil « %(name)s » est créé.") % {"name": profile})
            return redirect("accounts:profiles")
    return render(request, "accounts/profile.html", {"form": form, "profile": None})


@needs(COMPOSE)
def compose_profile(request: HttpRequest, code: str) -> HttpResponse:
    """Change what a profile may do."""
    profile = get_object_or_404(Profile, code=code)
    form = ProfileForm(request.POST or None, instance=Profile.objects.get(pk=profile.pk))
    if request.method == "POST" and form.is_valid():
        try:
            actions.compose_profile(profile=profile, actor=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Le profil est enregistré ; il compte dès maintenant."))
            return redirect("accounts:profiles")
    context = {"form": form, "profile": profile, "holders": profile.users.count()}
    return render(request, "accounts/profile.html", context)


@require_POST
@needs(COMPOSE)
def delete_profile(request: HttpRequest, code: str) -> HttpResponse:
    """Remove a profile that nobody holds."""
    profile = get_object_or_404(Profile, code=code)
    try:
        actions.delete_profile(profile=profile, actor=request.actor)  # type: ignore[attr-defined]
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("accounts:profile", code)
    messages.success(request, _("Le profil est supprimé."))
    return redirect("accounts:profiles")


@needs(MANAGE)
def show_organisations(request: HttpRequest) -> HttpResponse:
    """List the bodies people work for, and add one."""
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account_actions.add_organisation(actor=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
        messages.success(request, _("L’organisation est ajoutée."))
        return redirect("accounts:organisations")
    organisations = Organisation.objects.all()
    context = {"form": form, "organisations": organisations}
    return render(request, "accounts/organisations.html", context)


@needs(MANAGE)
def show_organisation(request: HttpRequest, number: int) -> HttpResponse:
    """Rename a body."""
    organisation = get_object_or_404(Organisation, pk=number)
    form = OrganisationForm(
        request.POST or None, instance=Organisation.objects.get(pk=organisation.pk)
    )
    if request.method == "POST" and form.is_valid():
        account_actions.change_organisation(
            organisation=organisation,
            actor=request.actor,  # type: ignore[attr-defined]
            **form.cleaned_data,
        )
        messages.success(request, _("L’organisation est modifiée."))
        return redirect("accounts:organisations")
    context = {"form": form, "organisation": organisation}
    return render(request, "accounts/organisation.html", context)
