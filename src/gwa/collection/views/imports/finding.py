"""How the screens of imports find one, and which steps lead to its start."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from gwa.collection.models import Import
from gwa.registry.views.asking import reader_of

IMPORT, TAKE_BACK = "collection.import", "collection.take_back"


def import_or_404(request: HttpRequest, import_id: UUID) -> Import:
    """Return the import where this person may see it."""
    imports = Import.objects.visible_to(reader_of(request)).select_related("data_source")
    found: Import = get_object_or_404(imports, pk=import_id)
    return found


def draft_or_404(request: HttpRequest, import_id: UUID) -> Import:
    """Return an import that is not started yet."""
    found = import_or_404(request, import_id)
    if found.status != Import.Status.DRAFT:
        raise Http404
    return found
