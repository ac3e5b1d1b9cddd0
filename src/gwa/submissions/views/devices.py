"""The telephones: enrolled with a QR code, followed, revoked."""

import base64
import json
import zlib

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from gwa.common.access import needs
from gwa.common.errors import DomainError
from gwa.common.forms import ReasonForm
from gwa.common.paper import show_qr
from gwa.registry.views.asking import actor_of, reader_of
from gwa.submissions.actions import answer_challenge, enrol_device, revoke_device, unlock_handset
from gwa.submissions.forms import ChallengeForm, DeviceForm
from gwa.submissions.models import Device, DraftCopy, Submission
from gwa.submissions.queries.devices import accounts_of, telephones_of

MANAGE = "submissions.manage_devices"


@needs(MANAGE)
@require_GET
def show_devices(request: HttpRequest) -> HttpResponse:
    """List the telephones of the reader's zones, those in service first."""
    waiting = Count("submissions", filter=Q(submissions__status=Submission.Status.WAITING))
    devices = telephones_of(reader_of(request)).select_related("user", "handset")
    devices = devices.annotate(waiting=waiting)
    context = {"devices": devices.order_by("revoked_at", "name", "pk")}
    return render(request, "submissions/devices.html", context)


@needs(MANAGE)
@require_GET
def show_device(request: HttpRequest, number: int) -> HttpResponse:
    """Show one telephone: what only it holds, how it stands, what can be done about it."""
    return _render_device(request, _find(request, number), ChallengeForm())


@never_cache
@needs(MANAGE)
def enrol(request: HttpRequest) -> HttpResponse:
    """Enrol a telephone, and show its code this once."""
    form = DeviceForm(request.POST or None, accounts=accounts_of(reader_of(request)))
    if request.method == "POST" and form.is_valid():
        try:
            device, token = enrol_device(actor=actor_of(request), **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            url = request.build_absolute_uri(f"/openrosa/key/{token}")
            # A fragment is never sent to a server, nor written in its logs.
            own = request.build_absolute_uri(f"/collecte/#enrol={token}")
            context = {
                "device": device,
                "url": url,
                "code": draw_code(url, device),
                "own_url": own,
                "own_code": show_qr(own, error="m"),
            }
            return render(request, "submissions/device_code.html", context)
    return render(request, "submissions/device_new.html", {"form": form})


@needs(MANAGE)
@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Close a telephone that was lost or handed on."""
    device, form = _find(request, number), ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Dites pourquoi : le motif reste au journal."))
        return redirect("submissions:devices")
    revoke_device(device=device, actor=actor_of(request), reason=form.cleaned_data["reason"])
    messages.success(request, _("Le téléphone est révoqué : il ne prend plus rien."))
    return redirect("submissions:devices")


@needs(MANAGE)
@require_POST
def unlock(request: HttpRequest, number: int) -> HttpResponse:
    """Open a telephone that wrong codes have shut, at its next contact."""
    device, form = _find(request, number), ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Dites pourquoi : le motif reste au journal."))
        return redirect("submissions:device", number)
    try:
        unlock_handset(device=device, actor=actor_of(request), reason=form.cleaned_data["reason"])
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(
            request, _("Le téléphone s’ouvre dès qu’il a du réseau ; rien n’y est effacé.")
        )
    return redirect("submissions:device", number)


@never_cache
@needs(MANAGE)
@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Read out the digits that open a telephone without network."""
    device, form = _find(request, number), ChallengeForm(request.POST)
    digits = ""
    if form.is_valid():
        try:
            digits = answer_challenge(device=device, actor=actor_of(request), **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(refusal.field or None, refusal.sentence)
    return _render_device(request, device, form, digits)


def _find(request: HttpRequest, number: int) -> Device:
    mine = telephones_of(reader_of(request)).select_related("user", "handset")
    found: Device = get_object_or_404(mine, pk=number)
    return found


def _render_device(
    request: HttpRequest, device: Device, form: ChallengeForm, digits: str = ""
) -> HttpResponse:
    context = {
        "device": device,
        "handset": getattr(device, "handset", None),
        "form": form,
        "answer": f"{digits[:4]} {digits[4:]}",
        "is_answered": bool(digits),
        "drafts": DraftCopy.objects.visible_to(reader_of(request)).filter(device=device),
    }
    return render(request, "submissions/device.html", context)


def draw_code(url: str, device: Device) -> str:
    """Draw the settings of ODK Collect as a QR code (compressed JSON, as Collect reads it)."""
    settings = {
        "general": {
            "server_url": url,
            "form_update_mode": "match_exactly",
            "autosend": "wifi_and_cellular",
        },
        "admin": {},
        "project": {"name": device.name},
    }
    packed = base64.b64encode(zlib.compress(json.dumps(settings).encode())).decode()
    return show_qr(packed, error="l")
