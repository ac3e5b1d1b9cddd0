"""What the page asks for beside its steps: keep what is typed, find a place."""

import json
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from gwa.collection.forms.desk.checks import STEPS
from gwa.collection.forms.desk.place import PREFIX, PlaceForm
from gwa.collection.views.desk.drafting import keep_step
from gwa.collection.views.desk.sheets import REGISTER
from gwa.common.access import needs
from gwa.common.drafts import Fields
from gwa.registry.views.asking import reader_of

_MOST_BYTES = 200_000


@needs(REGISTER)
@require_POST
def keep(request: HttpRequest, registration_id: UUID, step: str, key: int) -> HttpResponse:
    """Keep a step while it is being typed. A sheet that is gone stays gone."""
    fields = _read_fields(request)
    if fields is None or step not in STEPS:
        return HttpResponse(status=400)
    kept = keep_step(request, registration_id, fields, step, str(key))
    return HttpResponse(status=204 if kept is not None else 410)


def _read_fields(request: HttpRequest) -> Fields | None:
    """Return the fields as the browser sends them, or None when they are not that."""
    try:
        fields = json.loads(request.body) if len(request.body) <= _MOST_BYTES else None
    except (ValueError, RequestDataTooBig):
        return None
    if not isinstance(fields, dict):
        return None
    is_sound = all(
        isinstance(values, list) and all(isinstance(value, str) for value in values)
        for values in fields.values()
    )
    return fields if is_sound else None


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
