"""The screens where the API is opened to machines of partners, and closed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gwa.accounts.actions import machines as actions
from gwa.accounts.forms import MachineForm, RotationForm
from gwa.accounts.models import Machine
from gwa.accounts.queries import machines_in_order, place
from gwa.accounts.rights import rights_of_machines
from gwa.common.access import needs
from gwa.common.errors import DomainError
from gwa.common.forms import ReasonForm

MANAGE = "accounts.manage_machines"


@needs(MANAGE)
def show_machines(request: HttpRequest) -> HttpResponse:
    """List the machines, those in service first."""
    return render(request, "accounts/machines.html", {"machines": machines_in_order()})


@never_cache
@needs(MANAGE)
def open_machine(request: HttpRequest) -> HttpResponse:
    """Open the API to a machine, and show its secret this once."""
    form = MachineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            machine, secret = actions.open_machine(actor=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            context = {"machine": machine, "secret": secret, "is_new": True}
            return render(request, "accounts/machine_secret.html", context)
    return render(request, "accounts/machine_new.html", {"form": form})


@needs(MANAGE)
def show_machine(request: HttpRequest, number: int) -> HttpResponse:
    """Show one machine, and change it."""
    machine = get_object_or_404(Machine.objects.select_related("organisation"), pk=number)
    initial = {
        "name": machine.name,
        "organisation": machine.organisation,
        "contact": machine.contact,
        "rights": machine.rights,
        "is_national": machine.is_national,
        "zones": machine.zones.all(),
        "calls_per_minute": machine.calls_per_minute,
    }
    form = MachineForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_machine(machine=machine, actor=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("La machine est modifiée ; cela compte dès maintenant."))
            return redirect("accounts:machine", machine.pk)
    known = rights_of_machines()
    context = {
        "machine": machine,
        "form": form,
        "zones": place(machine.zones.order_by("path")),
        "rights": [known[code].label for code in machine.rights if code in known],
        "secrets": machine.secrets.order_by("created_at"),
        "now": timezone.now(),
    }
    return render(request, "accounts/machine.html", context)


@never_cache
@needs(MANAGE)
def rotate_secret(request: HttpRequest, number: int) -> HttpResponse:
    """Give the machine another secret, and show it this once."""
    machine = get_object_or_404(Machine.objects.in_service(), pk=number)
    form = RotationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            secret = actions.rotate_secret(
                machine=machine,
                actor=request.actor,  # type: ignore[attr-defined]
                **form.cleaned_data,
            )
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            context = {
                "machine": machine,
                "secret": secret,
                "overlap_days": form.cleaned_data["overlap"].days,
            }
            return render(request, "accounts/machine_secret.html", context)
    return render(request, "accounts/machine_rotate.html", {"form": form, "machine": machine})


@require_POST
@needs(MANAGE)
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Close the API to the machine at once."""
    machine = get_object_or_404(Machine, pk=number)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Dites pourquoi : le motif reste au journal."))
        return redirect("accounts:machine", number)
    try:
        actions.revoke_machine(machine=machine, actor=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("La machine est révoquée : ses jetons ne valent plus rien."))
    return redirect("accounts:machine", number)
