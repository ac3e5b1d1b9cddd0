"""The door of Gwa Collecte: JSON under `/phone/v1/` (docs/decisions/0013).

`DeviceMiddleware` has found who calls. Forms and their lists come from the views of the OpenRosa
door: the same bytes, the same lines in the journal.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from pydantic import BaseModel, ValidationError

from gwa.common.access import for_devices, public
from gwa.common.api.errors import BodyUnreadable, TooManyCalls
from gwa.common.errors import Busy, DomainError
from gwa.common.paper import show_qr
from gwa.common.scope import everywhere
from gwa.fieldwork.actions import give_badge
from gwa.fieldwork.policy import max_offline_days
from gwa.fieldwork.queries.former import find_former, given_with
from gwa.fieldwork.queries.work import open_assignments, open_returns, read_work
from gwa.fieldwork.schemas import Contact, Hello, Knock, SignIn
from gwa.journal.actions import record
from gwa.journal.models import Actor
from gwa.questionnaires.models import FormVersion
from gwa.registry.views.asking import actor_of, reader_of
from gwa.submissions import errors, storage
from gwa.submissions.actions import (
    Piece,
    Sender,
    Told,
    greet,
    note_told,
    refusal_of,
    seal_keys_in_service,
    sign_in_device,
    take_piece,
)
from gwa.submissions.actions.uploads import LARGEST_PIECE
from gwa.submissions.callers import account_of, address_of
from gwa.submissions.doors import refuse_in_json
from gwa.submissions.errors import SubmissionRefused
from gwa.submissions.models import Device, Handset, Original, Upload
from gwa.submissions.queries.receipts import read_receipts, receipt_of

View = Callable[..., HttpResponse]
Body = TypeVar("Body", bound=BaseModel)
SEND = "submissions.send"
_SHA256_DIGITS = 64
_STATUS: Mapping[type[DomainError], int] = {
    BodyUnreadable: 400,
    Busy: 503,
    errors.AccountHasNoRight: 403,
    errors.CallerUnknown: 401,
    errors.DeviceBoundElsewhere: 403,
    errors.DeviceNotBound: 403,
    errors.DeviceRevoked: 403,
    errors.TooManyTries: 429,
}


def in_json(view: View) -> View:
    """Answer refusals as the telephone reads them."""

    @wraps(view)
    def answer(request: HttpRequest, **places: Any) -> HttpResponse:  # noqa: ANN401 (of the address)
        try:
            return view(request, **places)
        except SubmissionRefused as refusal:
            return refuse_in_json(refusal.status, refusal)
        except DomainError as refusal:
            return refuse_in_json(_STATUS.get(type(refusal), 422), refusal)

    return csrf_exempt(answer)


@public
@require_POST
@in_json
def sign_in(request: HttpRequest) -> HttpResponse:
    """Let an account in from its own telephone, with its password and no code from the desk."""
    asked = _read(request, SignIn)
    try:
        user = account_of(asked.name, asked.password, address=address_of(request))
    except TooManyCalls as refusal:
        raise errors.TooManyTries from refusal
    if user is None:
        raise errors.CallerUnknown
    actor = replace(actor_of(request), label=user.username, user_id=user.pk, right=SEND)
    device, token = sign_in_device(
        user=user, client_device_id=asked.client_device_id, name=asked.device_name, actor=actor
    )
    return JsonResponse({"token": token, **_greet(request, device, asked, actor)})


@for_devices
@require_POST
@in_json
def hello(request: HttpRequest) -> HttpResponse:
    """Bind the token to the telephone that shows it first, and give it what it works with."""
    return JsonResponse(_greet(request, _device(request), _read(request, Hello), actor_of(request)))


@for_devices
@require_POST
@in_json
def contact(request: HttpRequest) -> HttpResponse:
    """Hear how the telephone stands, and tell what changed."""
    told, device = _read(request, Contact), _device(request)
    handset = _handset(device)
    note_told(
        device=device,
        told=Told(
            app_version=told.app_version,
            held_drafts=told.held.drafts,
            held_waiting=told.held.waiting,
            held_since=told.held.oldest_at,
            is_persistent=told.storage.persisted,
            storage_used=told.storage.used,
            storage_quota=told.storage.quota,
            pin_misses=told.pin.misses,
            is_shut=told.pin.shut,
            clock=told.clock,
        ),
    )
    state = device.state
    is_open = state == Device.State.ACTIVE
    return JsonResponse(
        {
            "server_time": timezone.now().isoformat(),
            "state": state,
            "unlock_serial": handset.unlock_serial,
            "seal_keys": _tell_keys(),
            "max_offline_days": max_offline_days(),
            "work_etag": _tag_of(_write_work(request)) if is_open else "",
        }
    )


@public
@require_POST
@in_json
def knock(request: HttpRequest) -> HttpResponse:
    """Tell a locked telephone whether the desk has opened it; it learns and opens nothing else."""
    digest = Handset.digest_of(_read(request, Knock).knock)
    found = Handset.objects.select_related("device__user").filter(knock_digest=digest).first()
    if found is None:
        raise errors.CallerUnknown
    return JsonResponse({"state": found.device.state, "unlock_serial": found.unlock_serial})


@for_devices
@require_GET
@in_json
def work(request: HttpRequest) -> HttpResponse:
    """Give the work of this person, or say that nothing changed."""
    content = _write_work(request)
    tag = _tag_of(content)
    answer = get_conditional_response(request, etag=tag) or HttpResponse(
        content, content_type="application/json"
    )
    answer["ETag"] = tag
    return answer


@for_devices
@require_GET
@in_json
def former_answers(request: HttpRequest, version_id: int, zone_code: str) -> HttpResponse:
    """Give what the households of an assigned zone answered; it leaves a line of who fetched it."""
    user = reader_of(request)
    version = get_object_or_404(FormVersion.objects.taking_interviews(), pk=version_id)
    with everywhere():
        given = given_with(version, open_assignments(user)).get(zone_code)
    if given is None:
        raise Http404
    listed = find_former(user, version, given)
    record(
        "submissions.list_fetched",
        actor=actor_of(request),
        subject=_device(request),
        data={"list": f"former {zone_code}", "rows": listed.rows},
    )
    return HttpResponse(listed.read(), content_type="application/json")


@for_devices
@require_http_methods(["GET", "PUT"])
@in_json
def uploads(request: HttpRequest, sha256: str) -> HttpResponse:
    """Say how much of an envelope is here, or take a piece of it."""
    if len(sha256) != _SHA256_DIGITS or not set(sha256) <= set("0123456789abcdef"):
        raise Http404
    if request.method == "GET":
        found = Upload.objects.filter(sha256=sha256).first()
        return _tell_upload(found) if found else JsonResponse({"received": 0, "done": False})
    sender = Sender(reader_of(request), _device(request), actor_of(request))
    upload, is_in_place = take_piece(_read_piece(request, sha256), sender)
    return _tell_upload(upload) if is_in_place else _tell_upload(upload, status=409)


@for_devices
@require_GET
@in_json
def receipts(request: HttpRequest) -> HttpResponse:
    """Say which of the interviews asked the server still knows."""
    asked = [name for name in request.GET.get("id", "").split(",") if name]
    told = [
        {"id": name, "state": held.state, "sha256": held.sha256, "missing": held.missing}
        for name, held in read_receipts(asked).items()
    ]
    return JsonResponse({"receipts": told})


@for_devices
@require_GET
@in_json
def returned_interview(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """Give back the words of an interview that its author is to mend, where no copy is left."""
    user = reader_of(request)
    with everywhere():
        mine = open_returns().filter(submission__sent_by=user)
        submission = get_object_or_404(mine, pk=return_id).submission
        xml = get_object_or_404(Original, pk=submission.pk).xml
    record("fieldwork.interview_fetched", actor=actor_of(request), subject=submission)
    return HttpResponse(xml, content_type="text/xml; charset=utf-8")


@for_devices
@require_GET
@in_json
def returned_file(request: HttpRequest, return_id: UUID, file_id: UUID) -> HttpResponse:
    """Give back a photo of an interview that its author is to mend, where no copy is left."""
    user = reader_of(request)
    with everywhere():
        mine = open_returns().filter(submission__sent_by=user)
        submission = get_object_or_404(mine, pk=return_id).submission
        file = get_object_or_404(submission.files.exclude(stored=""), pk=file_id)
    content = storage.read(file.stored, key=file.pk)
    return HttpResponse(content, content_type="application/octet-stream")


def _read(request: HttpRequest, shape: type[Body]) -> Body:
    """Read the body. Raises where it is not of the shape."""
    try:
        return shape.model_validate_json(request.body)
    except (ValidationError, RequestDataTooBig, UnreadablePostError) as error:
        raise BodyUnreadable from error


def _read_piece(request: HttpRequest, sha256: str) -> Piece:
    try:
        offset, size = int(request.GET["offset"]), int(request.GET["size"])
    except (KeyError, ValueError) as error:
        raise BodyUnreadable from error
    if offset < 0 or size < 1:
        raise BodyUnreadable
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_PIECE:
        raise errors.PieceTooLarge(limit=LARGEST_PIECE >> 10)
    try:
        return Piece(sha256, offset, size, request.body)
    except (RequestDataTooBig, UnreadablePostError) as error:
        raise BodyUnreadable from error


def _device(request: HttpRequest) -> Device:
    device: Device = request.device  # type: ignore[attr-defined]
    return device


def _handset(device: Device) -> Handset:
    found: Handset | None = Handset.objects.filter(device=device).first()
    if found is None:
        raise errors.DeviceNotBound
    return found


def _greet(request: HttpRequest, device: Device, asked: Hello, actor: Actor) -> dict[str, Any]:
    handset = greet(
        device=device,
        client_device_id=asked.client_device_id,
        app_version=asked.app_version,
        actor=actor,
    )
    user = device.user
    badge = give_badge(user=user, actor=actor)
    badge_url = request.build_absolute_uri(reverse("fieldwork:badge", args=[badge.code]))
    return {
        "device": {"id": device.pk, "name": device.name},
        "person": {
            "username": user.username,
            "name": user.full_name,
            "function": user.profile.shown_name if user.profile else "",
            "organisation": user.organisation.name if user.organisation else "",
            "language": user.language,
        },
        "device_secret": _encode(handset.device_secret),
        "unlock_key": _encode(handset.unlock_key),
        "unlock_serial": handset.unlock_serial,
        "knock": handset.knock,
        "seal_keys": _tell_keys(),
        "badge": {"code": badge.code, "url": badge_url, "qr": show_qr(badge_url)},
        "max_offline_days": max_offline_days(),
        "server_time": timezone.now().isoformat(),
    }


def _tell_keys() -> list[dict[str, str]]:
    return [{"kid": key.kid, "key": _encode(key.public_point)} for key in seal_keys_in_service()]


def _encode(content: bytes | memoryview) -> str:
    return base64.b64encode(content).decode()


def _write_work(request: HttpRequest) -> bytes:
    return json.dumps(read_work(reader_of(request)), ensure_ascii=False).encode()


def _tag_of(content: bytes) -> str:
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def _tell_upload(upload: Upload, *, status: int = 200) -> HttpResponse:
    told: dict[str, Any] = {"received": upload.received, "done": upload.is_done}
    refusal = refusal_of(upload)
    if refusal is not None:
        told["refused"] = {"code": refusal.code, "sentence": refusal.sentence}
        return JsonResponse(told, status=422)
    if upload.is_done:
        told["receipt"] = receipt_of(upload)
    return JsonResponse(told, status=status)
