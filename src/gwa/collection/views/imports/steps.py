"""What comes before an import starts: its files, its columns, its first lines."""

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gwa.collection import actions
from gwa.collection.actions import Upload
from gwa.collection.forms.columns import ColumnsForm
from gwa.collection.forms.imports import OptionsForm, SavedMappingForm, UploadForm
from gwa.collection.looking import look_at
from gwa.collection.models import DataSource, Import, SavedMapping
from gwa.collection.previewing import preview_import
from gwa.collection.queries.suggestions import suggest_for
from gwa.collection.rules.mappings import parse_mapping
from gwa.collection.views.imports.finding import IMPORT, draft_or_404
from gwa.common.access import needs
from gwa.common.days import today
from gwa.common.errors import DomainError
from gwa.registry.views.asking import actor_of, reader_of
from gwa.variables.queries import current_version, read_dictionary


@needs(IMPORT)
def upload(request: HttpRequest) -> HttpResponse:
    """Take files in and look at their sheets."""
    paths = reader_of(request).scope_paths()
    source = request.GET.get("source", "")
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        zone_paths=paths,
        initial={
            "data_source": source if source.isdecimal() else None,
            "collected_on": _day_of(request) or today(),
        },
    )
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        zone = asked.get("zone")
        try:
            made = actions.upload_import(
                uploads=[
                    Upload(file.name, file, asked["encoding"], asked["separator"])
                    for file in asked["handed_in"]
                ],
                data_source=asked["data_source"],
                collected_on=asked["collected_on"],
                scope_paths=[zone.path] if zone else paths,
                actor=actor_of(request),
            )
        except DomainError as refusal:
            form.add_error("handed_in", refusal.sentence)
        else:
            return redirect("collection:import_columns", made.pk)
    context = {
        "form": form,
        "has_sources": DataSource.objects.exists(),
        "may_add_source": reader_of(request).has_right("collection.manage_sources"),
    }
    status = 422 if form.errors else 200
    return render(request, "collection/imports/upload.html", context, status=status)


def _day_of(request: HttpRequest) -> dt.date | None:
    """The day of the list whose refused lines come back mended."""
    try:
        return dt.date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return None


@needs(IMPORT)
def choose_columns(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Ask what each column means, and how cells are read."""
    found = draft_or_404(request, import_id)
    kept = _kept_mapping(request) or found.mapping or suggest_for(found).as_json()
    columns = ColumnsForm(
        request.POST or None,
        sheets=look_at(found),
        kept=kept,
        dictionary=read_dictionary(current_version()),
    )
    options = OptionsForm(request.POST or None, initial={**kept, "known": found.known})
    refusal = ""
    if request.method == "POST" and columns.is_valid() and options.is_valid():
        mapping = {**columns.mapping(), **options.choices_made()}
        try:
            actions.set_mapping(
                of_import=found,
                mapping=mapping,
                known=options.cleaned_data["known"],
                actor=actor_of(request),
            )
            _keep(request, mapping, found.data_source)
        except DomainError as error:
            refusal = error.sentence
        else:
            return redirect("collection:import_check", found.pk)
    context = {
        "import": found,
        "columns": columns,
        "options": options,
        "saved": SavedMappingForm(initial={"saved": request.GET.get("saved")}),
        "has_saved": SavedMapping.objects.exists(),
        "refusal": refusal,
    }
    status = 422 if refusal or columns.errors or options.errors else 200
    return render(request, "collection/imports/columns.html", context, status=status)


def _kept_mapping(request: HttpRequest) -> dict[str, object] | None:
    """The saved mapping that somebody wants to start from."""
    number = request.GET.get("saved", "")
    if not number.isdecimal():
        return None
    mapping: dict[str, object] = get_object_or_404(SavedMapping, pk=int(number)).mapping
    return mapping


def _keep(request: HttpRequest, mapping: dict[str, object], source: DataSource) -> None:
    post: QueryDict = request.POST
    name = post.get("mapping_name", "").strip()
    if name:
        actions.save_mapping(
            name=name[:120],
            mapping=parse_mapping(mapping).as_json(),
            data_source=source,
            actor=actor_of(request),
        )


@needs(IMPORT)
def check_lines(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Show the first lines as they will be understood; start the import when they are right."""
    found = draft_or_404(request, import_id)
    if request.method == "POST":
        try:
            actions.start_import(of_import=found, actor=actor_of(request))
        except DomainError as refusal:
            messages.error(request, refusal.sentence)
            return redirect("collection:import_columns", found.pk)
        return redirect("collection:import", found.pk)
    if not found.mapping:
        return redirect("collection:import_columns", found.pk)
    context = {"import": found, "preview": preview_import(found), **_told(found)}
    return render(request, "collection/imports/check.html", context)


def _told(found: Import) -> dict[str, object]:
    rows = [sheet["row_count"] for file in found.files.all() for sheet in file.sheets]
    return {"lines": sum(filter(None, rows))}


@needs(IMPORT)
@require_POST
def discard(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Forget an import that was never started."""
    actions.discard_import(of_import=draft_or_404(request, import_id), actor=actor_of(request))
    messages.success(request, _("L’import est abandonné : rien n’en est gardé."))
    return redirect("collection:imports")
