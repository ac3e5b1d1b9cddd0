"""The one box, its filters, its results.

What is typed may be a name: it comes by POST, is sealed in the session under a token, and the
address of the results carries the token alone. So the browser's back button works, and no name
reaches an address or a log.
"""

import datetime as dt
import secrets
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gwa.common.access import needs
from gwa.common.crypto import seal, unseal
from gwa.registry.actions.readings import count_search, note_search
from gwa.registry.errors import SearchTooFast
from gwa.registry.forms.search import FiltersForm
from gwa.registry.models import Household, Person, Relationship
from gwa.registry.queries.hits import Hit
from gwa.registry.queries.places import names_of_paths
from gwa.registry.queries.search import Found, search_households
from gwa.registry.rules.facts import BirthFacts
from gwa.registry.rules.numbers import show_number
from gwa.registry.views.asking import actor_of, reader_of
from gwa.registry.words import say_birth, show_day

_KEPT = "registry.searches"
_MOST_KEPT = 5
_LONGEST = 200
_SEALED = {"table": "session", "column": "search"}


@needs("registry.search")
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Take what is typed, or show a page of what it finds."""
    if request.method == "POST":
        return _take(request)
    reader = reader_of(request)
    words = _read(request, request.GET.get("s", ""))
    form = FiltersForm(request.GET, reader=reader)
    filters = form.filters()
    context: dict[str, Any] = {"form": form, "search_words": words, "filters": filters}
    if not words and not filters:
        return render(request, "registry/search.html", context)
    try:
        count_search(user_id=reader.pk)
    except SearchTooFast as refusal:
        context["refusal"] = refusal.sentence
        return render(request, "registry/search.html", context, status=429)
    found = search_households(
        words,
        reader=reader,
        filters=filters,
        key=request.GET.get("after", ""),
        order=form.chosen_order(),
    )
    if not reader.is_technical_unit:
        note_search(
            asked=found.asked,
            found=len(found.hits),
            has_filters=bool(filters),
            actor=actor_of(request),
        )
    context |= {
        "found": found,
        "lines": _lines(found),
        "is_later": "after" in request.GET,
        "reached": _say_reached(found),
    }
    return render(request, "registry/search.html", context)


def _lines(found: Found) -> list[dict[str, object]]:
    """Return the answer's lines in words."""
    places = names_of_paths(hit.zone_path for hit in found.hits)
    return [{"hit": hit, "place": places[hit.zone_path], **_say(hit)} for hit in found.hits]


def _say_reached(found: Found) -> str:
    """Return where the look ended, in words: a place, or a day."""
    if isinstance(found.reached, dt.date):
        return show_day(found.reached)
    return names_of_paths([found.reached])[found.reached].full_name if found.reached else ""


def _say(hit: Hit) -> dict[str, object]:
    birth = (
        BirthFacts(hit.birth_from, hit.birth_to, hit.birth_precision)
        if hit.birth_from and hit.birth_to
        else None
    )
    status = hit.household_status
    is_gone = hit.person_status == Person.Status.DECEASED
    return {
        "name": f"{hit.given_name} {hit.family_name}".strip() or _("sans chef"),
        "number": show_number(hit.registry_number) if hit.registry_number else "",
        "birth": say_birth(birth),
        "link": Relationship(hit.relationship).label if hit.relationship else "",
        "person_state": Person.Status.DECEASED.label if is_gone else "",
        "state": Household.Status(status).label if status else "",
        "tone": "success" if status == Household.Status.ACTIVE else "warning",
    }


def _take(request: HttpRequest) -> HttpResponse:
    """Keep what was typed, sealed, and go to its results."""
    words = request.POST.get("q", "").strip()[:_LONGEST]
    kept: dict[str, str] = request.session.get(_KEPT, {})
    token = secrets.token_urlsafe(8)
    row = UUID(int=reader_of(request).pk)
    kept[token] = seal(words, row=row, **_SEALED).hex()
    request.session[_KEPT] = dict(list(kept.items())[-_MOST_KEPT:])
    names = ("zone", "place", "status", "visited_from", "visited_to", "answer")
    carried = {name: request.POST[name] for name in names if request.POST.get(name)}
    query = urlencode({**({"s": token} if words else {}), **carried})
    return redirect(f"{reverse('registry:search')}?{query}")


def _read(request: HttpRequest, token: str) -> str:
    """Return what was typed under a token of this session, or nothing."""
    sealed = request.session.get(_KEPT, {}).get(token)
    if not sealed:
        return ""
    try:
        return unseal(bytes.fromhex(sealed), row=UUID(int=reader_of(request).pk), **_SEALED)
    except (InvalidTag, ValueError):
        return ""
