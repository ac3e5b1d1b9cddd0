"""What the page asks for beside its steps: keep what is typed, find a place."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from gwa.collection.forms.desk.checks import STEPS
from gwa.collection.forms.desk.place import PREFIX, PlaceForm
from gwa.collection.views.desk.drafting import keep_step
from gwa.collection.views.desk.sheets import REGISTER
from gwa.common.access import needs
from gwa.common.sending import read_fields
from gwa.registry.views.asking import reader_of


@needs(REGISTER)
@require_POST
def keep(request: HttpRequest, registration_id: UUID, step: str, key: int) -> HttpResponse:
    """Keep a step while it is being typed. A sheet that is gone stays gone."""
    fields = read_fields(request)
    if fields is None or step not in STEPS:
        return HttpResponse(status=400)
    kept = keep_step(request, registration_id, fields, step, str(key))
    return HttpResponse(status=204 if kept is not None else 410)


@needs(REGISTER)
@require_GET
def find_places(request: HttpRequest, registration_id: UUID) -> HttpResponse:
    """Offer the places of one's zones whose name begins as typed, and their compounds."""
    told = {
        name: request.GET.getlist(name) for name in request.GET if name.startswith(f"{PREFIX}-")
    }
    form = PlaceForm(told=told, reader=reader_of(request), checks=False)
    context = {"form": form, "registration_id": registration_id}
    return render(request, "collection/desk/where.html", context)
