"""Zones on the screen: the tree and the map, one zone, its map as GeoJSON, its changes."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from gwa.common.access import needs, person_of
from gwa.common.errors import DomainError
from gwa.common.listing import read_page
from gwa.common.text import fold
from gwa.zones import actions
from gwa.zones.figures import all_measures, figures_of, find_measure
from gwa.zones.forms import ChildrenFilter, CloseForm, NewZoneForm, RenameForm
from gwa.zones.models import Geography, Level, Zone, lies_in
from gwa.zones.queries import maps, tree
from gwa.zones.queries.crosswalks import crosswalk_page
from gwa.zones.queries.search import search_zones

READ, MANAGE = "zones.read_zones", "zones.manage_zones"
ORDERS = {
    "name": ("name_key",),
    "code": ("code",),
    "population": ("population",),
}


@needs(READ)
@require_GET
def show_zones(request: HttpRequest) -> HttpResponse:
    """Show a geography: its tree beside its map, or the zones that answer a search."""
    person = person_of(request)
    geography = _asked_geography(request)
    words = request.GET.get("q", "")
    context: dict[str, Any] = {
        "geographies": tree.geographies(),
        "geography": geography,
        "words": words,
        "measure": find_measure(request.GET.get("measure", "")),
        "measures": all_measures(),
    }
    if geography is not None:
        opened = _asked_zone(request, "open", geography)
        entry = tree.entry_zone(geography, person)
        levels = maps.mapped_levels(geography)
        level = _asked_level(request, levels, entry)
        context |= {
            "tree": tree.tree_of(geography, person, opened or entry),
            "levels": levels,
            "level": level,
            "map_source": _map_around(geography, level, entry),
            "found": search_zones(words, person=person, geography=geography),
        }
    return render(request, "zones/home.html", context)


@needs(READ)
@require_GET
def show_branch(request: HttpRequest, zone_id: int) -> HttpResponse:
    """Give one branch of the tree, open or shut, to put in place of the other."""
    person = person_of(request)
    zone = _zone(request, zone_id)
    children = tree.branches_of(zone, person)
    branch = tree.Branch(zone, has_children=bool(children))
    if request.GET.get("open") == "1":
        branch.children = children
    return render(request, "zones/branch.html", {"branch": branch})


@needs(READ)
@require_GET
def show_zone(request: HttpRequest, zone_id: int) -> HttpResponse:
    """Show one zone: where it lies, its figures, what it holds, where it went."""
    person = person_of(request)
    zone = _zone(request, zone_id)
    form = ChildrenFilter(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    children = tree.children_of(zone, person)
    if not asked.get("closed"):
        children = children.filter(valid_to__isnull=True)
    if name := fold(asked.get("name", "")):
        children = children.filter(name_key__contains=name)
    page = read_page(children, request.GET, orders=ORDERS, default="name", total=children.count())
    figures = figures_of([zone, *page], person)
    measures = all_measures()
    own = figures.get(zone.pk)
    return render(
        request,
        "zones/zone.html",
        {
            "zone": zone,
            "above": tree.ancestors_of(zone),
            "measures": measures,
            "measure": find_measure(request.GET.get("measure", "")),
            "figures": [(m, own.get(m.code)) for m in measures] if own else [],
            "is_in_scope": own is not None,
            "form": form,
            "is_filtered": any(asked.values()),
            "page": page,
            "rows": [
                (child, [(m, figures.get(child.pk, {}).get(m.code)) for m in measures])
                for child in page
            ],
            "crosswalk": crosswalk_page(zone),
            "map_source": _map_source(zone),
            "may_manage": own is not None and person.has_right(MANAGE),
        },
    )


def _map_source(zone: Zone) -> str:
    """The address of the map of what a zone holds; empty where it holds nothing."""
    level = maps.level_below(zone)
    if level is None:
        return ""
    return f"{reverse('zones:map', args=[zone.geography_id, level])}?within={zone.pk}"


@needs(READ)
@require_GET
def give_map(request: HttpRequest, geography_id: int, level: int) -> HttpResponse:
    """Give the zones of a level as GeoJSON, or those inside one zone."""
    person = person_of(request)
    geography = get_object_or_404(Geography, pk=geography_id)
    within = _asked_zone(request, "within", geography)
    if level not in Level.values or (within is None and level > Level.COMMUNE):
        raise Http404
    if within is not None and level > Level.COMMUNE:
        answer = maps.settlements_map(within, person)
    else:
        answer = maps.map_of(geography, level, person, within)
    return _cached(request, answer)


def _cached(request: HttpRequest, answer: dict[str, Any]) -> HttpResponse:
    """Answer `not modified` to a browser that has this very map: it asks again each time."""
    body, tag = maps.fingerprint(answer)
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(body, content_type="application/geo+json")
    response["ETag"] = tag
    patch_cache_control(response, private=True, no_cache=True)
    return response


@needs(MANAGE)
def create_zone(request: HttpRequest, zone_id: int) -> HttpResponse:
    """Add a zone under this one."""
    parent = _own_zone(request, zone_id)
    form = NewZoneForm(request.POST or None, parent=parent, initial={"on": timezone.localdate()})
    return _change(request, parent, form, "create", partial(actions.create_zone, parent=parent))


@needs(MANAGE)
def rename_zone(request: HttpRequest, zone_id: int) -> HttpResponse:
    """Change how this zone is written."""
    zone = _own_zone(request, zone_id)
    form = RenameForm(request.POST or None, initial={"name": zone.name})
    return _change(request, zone, form, "rename", partial(actions.rename_zone, zone=zone))


@needs(MANAGE)
def close_zone(request: HttpRequest, zone_id: int) -> HttpResponse:
    """End this zone on a day."""
    zone = _own_zone(request, zone_id)
    form = CloseForm(request.POST or None)
    return _change(request, zone, form, "close", partial(actions.close_zone, zone=zone))


def _change(
    request: HttpRequest, zone: Zone, form: Form, name: str, verb: Callable[..., Zone]
) -> HttpResponse:
    """Ask, then act; a refusal is written over the form, which keeps what was typed."""
    if form.is_valid():
        try:
            changed = verb(actor=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _DONE[name])
            return redirect(changed)
    context = {"zone": zone, "above": tree.ancestors_of(zone), "form": form, "verb": name}
    return render(request, "zones/change.html", context, status=422 if form.errors else 200)


_DONE = {
    "create": _("La zone est créée."),
    "rename": _("Le nom est changé."),
    "close": _("La zone est fermée."),
}


def _zone(request: HttpRequest, zone_id: int) -> Zone:
    zones = Zone.objects.visible_to(person_of(request)).select_related("geography", "parent")
    return get_object_or_404(zones, pk=zone_id)


def _own_zone(request: HttpRequest, zone_id: int) -> Zone:
    """A zone that the person may change: theirs, not one that only leads to theirs."""
    zone = _zone(request, zone_id)
    if not lies_in(zone.path, person_of(request).scope_paths()):
        raise Http404
    return zone


def _asked_geography(request: HttpRequest) -> Geography | None:
    code = request.GET.get("geography")
    asked = Geography.objects.filter(code=code).first() if code else None
    return asked or tree.current_geography() or Geography.objects.first()


def _asked_zone(request: HttpRequest, parameter: str, geography: Geography) -> Zone | None:
    """The zone an address names; 404 where it may not be seen."""
    number = request.GET.get(parameter, "")
    if not number:
        return None
    zones = Zone.objects.visible_to(person_of(request)).filter(geography=geography)
    return get_object_or_404(zones, pk=int(number) if number.isdecimal() else 0)


def _asked_level(request: HttpRequest, levels: list[Level], entry: Zone | None) -> Level | None:
    """The level asked for, else the first one below the person's own zone, else the finest."""
    number = request.GET.get("level", "")
    asked = [level for level in levels if str(level.value) == number]
    below = [level for level in levels if entry is None or level > entry.level]
    return next(iter(asked or below or levels[-1:]), None)


def _map_around(geography: Geography, level: Level | None, entry: Zone | None) -> str:
    """The address of the map of a level: around the person's own zone, where it is finer."""
    if level is None:
        return ""
    source = reverse("zones:map", args=[geography.pk, level.value])
    around = entry.parent if entry else None
    while around and around.level > Level.CERCLE:
        around = around.parent
    if around is None or not Level.COUNTRY < around.level < level:
        return source
    return f"{source}?within={around.pk}"
