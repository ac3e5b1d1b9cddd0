"""The page of a household, its map, its history, its sheet."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from gwa.common.access import needs
from gwa.common.days import today
from gwa.registry.actions.readings import note_printing
from gwa.registry.models import Household
from gwa.registry.queries.household_page import position_of, read_household_page
from gwa.registry.queries.story import household_story
from gwa.registry.rules.numbers import show_number
from gwa.registry.sheet import draw_sheet
from gwa.registry.views import telling
from gwa.registry.views.asking import actor_of, household_or_404, household_url, reader_of
from gwa.registry.views.menus import household_menu
from gwa.zones.queries.maps import outlines_around

READ = "registry.read_household"
_STORY_PAGE = 20
_LONGEST_CURSOR = 19  # digits of a bigint


@needs(READ)
@require_GET
def show(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Show a household: head, members, answers, documents, what waits."""
    household = household_or_404(request, household_id)
    if household.status == Household.Status.MERGED and household.merged_into_id is not None:
        return redirect(household_url(household.merged_into_id))
    reader = reader_of(request)
    page = read_household_page(household, reader, today())
    is_active = household.status == Household.Status.ACTIVE
    context = {
        "page": page,
        "household": household,
        "title": telling.title_of(page),
        "number": show_number(household.registry_number),
        "known": telling.facts_of_household(page),
        "places": telling.places_of(page),
        "losers": telling.losing_values(page.losers),
        "has_map": bool(page.position or household.zone.lon is not None),
        "map_label": telling.map_label(page),
        "menu": household_menu(household, reader),
        "may_print": reader.has_right("registry.print_household"),
        "may_correct": reader.has_right("registry.correct_household"),
        "may_correct_answers": is_active and reader.has_right("registry.correct_household"),
        "may_attach": reader.has_right("registry.attach_document"),
        "is_active": is_active,
    }
    return render(request, "registry/household.html", context)


@needs(READ)
@require_GET
def give_map(request: HttpRequest, household_id: UUID) -> JsonResponse:
    """Give the household's place in its commune: its position where it may be shown, else its
    village.
    """
    household = household_or_404(request, household_id)
    position = position_of(household)
    zone = household.zone
    lon, lat = (position.lon, position.lat) if position else (zone.lon, zone.lat)
    if lon is None or lat is None:
        raise Http404
    name = household.registry_number if position and not position.is_rounded else zone.name
    feature = {
        "type": "Feature",
        "properties": {"name": name},
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
    }
    outlines = outlines_around(lon, lat, zone.geography)
    return JsonResponse({"type": "FeatureCollection", "features": [*outlines, feature]})


@needs(READ)
@require_GET
def tell_history(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Tell the household's history, newest first; htmx takes the story alone."""
    household = household_or_404(request, household_id)
    before = request.GET.get("before", "")
    lines = household_story(
        household,
        reader_of(request),
        before=int(before) if before.isdigit() and len(before) < _LONGEST_CURSOR else None,
        limit=_STORY_PAGE,
    )
    cursor = lines[-1].cursor if len(lines) >= _STORY_PAGE else 0
    context = {"household": household, "story": telling.tell(lines), "next_cursor": cursor}
    part = "registry/story.html" if request.headers.get("HX-Request") else "registry/history.html"
    return render(request, part, context)


@needs("registry.print_household")
@require_GET
def print_sheet(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Give the household's sheet as PDF, and leave a line that it was printed."""
    household = household_or_404(request, household_id)
    reader = reader_of(request)
    page = read_household_page(household, reader, today())
    note_printing(household=household, actor=actor_of(request))
    pdf = draw_sheet(page, printed_by=str(reader), on=today())
    answer = HttpResponse(pdf, content_type="application/pdf")
    name = f"menage-{household.registry_number}.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = "no-store, private"
    return answer
