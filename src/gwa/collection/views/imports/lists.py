"""The list of imports, one import, and how far it is."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from gwa.collection.models import Import
from gwa.collection.queries.refused import count_refusals
from gwa.collection.views.imports.finding import IMPORT, TAKE_BACK, import_or_404
from gwa.collection.words import say_failure, say_reasons
from gwa.common.access import needs
from gwa.common.listing import read_page
from gwa.common.people import names_by_login
from gwa.registry.views.asking import reader_of
from gwa.variables.queries import current_version, read_dictionary

ORDERS = {"added": ("added_at",), "source": ("data_source__name",), "status": ("status",)}
_COUNTS = {
    "households_registered": _("Ménages enregistrés"),
    "households_updated": _("Ménages mis à jour"),
    "households_unchanged": _("Ménages sans changement"),
    "households_left": _("Ménages laissés tels quels"),
    "households_refused": _("Ménages refusés"),
    "persons_registered": _("Personnes enregistrées"),
    "persons_updated": _("Personnes mises à jour"),
    "lines": _("Lignes lues"),
    "lines_refused": _("Lignes refusées"),
    "warnings": _("Lignes à vérifier"),
    "claims": _("Numéros déjà portés par quelqu’un d’autre"),
    "to_search": _("Ménages à comparer aux autres"),
}
_ALWAYS = ("households_registered", "lines", "lines_refused")
_SHOWN_REFUSED = 50
_TAKEABLE = (Import.Status.DONE, Import.Status.CANCELLED, Import.Status.FAILED)
_RESUMABLE = (Import.Status.CANCELLED, Import.Status.FAILED)


@needs(IMPORT)
@require_GET
def show_imports(request: HttpRequest) -> HttpResponse:
    """List the imports, the latest first."""
    imports = Import.objects.visible_to(reader_of(request)).select_related("data_source")
    page = read_page(imports, request.GET, orders=ORDERS, default="-added", total=imports.count())
    people = names_by_login(one.added_by for one in page)
    return render(request, "collection/imports/list.html", {"page": page, "people": people})


@needs(IMPORT)
@require_GET
def show_import(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Show how far an import is, or what came of it."""
    found = import_or_404(request, import_id)
    if found.status == Import.Status.DRAFT:
        step = "collection:import_check" if found.mapping else "collection:import_columns"
        return redirect(step, found.pk)
    reader = reader_of(request)
    refused = found.refused_lines.all()
    dictionary = read_dictionary(found.dictionary_version or current_version())
    shown = [(line, say_reasons(line, dictionary)) for line in refused[:_SHOWN_REFUSED]]
    context = {
        "import": found,
        "people": names_by_login([found.added_by]),
        "counts": [
            (label, found.count(name))
            for name, label in _COUNTS.items()
            if found.count(name) or name in _ALWAYS
        ],
        "failure": say_failure(found),
        "refusals": count_refusals(found, dictionary),
        "refused": shown,
        "more_refused": max(0, found.count("lines_refused") - len(shown)),
        "may_take_back": reader.has_right(TAKE_BACK)
        and found.status in _TAKEABLE
        and found.chunks_done > 0,
        "may_resume": found.status in _RESUMABLE,
        "may_cancel": found.is_open and not found.is_cancel_asked,
    }
    return render(request, "collection/imports/import.html", context)


@needs(IMPORT)
@require_GET
def show_progress(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Give the progress alone; once it has ended, let the whole page be loaded again."""
    found = import_or_404(request, import_id)
    answer = render(request, "collection/imports/progress.html", {"import": found})
    if not found.is_open:
        answer.headers["HX-Refresh"] = "true"
    return answer
