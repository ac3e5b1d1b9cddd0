"""Imports for machines: order one with its file, follow it, read what stayed outside, stop it."""

import hashlib
from typing import Annotated, BinaryIO, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router
from ninja.files import UploadedFile

from gwa.accounts.idempotency import once
from gwa.collection import storage
from gwa.collection.actions import (
    Upload,
    cancel_import,
    set_mapping,
    start_import,
    upload_import,
)
from gwa.collection.errors import DataSourceUnknown, MappingUnknown
from gwa.collection.intake.preparing import titles_of
from gwa.collection.models import DataSource, Import, RefusedLine, SavedMapping
from gwa.collection.rules.mappings import fit_to_sheets, parse_mapping
from gwa.collection.schemas import (
    ImportOrder,
    ImportOut,
    ImportPage,
    RefusedLineOut,
    RefusedLinePage,
)
from gwa.common.api.answers import IdempotencyKey, answer, answer_page
from gwa.common.api.door import Bearer, caller_of
from gwa.common.api.errors import NotFound
from gwa.common.api.pages import SIZE, Cursor, Limit, read_page
from gwa.common.api.problems import answer_with
from gwa.common.scope import EVERYWHERE
from gwa.journal.actions import record
from gwa.journal.models import Actor
from gwa.variables.queries import current_version, read_dictionary
from gwa.zones.models import Zone, lies_in

RIGHT = "collection.import"
READ = Bearer(RIGHT)
router = Router(tags=["imports"])
answer_with({"collection.import_not_open": 409})


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _import_of(request: HttpRequest, import_id: UUID) -> Import:
    """Return an import that this very machine ordered."""
    machine = caller_of(request)
    rows = Import.objects.visible_to(machine).filter(added_by=machine.label)
    found: Import | None = rows.select_related("data_source").filter(pk=import_id).first()
    if found is None:
        raise NotFound
    return found


def _paths_of(request: HttpRequest, zone_code: str) -> list[str]:
    """Return where the import may write: the zone named, else all of the machine's."""
    paths: list[str] = caller_of(request).scope_paths()
    if not zone_code:
        return paths
    zone = Zone.objects.current().filter(code=zone_code).first()
    if zone is None or not lies_in(zone.path, paths):
        raise NotFound
    return [EVERYWHERE] if zone.parent_id is None else [zone.path]


def _source_of(request: HttpRequest, name: str) -> DataSource:
    """Return a source of the machine's own organisation: it speaks for no other."""
    organisation = caller_of(request).organisation.name
    found = DataSource.objects.filter(name=name, organisation__iexact=organisation).first()
    if found is None:
        raise DataSourceUnknown
    return found


@router.post(
    "/imports",
    auth=Bearer(RIGHT, takes="multipart/form-data"),
    response={201: ImportOut},
)
def order_import(
    request: HttpRequest,
    idempotency_key: IdempotencyKey,
    order: Annotated[ImportOrder, Form()],
    file: Annotated[UploadedFile, File()],
) -> HttpResponse:
    """Hand in a file of households and let a worker bring it in; follow it at its `Location`."""
    digest = hashlib.sha256(order.model_dump_json().encode())
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)

    def do() -> HttpResponse:
        made = _start(request, order, file)
        location = f"/api/v1/imports/{made.pk}"
        return answer(request, ImportOut.of(made), status=201, location=location)

    return once(request, idempotency_key, do, content=digest.digest())


def _start(request: HttpRequest, order: ImportOrder, file: UploadedFile) -> Import:
    """Take the file in, choose its columns and start; leave no file behind a refusal."""
    actor = _actor(request)
    saved = SavedMapping.objects.filter(name=order.saved_mapping).first()
    if saved is None:
        raise MappingUnknown
    made = upload_import(
        uploads=[Upload(file.name or "import", cast("BinaryIO", file))],
        data_source=_source_of(request, order.data_source),
        collected_on=order.collected_on,
        scope_paths=_paths_of(request, order.zone_code),
        actor=actor,
    )
    stored = list(made.files.values_list("stored", flat=True))
    try:
        mapping = fit_to_sheets(parse_mapping(saved.mapping), titles_of(made.files.all()))
        set_mapping(of_import=made, mapping=mapping.as_json(), known=order.known.value, actor=actor)
        return start_import(of_import=made, actor=actor)
    except BaseException:
        storage.remove_all(stored)
        raise


@router.get("/imports", auth=READ, response=ImportPage)
def list_imports(request: HttpRequest, cursor: Cursor = "", limit: Limit = SIZE) -> HttpResponse:
    """List the imports that this machine ordered."""
    machine = caller_of(request)
    rows = Import.objects.visible_to(machine).filter(added_by=machine.label)
    page = read_page(rows.select_related("data_source"), of="imports", cursor=cursor, limit=limit)
    record("collection.imports_listed", actor=_actor(request), data={"rows": len(page)})
    items = [ImportOut.of(found) for found in page]
    return answer_page(ImportPage(items=items, next_cursor=page.next_cursor))


@router.get("/imports/{uuid:import_id}", auth=READ, response=ImportOut)
def read_import(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Tell how far an import is."""
    found = _import_of(request, import_id)
    record("collection.import_read", actor=_actor(request), subject=found)
    return answer(request, ImportOut.of(found))


@router.get("/imports/{uuid:import_id}/refused-lines", auth=READ, response=RefusedLinePage)
def list_refused_lines(
    request: HttpRequest, import_id: UUID, cursor: Cursor = "", limit: Limit = SIZE
) -> HttpResponse:
    """List the lines that stayed outside, with their cells and why, to be mended and sent again."""
    found = _import_of(request, import_id)
    rows = RefusedLine.objects.filter(of_import=found)
    page = read_page(rows, of=f"refused {found.pk}", cursor=cursor, limit=limit)
    data = {"rows": len(page)}
    record("collection.refused_lines_read", actor=_actor(request), subject=found, data=data)
    dictionary = read_dictionary(found.dictionary_version or current_version())
    items = [RefusedLineOut.of(line, dictionary) for line in page]
    return answer_page(RefusedLinePage(items=items, next_cursor=page.next_cursor))


@router.post("/imports/{uuid:import_id}/cancel", auth=Bearer(RIGHT, takes=""), response=ImportOut)
def stop_import(
    request: HttpRequest, import_id: UUID, idempotency_key: IdempotencyKey
) -> HttpResponse:
    """Stop an import; what entered before stays."""

    def do() -> HttpResponse:
        cancel_import(of_import=_import_of(request, import_id), actor=_actor(request))
        return answer(request, ImportOut.of(_import_of(request, import_id)))

    return once(request, idempotency_key, do)
