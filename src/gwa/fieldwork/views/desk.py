"""The work at the desk: who goes where, what comes back, which zones are open, cards, exports."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from gwa.common.access import needs
from gwa.common.errors import DomainError
from gwa.common.forms import ReasonForm
from gwa.common.scope import EVERYWHERE
from gwa.fieldwork.actions import (
    Work,
    close_work,
    give_work,
    print_cards,
    read_export,
    set_access,
)
from gwa.fieldwork.forms import AccessForm, CardsForm, ExportForm, WorkForm
from gwa.fieldwork.models import Assignment, ZoneAccess
from gwa.fieldwork.printing import draw_cards
from gwa.fieldwork.queries.work import count_done
from gwa.registry.views.asking import actor_of, reader_of
from gwa.submissions.actions import refusal_of
from gwa.submissions.queries.devices import accounts_of, telephones_of
from gwa.zones.models import Zone, in_subtree

ASSIGN, ACCESS, CARDS = "fieldwork.assign", "fieldwork.set_access", "fieldwork.print_cards"
MANAGE_DEVICES = "submissions.manage_devices"


@needs(ASSIGN)
@require_GET
def show_work(request: HttpRequest) -> HttpResponse:
    """List the work that is open in the reader's zones, what is due first."""
    rows = Assignment.objects.visible_to(reader_of(request)).open()
    rows = rows.select_related("user", "zone", "form")
    return render(
        request, "fieldwork/work.html", {"work": [(one, count_done(one)) for one in rows]}
    )


@needs(ASSIGN)
def give(request: HttpRequest) -> HttpResponse:
    """Give a village, or some households of it, to an enumerator."""
    reader = reader_of(request)
    form = WorkForm(request.POST or None, zones=_zones(request), accounts=accounts_of(reader))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        work = Work(
            user=told["user"],
            zone=told["zone"],
            form=told["version"].form,
            households=told["numbers"],
            target=told["target"],
            due_on=told["due_on"],
            note=told["note"],
        )
        try:
            give_work(work=work, actor=actor_of(request))
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field == "user" else None, refusal.sentence)
        else:
            messages.success(request, _("C’est confié : le téléphone le voit à son contact."))
            return redirect("fieldwork:work")
    return render(request, "fieldwork/give.html", {"form": form})


@needs(ASSIGN)
@require_POST
def close(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """Take work off a telephone."""
    mine = Assignment.objects.visible_to(reader_of(request))
    assignment, form = get_object_or_404(mine, pk=assignment_id), ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Écrivez le motif : il reste dans le journal."))
        return redirect("fieldwork:work")
    reason = form.cleaned_data["reason"]
    try:
        close_work(assignment=assignment, actor=actor_of(request), reason=reason)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("C’est clos. Ce qui était commencé sera encore envoyé."))
    return redirect("fieldwork:work")


@needs(ACCESS)
def show_access(request: HttpRequest) -> HttpResponse:
    """List the zones that are not open, and change the access of one."""
    form = AccessForm(request.POST or None, zones=_zones(request))
    if request.method == "POST" and form.is_valid():
        set_access(actor=actor_of(request), **form.cleaned_data)
        messages.success(
            request, _("C’est noté : les téléphones s’y tiennent à leur prochain contact.")
        )
        return redirect("fieldwork:access")
    rows = ZoneAccess.objects.visible_to(reader_of(request)).exclude(state="open")
    return render(
        request, "fieldwork/access.html", {"form": form, "rows": rows.select_related("zone")}
    )


@never_cache
@needs(CARDS)
def cards(request: HttpRequest) -> HttpResponse:
    """Print cards with numbers that are nobody's yet."""
    accounts = accounts_of(reader_of(request))
    form = CardsForm(request.POST or None, zones=_zones(request), accounts=accounts)
    if request.method == "POST" and form.is_valid():
        numbers = print_cards(actor=actor_of(request), **form.cleaned_data)
        paper = draw_cards(numbers, form.cleaned_data["zone"])
        answer = HttpResponse(paper, content_type="application/pdf")
        answer["Content-Disposition"] = 'attachment; filename="cartes.pdf"'
        return answer
    return render(request, "fieldwork/cards.html", {"form": form})


@needs(MANAGE_DEVICES)
def bring_in(request: HttpRequest) -> HttpResponse:
    """Take in the file that a telephone without network wrote."""
    form = ExportForm(
        request.POST or None,
        request.FILES or None,
        devices=telephones_of(reader_of(request)).select_related("user").order_by("name"),
    )
    outcome = None
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        device = form.cleaned_data["device"]
        try:
            outcome = read_export(content=content, device=device, actor=actor_of(request))
        except DomainError as refusal:
            form.add_error(refusal.field or None, refusal.sentence)
    refusals = [said.sentence for one in outcome or () if (said := refusal_of(one))]
    context = {
        "form": form,
        "is_done": outcome is not None,
        "taken": len(outcome or ()) - len(refusals),
        "refusals": refusals,
    }
    return render(request, "fieldwork/bring_in.html", context)


def _zones(request: HttpRequest) -> QuerySet[Zone]:
    """The zones of the reader: those above, which only lead there, are not theirs to give."""
    paths = reader_of(request).scope_paths()
    zones = Zone.objects.current()
    if EVERYWHERE in paths:
        return zones
    inside = Q(pk__in=[])
    for path in paths:
        inside |= in_subtree(path)
    return zones.filter(inside)
