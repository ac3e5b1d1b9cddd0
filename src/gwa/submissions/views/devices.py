"""The telephones: enrolled with a QR code, followed, revoked."""

import base64
import io
import json
import zlib

import segno
from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from gwa.accounts.models import User
from gwa.common.access import needs
from gwa.common.errors import DomainError
from gwa.common.forms import ReasonForm
from gwa.common.scope import EVERYWHERE
from gwa.registry.views.asking import actor_of, reader_of
from gwa.submissions.actions import enrol_device, revoke_device
from gwa.submissions.forms import SEND, DeviceForm
from gwa.submissions.models import Device, Submission
from gwa.zones.models import Zone, in_subtree

MANAGE = "submissions.manage_devices"


@needs(MANAGE)
@require_GET
def show_devices(request: HttpRequest) -> HttpResponse:
    """List the telephones of the reader's zones, those in service first."""
    waiting = Count("submissions", filter=Q(submissions__status=Submission.Status.WAITING))
    devices = Device.objects.filter(user__in=_accounts(reader_of(request)))
    devices = devices.select_related("user").annotate(waiting=waiting)
    context = {"devices": devices.order_by("revoked_at", "name", "pk")}
    return render(request, "submissions/devices.html", context)


@never_cache
@needs(MANAGE)
def enrol(request: HttpRequest) -> HttpResponse:
    """Enrol a telephone, and show its code this once."""
    form = DeviceForm(request.POST or None, accounts=_accounts(reader_of(request)))
    if request.method == "POST" and form.is_valid():
        try:
            device, token = enrol_device(actor=actor_of(request), **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            url = request.build_absolute_uri(f"/openrosa/key/{token}")
            context = {"device": device, "url": url, "code": draw_code(url, device)}
            return render(request, "submissions/device_code.html", context)
    return render(request, "submissions/device_new.html", {"form": form})


@needs(MANAGE)
@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Close a telephone that was lost or handed on."""
    mine = Device.objects.filter(user__in=_accounts(reader_of(request)))
    device = get_object_or_404(mine, pk=number)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Dites pourquoi : le motif reste au journal."))
        return redirect("submissions:devices")
    revoke_device(device=device, actor=actor_of(request), reason=form.cleaned_data["reason"])
    messages.success(request, _("Le téléphone est révoqué : il ne prend plus rien."))
    return redirect("submissions:devices")


def _accounts(reader: User) -> QuerySet[User]:
    """The accounts that may send interviews, in the zones of the reader."""
    accounts = User.objects.holding(SEND).order_by("full_name")
    paths = reader.scope_paths()
    if EVERYWHERE in paths:
        return accounts
    inside = Q(pk__in=[])
    for path in paths:
        inside |= _under(path)
    return accounts.filter(inside).distinct()


def _under(path: str) -> Q:
    return Q(zones__in=Zone.objects.filter(in_subtree(path)))


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
    picture = io.BytesIO()
    segno.make(packed, error="l").save(picture, kind="png", scale=6, border=3)
    return "data:image/png;base64," + base64.b64encode(picture.getvalue()).decode()
