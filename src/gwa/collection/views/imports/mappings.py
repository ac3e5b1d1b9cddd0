"""The columns kept for the next file of the same shape: list them, remove one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gwa.collection.actions import remove_mapping
from gwa.collection.models import SavedMapping
from gwa.collection.views.imports.finding import IMPORT
from gwa.common.access import needs
from gwa.common.listing import read_page
from gwa.common.people import names_by_login
from gwa.registry.views.asking import actor_of

ORDERS = {"name": ("name",), "source": ("data_source__name",), "saved": ("saved_at",)}


@needs(IMPORT)
@require_GET
def show_mappings(request: HttpRequest) -> HttpResponse:
    """List the choices of columns that were kept."""
    saved = SavedMapping.objects.select_related("data_source")
    page = read_page(saved, request.GET, orders=ORDERS, default="name", total=saved.count())
    context = {"page": page, "people": names_by_login(one.saved_by for one in page)}
    return render(request, "collection/imports/mappings.html", context)


@needs(IMPORT)
@require_POST
def remove(request: HttpRequest, saved_id: int) -> HttpResponse:
    """Forget one."""
    remove_mapping(saved=get_object_or_404(SavedMapping, pk=saved_id), actor=actor_of(request))
    messages.success(request, _("Ces choix de colonnes sont supprimés."))
    return redirect("collection:mappings")
