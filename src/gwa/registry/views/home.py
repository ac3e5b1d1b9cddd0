"""The first screen, and the numbers that wait for review."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gwa.common.access import needs, signed_in
from gwa.common.display import Text
from gwa.common.listing import read_page
from gwa.common.waiting import list_waiting
from gwa.registry.actions.readings import note_claims_read
from gwa.registry.models import Identifier
from gwa.registry.queries.home import SHOWN, Home, read_home
from gwa.registry.queries.places import names_of_paths
from gwa.registry.views.asking import actor_of, reader_of
from gwa.zones.queries.maps import mapped_levels


@signed_in
@require_GET
def show_home(request: HttpRequest) -> HttpResponse:
    """Show what the registry holds in this person's zones, what happened, what waits."""
    reader = reader_of(request)
    home = read_home(reader, timezone.now())
    context = {
        "home": home,
        "figures": _figures(home),
        "may_search": reader.has_right("registry.search"),
        "may_read": reader.has_right("registry.read_household"),
        "may_read_figures": reader.has_right("registry.read_figures"),
        "may_review": reader.has_right("registry.set_identifier"),
        "waiting": list_waiting(reader),
        "map_source": _map_source(home) if reader.has_right("zones.read_zones") else "",
    }
    return render(request, "registry/home.html", context)


def _figures(home: Home) -> list[tuple[Text, int, str]]:
    """Return each figure with its note; none at all before the first count."""
    if not home.figures:
        return []
    notes = {}
    if home.fresh_share is not None:
        notes["updated_12_months"] = _("%(share)s %% des ménages") % {"share": home.fresh_share}
    return [
        (label, home.figures.get(code, 0), notes.get(code, "")) for code, label in SHOWN.items()
    ]


def _map_source(home: Home) -> str:
    """Return the address of the map of what the reader's first zone holds, where it is drawn."""
    if not home.zones:
        return ""
    zone = home.zones[0]
    drawn = [level for level in mapped_levels(zone.geography) if level > zone.level]
    if not drawn:
        return ""
    return f"{reverse('zones:map', args=[zone.geography_id, int(drawn[0])])}?within={zone.pk}"


@needs("registry.set_identifier")
@require_GET
def list_claims(request: HttpRequest) -> HttpResponse:
    """List the numbers that two persons claim, for those who settle them."""
    reader = reader_of(request)
    claims = Identifier.objects.visible_to(reader).filter(is_claim=True, ended_on__isnull=True)
    page = read_page(
        claims.select_related("person", "source"),
        request.GET,
        orders={"kind": ("kind",), "place": ("zone_path",)},
        default="place",
        total=claims.count(),
    )
    if not reader.is_technical_unit:
        note_claims_read(shown=len(page), actor=actor_of(request))
    places = names_of_paths(claim.zone_path for claim in page)
    lines = [(claim, places[claim.zone_path]) for claim in page]
    return render(request, "registry/claims.html", {"page": page, "lines": lines})
