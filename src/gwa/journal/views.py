"""The journal's screen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gwa.common.access import needs
from gwa.common.listing import read_page
from gwa.journal.forms import JournalFilter
from gwa.journal.models import Entry, Seal
from gwa.journal.queries import search_journal, tell_lines

ORDERS = {"at": ("at",)}


@needs("journal.read_journal")
def show_journal(request: HttpRequest) -> HttpResponse:
    """List the lines of the reader's zones, newest first."""
    form = JournalFilter(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    lines = search_journal(
        action=asked.get("action", ""),
        actor=asked.get("actor", ""),
        subject=asked.get("subject", ""),
        since=asked.get("since"),
        until=asked.get("until"),
    )
    page = read_page(lines, request.GET, orders=ORDERS, default="-at")
    return render(
        request,
        "journal/list.html",
        {
            "form": form,
            "page": page,
            "lines": tell_lines(page),
            "is_filtered": any(asked.values()),
            "last_seal": Seal.objects.order_by("-number").first(),
        },
    )


@needs("journal.read_journal")
def show_line(request: HttpRequest, line_id: str) -> HttpResponse:
    """Show one line whole, and the others of the same change."""
    line = Entry.objects.filter(id=line_id).first()
    others = Entry.objects.filter(change_id=line.change_id).exclude(id=line.id) if line else []
    return render(
        request,
        "journal/line.html",
        {"told": tell_lines([line])[0] if line else None, "others": others},
        status=200 if line else 404,
    )
