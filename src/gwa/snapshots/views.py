"""The screen of snapshots: what there is, and one now."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from procrastinate.contrib.django import app

from gwa.common.access import needs, person_of
from gwa.common.errors import DomainError
from gwa.common.listing import read_page
from gwa.common.people import names_by_login
from gwa.snapshots import actions
from gwa.snapshots.models import Snapshot
from gwa.snapshots.policy import retention_on

_ORDERS = {"asked_at": ("asked_at",)}
_TONES = {
    Snapshot.State.DONE: "success",
    Snapshot.State.RUNNING: "info",
    Snapshot.State.WAITING: "info",
    Snapshot.State.FAILED: "danger",
}


@needs("snapshots.read_snapshots")
def show_snapshots(request: HttpRequest) -> HttpResponse:
    """List the snapshots, newest first."""
    page = read_page(Snapshot.objects.all(), request.GET, orders=_ORDERS, default="-asked_at")
    return render(
        request,
        "snapshots/list.html",
        {
            "page": page,
            "people": names_by_login(one.asked_by for one in page),
            "lines": [(one, _TONES.get(Snapshot.State(one.state), "")) for one in page],
            "is_busy": any(one.is_open for one in page),
            "retention": retention_on(timezone.localdate()),
            "may_take": person_of(request).has_right("snapshots.take_snapshot"),
        },
    )


@require_POST
@needs("snapshots.take_snapshot")
def ask_for_snapshot(request: HttpRequest) -> HttpResponse:
    """Ask for one now; the job that takes it is queued with it."""
    actor = request.actor  # type: ignore[attr-defined]
    try:
        snapshot = actions.ask_snapshot(actor=actor)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        app.configure_task("snapshots.take").defer(snapshot_id=str(snapshot.pk), actor=actor.label)
        messages.success(request, _("Demandé : cette page dira quand il sera prêt."))
    return redirect("snapshots:list")
