"""What the API answers: JSON, the tag of its state, and whether the caller has it already."""

import hashlib
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Header
from pydantic import BaseModel

from gwa.common.api.errors import TagStale

IfMatch = Annotated[
    str,
    Header(
        alias="If-Match",
        min_length=1,
        max_length=200,
        description="The `ETag` of the object as it was read, or `*`.",
    ),
]
IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[A-Za-z0-9_\-]{1,100}$",
        description="Chosen by the caller, one for each thing to do; kept 24 hours.",
    ),
]


def tag_of(body: bytes) -> str:
    """Return the tag of a state: the same content has the same tag."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def answer(
    request: HttpRequest, content: BaseModel, *, status: int = 200, location: str = ""
) -> HttpResponse:
    """Answer with an object and its tag; with nothing where the caller has that state already."""
    body = content.model_dump_json().encode()
    tag = tag_of(body)
    known = _tags(request.headers.get("If-None-Match", ""))
    if request.method == "GET" and (tag in known or "*" in known):
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(body, status=status, content_type="application/json")
    response["ETag"] = tag
    if location:
        response["Location"] = location
    return response


def answer_page(content: BaseModel) -> HttpResponse:
    """Answer with one page of a list."""
    return HttpResponse(content.model_dump_json(), content_type="application/json")


def check_tag(if_match: str, content: BaseModel) -> None:
    """Refuse to correct an object that is no longer as the caller read it.

    The row must be locked already: what is compared must be what is corrected.
    """
    tag = tag_of(content.model_dump_json().encode())
    if not {tag, "*"} & _tags(if_match):
        raise TagStale


def _tags(header: str) -> set[str]:
    """Return the tags of a header; a weak one never equals ours."""
    return {part.strip() for part in header.split(",") if part.strip()}
