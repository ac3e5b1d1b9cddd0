"""The door of interviews, as OpenRosa clients knock: forms, their files, interviews.

`DeviceMiddleware` has found who calls. The contract is tested with raw requests as Collect sends
them (`tests/test_openrosa_*.py`).
"""

import hashlib
from typing import Any, BinaryIO, cast

from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from gwa.common.access import for_devices
from gwa.common.errors import Busy
from gwa.common.ids import read_uuid
from gwa.journal.actions import record
from gwa.questionnaires.models import FormVersion
from gwa.questionnaires.queries.versions import versions_for
from gwa.questionnaires.rules.deriving import HOUSEHOLDS
from gwa.registry.models import Household, Membership, Person
from gwa.registry.views.asking import actor_of, reader_of
from gwa.submissions.actions import Part, receive_submission
from gwa.submissions.errors import FormDamaged, SendingTooLarge, SubmissionRefused, XmlMissing
from gwa.submissions.lists import ENTITY_LISTS
from gwa.submissions.made_lists import ENTITIES, find_list, lists_of
from gwa.submissions.openrosa.pages import (
    ListedFile,
    ListedForm,
    write_form_list,
    write_integrity,
    write_manifest,
    write_receipts,
    write_response,
)
from gwa.submissions.queries.receipts import read_receipts
from gwa.submissions.reach import reach_of

_XML_PART = "xml_submission_file"
# As the proxies before us (docs/operate/proxy): the largest file, with its interview.
LARGEST_REQUEST_MB = 25
_TEXT = "text/xml; charset=utf-8"
_CSV = "text/csv; charset=utf-8"


@for_devices
@require_http_methods(["GET", "HEAD"])
def show_form_list(request: HttpRequest, token: str = "") -> HttpResponse:
    """List the forms that this account asks today."""
    base = _base(request, token)
    forms = [
        ListedForm(
            code=version.form.code,
            title=version.form.title or version.form.code,
            version=version.version,
            md5=version.xform_md5,
            url=f"{base}forms/{version.pk}/form.xml",
            manifest_url=f"{base}forms/{version.pk}/manifest",
        )
        for version in versions_for(reader_of(request), on=timezone.localdate())
    ]
    return _known_by(request, write_form_list(forms), _TEXT)


@for_devices
@require_http_methods(["GET", "HEAD"])
def show_form(request: HttpRequest, version_id: int, token: str = "") -> HttpResponse:
    """Give the XForm, byte for byte as it was published."""
    version = _version(version_id)
    return _known_by(request, bytes(version.xform), _TEXT, version.xform_md5)


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
    for name in lists_of(version):
        listed = find_list(reader_of(request), version, name)
        where = f"{base}integrity/{name.removesuffix('.csv')}" if name in ENTITIES else ""
        files.append(ListedFile(name, listed.md5, f"{base}media/{name}", where))
    return _known_by(request, write_manifest(files), _TEXT)


@for_devices
@require_http_methods(["GET", "HEAD"])
def show_media(request: HttpRequest, version_id: int, name: str, token: str = "") -> HttpResponse:
    """Give a file of a form. A list of people leaves a line of who fetched it."""
    version = _version(version_id)
    if name not in lists_of(version):
        media = get_object_or_404(version.media, name=name)
        return _known_by(request, bytes(media.content), media.media_type, media.md5)
    listed = find_list(reader_of(request), version, name)
    unchanged = _unchanged(request, listed.md5)
    if unchanged is not None:
        return unchanged
    if name in ENTITIES:
        record(
            "submissions.list_fetched",
            actor=actor_of(request),
            subject=request.device,  # type: ignore[attr-defined]
            data={"list": name.removesuffix(".csv"), "rows": listed.rows},
        )
    return _known_by(request, listed.read(), _CSV, listed.md5)


@for_devices
@require_GET
def show_integrity(
    request: HttpRequest, version_id: int, dataset: str, token: str = ""
) -> HttpResponse:
    """Say which of the entities asked are gone, or no longer this account's to see."""
    if dataset not in ENTITY_LISTS:
        raise Http404
    asked = [key for key in request.GET.get("id", "").split(",") if key]
    ids = [key for key in asked if read_uuid(key)]
    reader = reader_of(request)
    if dataset == HOUSEHOLDS:
        found: list[QuerySet[Any]] = [
            Household.objects.visible_to(reader).filter(pk__in=ids, status="active")
        ]
    else:
        found = [
            Person.objects.visible_to(reader).filter(pk__in=ids, status="alive"),
            Membership.objects.visible_to(reader).filter(pk__in=ids, ended_on__isnull=True),
        ]
    reach = reach_of(reader)
    here = {str(key) for rows in found for key in reach.narrow(rows).values_list("pk", flat=True)}
    return HttpResponse(
        write_integrity({key: key not in here for key in asked}), content_type=_TEXT
    )


@for_devices
@require_GET
def show_receipts(request: HttpRequest, token: str = "") -> HttpResponse:
    """Say which of the interviews asked the server still knows: a restore may have lost some."""
    asked = [name for name in request.GET.get("id", "").split(",") if name]
    return HttpResponse(write_receipts(read_receipts(asked)), content_type=_TEXT)


@csrf_exempt
@for_devices
@require_http_methods(["HEAD", "POST"])
def submit(request: HttpRequest, token: str = "") -> HttpResponse:
    """Say how much may come at once, or take an interview in."""
    if request.method == "HEAD":
        return HttpResponse(status=204)
    try:
        xml, parts = _open_sending(request)
        receipt = receive_submission(
            xml=xml,
            parts=parts,
            user=reader_of(request),
            actor=actor_of(request),
            device=request.device,  # type: ignore[attr-defined]
        )
    except SubmissionRefused as refusal:
        return HttpResponse(
            write_response(refusal.sentence), status=refusal.status, content_type=_TEXT
        )
    except Busy as refusal:
        return HttpResponse(write_response(refusal.sentence), status=503, content_type=_TEXT)
    submission = receipt.submission
    sentence = _("Reçu ; des photos manquent encore.") if receipt.missing else _("Entretien reçu.")
    facts = {"sha256": receipt.sha256, "revision": str(submission.revision)}
    page = write_response(
        sentence,
        form_id=submission.form_version.form.code,
        instance_id=submission.instance_id,
        facts=facts,
    )
    return HttpResponse(page, status=201, content_type=_TEXT)


def _open_sending(request: HttpRequest) -> tuple[bytes, list[Part]]:
    """Return the interview and the files beside it. Django reads the request only here."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_REQUEST_MB << 20:
        raise SendingTooLarge(limit=LARGEST_REQUEST_MB)
    try:
        files = request.FILES
    except (RequestDataTooBig, TooManyFilesSent, TooManyFieldsSent) as error:
        raise SendingTooLarge(limit=LARGEST_REQUEST_MB) from error
    except (MultiPartParserError, UnreadablePostError) as error:
        raise FormDamaged from error
    xml = files.get(_XML_PART)
    if xml is None:
        raise XmlMissing
    parts = [
        Part(name, cast("BinaryIO", file), file.size or 0)
        for name, several in files.lists()
        for file in several
        if name != _XML_PART
    ]
    return xml.read(), parts


def _version(version_id: int) -> FormVersion:
    """Return a version that was published; an old one too, for interviews begun with it."""
    known = FormVersion.objects.taking_interviews().defer("workbook")
    version: FormVersion = get_object_or_404(known, pk=version_id)
    return version


def _known_by(request: HttpRequest, content: bytes, kind: str, md5: str = "") -> HttpResponse:
    """Answer with the content and what it is known by, or that the client has it already."""
    tag = md5 or hashlib.md5(content, usedforsecurity=False).hexdigest()
    answer = _unchanged(request, tag) or HttpResponse(content, content_type=kind)
    answer["ETag"] = f'"{tag}"'
    return answer


def _unchanged(request: HttpRequest, md5: str) -> HttpResponse | None:
    """Return the short answer for who has this already (304), else None."""
    return get_conditional_response(request, etag=f'"{md5}"')


def _base(request: HttpRequest, token: str) -> str:
    path = f"/openrosa/key/{token}/" if token else "/openrosa/"
    return request.build_absolute_uri(path)
