"""The door of interviews, as OpenRosa clients knock: forms, their files, interviews.

`DeviceMiddleware` has found who calls. The contract is tested with raw requests as Collect sends
them (`tests/test_openrosa_*.py`).
"""

import hashlib
from typing import BinaryIO, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from gwa.common.access import for_devices
from gwa.common.ids import read_uuid
from gwa.journal.actions import record
from gwa.questionnaires.models import FormVersion
from gwa.questionnaires.queries.versions import assignments_for, form_of, versions_for
from gwa.questionnaires.rules.deriving import HOUSEHOLDS
from gwa.registry.models import Household, Person
from gwa.registry.views.asking import actor_of, reader_of
from gwa.submissions import lists
from gwa.submissions.actions import Part, receive_submission
from gwa.submissions.errors import SubmissionRefused, XmlMissing
from gwa.submissions.openrosa.pages import (
    ListedFile,
    ListedForm,
    write_form_list,
    write_integrity,
    write_manifest,
    write_response,
)
from gwa.variables.queries import current_dictionary, read_dictionary
from gwa.zones.models import Level, Zone

_XML_PART = "xml_submission_file"
_PARTIAL = "*isIncomplete*"
_TEXT = "text/xml; charset=utf-8"
_CSV = "text/csv; charset=utf-8"
ZONES, COMMUNES, CAMPAIGN = "zones.csv", "communes.csv", "campagne.csv"


@for_devices
@require_http_methods(["GET", "HEAD"])
def show_form_list(request: HttpRequest, token: str = "") -> HttpResponse:
    """List the forms that this account asks today."""
    base = _base(request, token)
    forms = [
        ListedForm(
            code=version.form.code,
            title=version.form.title,
            version=version.version,
            md5=version.xform_md5,
            url=f"{base}forms/{version.pk}/form.xml",
            manifest_url=f"{base}forms/{version.pk}/manifest",
        )
        for version in versions_for(reader_of(request), on=timezone.localdate())
    ]
    return HttpResponse(write_form_list(forms), content_type=_TEXT)


@for_devices
@require_http_methods(["GET", "HEAD"])
def show_form(request: HttpRequest, version_id: int, token: str = "") -> HttpResponse:
    """Give the XForm, byte for byte as it was published."""
    version = _version(version_id)
    return HttpResponse(bytes(version.xform), content_type=_TEXT)


@for_devices
@require_http_methods(["GET", "HEAD"])
def show_manifest(request: HttpRequest, version_id: int, token: str = "") -> HttpResponse:
    """List the files of a form: what was published with it, and the lists of this account."""
    version = _version(version_id)
    base = f"{_base(request, token)}forms/{version.pk}/"
    files = [
        ListedFile(media.name, media.md5, f"{base}media/{media.name}")
        for media in version.media.defer("content")
    ]
    for name in _lists_of(version):
        content, _rows = _write_list(request, version, name)
        dataset = name.removesuffix(".csv")
        files.append(
            ListedFile(
                name,
                hashlib.md5(content, usedforsecurity=False).hexdigest(),
                f"{base}media/{name}",
                f"{base}integrity/{dataset}" if dataset in lists.ENTITY_LISTS else "",
            )
        )
    return HttpResponse(write_manifest(files), content_type=_TEXT)


@for_devices
@require_http_methods(["GET", "HEAD"])
def show_media(request: HttpRequest, version_id: int, name: str, token: str = "") -> HttpResponse:
    """Give a file of a form. A list of people leaves a line of who fetched it."""
    version = _version(version_id)
    if name in _lists_of(version):
        content, rows = _write_list(request, version, name)
        dataset = name.removesuffix(".csv")
        if dataset in lists.ENTITY_LISTS:
            device = request.device  # type: ignore[attr-defined]
            record(
                "submissions.list_fetched",
                actor=actor_of(request),
                subject=device,
                data={"list": dataset, "rows": rows},
            )
        return HttpResponse(content, content_type=_CSV)
    media = get_object_or_404(version.media, name=name)
    return HttpResponse(bytes(media.content), content_type=media.media_type)


@for_devices
@require_GET
def show_integrity(
    request: HttpRequest, version_id: int, dataset: str, token: str = ""
) -> HttpResponse:
    """Say which of the entities asked are gone, or no longer this account's to see."""
    if dataset not in lists.ENTITY_LISTS:
        raise Http404
    asked = [key for key in request.GET.get("id", "").split(",") if key]
    ids = [key for key in asked if read_uuid(key)]
    reader = reader_of(request)
    if dataset == HOUSEHOLDS:
        found = Household.objects.visible_to(reader).filter(pk__in=ids, status="active")
    else:
        found = Person.objects.visible_to(reader).filter(pk__in=ids, status="alive")
    here = {str(key) for key in found.values_list("pk", flat=True)}
    return HttpResponse(
        write_integrity({key: key not in here for key in asked}), content_type=_TEXT
    )


@csrf_exempt
@for_devices
@require_http_methods(["HEAD", "POST"])
def submit(request: HttpRequest, token: str = "") -> HttpResponse:
    """Say how much may come at once, or take an interview in."""
    if request.method == "HEAD":
        return HttpResponse(status=204)
    try:
        xml = request.FILES.get(_XML_PART)
        if xml is None:
            raise XmlMissing
        parts = [
            Part(name, cast("BinaryIO", file), file.size or 0)
            for name, files in request.FILES.lists()
            for file in files
            if name != _XML_PART
        ]
        receipt = receive_submission(
            xml=xml.read(),
            parts=parts,
            user=reader_of(request),
            actor=actor_of(request),
            device=request.device,  # type: ignore[attr-defined]
        )
    except SubmissionRefused as refusal:
        return HttpResponse(
            write_response(refusal.sentence), status=refusal.status, content_type=_TEXT
        )
    submission = receipt.submission
    sentence = (
        _("Entretien reçu.") if not receipt.missing else _("Reçu ; des photos manquent encore.")
    )
    facts = {"sha256": submission.original_sha256(), "revision": str(submission.revision)}
    page = write_response(
        sentence,
        form_id=submission.form_version.form.code,
        instance_id=submission.instance_id,
        facts=facts,
    )
    return HttpResponse(page, status=201, content_type=_TEXT)


def _version(version_id: int) -> FormVersion:
    """Return a version that was published; an old one too, for interviews begun with it."""
    known = FormVersion.objects.taking_interviews().defer("workbook")
    version: FormVersion = get_object_or_404(known, pk=version_id)
    return version


def _lists_of(version: FormVersion) -> list[str]:
    """The names of the files that the form reads and that are made for each account."""
    made = {ZONES, COMMUNES, CAMPAIGN, *(f"{name}.csv" for name in lists.ENTITY_LISTS)}
    sources = (one.source.rpartition("/")[2] for one in form_of(version).lists)
    return [name for name in dict.fromkeys(sources) if name in made]


def _write_list(request: HttpRequest, version: FormVersion, name: str) -> tuple[bytes, int]:
    reader = reader_of(request)
    if name == ZONES:
        zones = Zone.objects.visible_to(reader).current().order_by("path")
        return lists.write_zones(zones), 0
    if name == COMMUNES:
        above = Zone.objects.current().filter(level__lte=Level.COMMUNE).order_by("path")
        return lists.write_zones(above, above_them=lists.ABOVE_COMMUNES), 0
    if name == CAMPAIGN:
        current = assignments_for(reader, on=timezone.localdate()).filter(form=version.form_id)
        modules = sorted({module for one in current for module in one.modules})
        return lists.write_campaign({"modules": " ".join(modules)}), 0
    meaning = version.dictionary_version
    dictionary = read_dictionary(meaning) if meaning else current_dictionary()
    return lists.ENTITY_LISTS[name.removesuffix(".csv")](reader, form_of(version), dictionary)


def _base(request: HttpRequest, token: str) -> str:
    path = f"/openrosa/key/{token}/" if token else "/openrosa/"
    return request.build_absolute_uri(path)
