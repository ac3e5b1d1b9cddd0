"""The register of sources: list, one source with its imports, add, correct."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gwa.collection.actions import add_data_source, correct_data_source
from gwa.collection.forms.sources import DataSourceForm, told_of
from gwa.collection.models import DataSource, Import
from gwa.common.access import needs
from gwa.common.errors import DomainError
from gwa.common.listing import read_page
from gwa.common.people import names_by_login
from gwa.registry.views.asking import actor_of, reader_of

READ, MANAGE = "collection.read_sources", "collection.manage_sources"
IMPORT = "collection.import"
ORDERS = {
    "name": ("name",),
    "organisation": ("organisation",),
    "collected": ("collected_to",),
    "households": ("households_told",),
}


@needs(READ)
@require_GET
def show_sources(request: HttpRequest) -> HttpResponse:
    """List the databases and collections from which lists come."""
    sources = DataSource.objects.all()
    page = read_page(
        sources, request.GET, orders=ORDERS, default="-collected", total=sources.count()
    )
    counts = Import.objects.visible_to(reader_of(request)).filter(data_source__in=page.rows)
    by_source = dict(counts.order_by().values_list("data_source").annotate(Count("pk")))
    context = {
        "page": page,
        "rows": [(source, by_source.get(source.pk, 0)) for source in page],
        "may_manage": reader_of(request).has_right(MANAGE),
    }
    return render(request, "collection/sources/list.html", context)


@needs(READ)
@require_GET
def show_source(request: HttpRequest, source_id: int) -> HttpResponse:
    """Show one source: what is told of it, what came from it."""
    source = get_object_or_404(DataSource.objects.prefetch_related("zones"), pk=source_id)
    reader = reader_of(request)
    imports = Import.objects.visible_to(reader).filter(data_source=source)
    shown = list(imports.select_related("data_source")[:50])
    context = {
        "source": source,
        "imports": shown,
        "people": names_by_login([source.added_by, *(one.added_by for one in shown)]),
        "may_manage": reader.has_right(MANAGE),
        "may_import": reader.has_right(IMPORT),
    }
    return render(request, "collection/sources/source.html", context)


@needs(MANAGE)
def add_source(request: HttpRequest) -> HttpResponse:
    """Enter a source into the register."""
    form = DataSourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            source = add_data_source(facts=form.facts(), actor=actor_of(request))
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("La source est au registre."))
            return redirect("collection:source", source.pk)
    return _show_form(request, form, None)


@needs(MANAGE)
def correct_source(request: HttpRequest, source_id: int) -> HttpResponse:
    """Correct what is told of a source, or note the quality seen."""
    source = get_object_or_404(DataSource, pk=source_id)
    form = DataSourceForm(request.POST or None, initial=told_of(source))
    if request.method == "POST" and form.is_valid():
        try:
            correct_data_source(data_source=source, facts=form.facts(), actor=actor_of(request))
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("La source est corrigée."))
            return redirect("collection:source", source.pk)
    return _show_form(request, form, source)


def _show_form(
    request: HttpRequest, form: DataSourceForm, source: DataSource | None
) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {"form": form, "source": source}
    return render(request, "collection/sources/form.html", context, status=status)
