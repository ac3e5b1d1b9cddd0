"""The API of machines, version 1: every module's operations under `/api/v1`.

What is common to all is in `gwa/common/api`; who calls is found by `gwa.accounts.middleware`.
"""

import logging
from functools import cache

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import get_language
from django.views.decorators.http import require_GET
from ninja.errors import HttpError, ValidationError

from gwa.accounts import api as accounts
from gwa.collection import api as collection
from gwa.common.access import all_rights, for_machines, public
from gwa.common.api import errors
from gwa.common.api.document import DocumentedAPI
from gwa.common.api.problems import FieldProblem, refuse, refuse_values
from gwa.common.api.versions import NOTICE, VERSIONS
from gwa.common.errors import DomainError
from gwa.registry import api as registry
from gwa.variables import api as variables
from gwa.variables.errors import AnswersRefused, explain
from gwa.zones import api as zones

log = logging.getLogger(__name__)

_DESCRIPTION = """
Households, persons and memberships of the social registry, for the systems of partners.

Ask `/api/v1/token` for a token with the identifier and the secret that the registry's administrator
gave you (OAuth 2, client credentials), and send it as `Authorization: Bearer …`. You see the zones
and the fields that your machine was given. Fields bear the names of the variables at `/variables`.

A `POST` needs an `Idempotency-Key`: sent again with the same body it answers the same and does
nothing twice. A `PATCH` needs the `ETag` of what you read in `If-Match`. Refusals are problem
details (RFC 9457) in the language of `Accept-Language` (fr, en); `code` never changes.
"""


class RegistryAPI(DocumentedAPI):
    """The API with the names of this program's rights."""

    def describe_right(self, right: str) -> str:
        """Say what a right opens."""
        return str(all_rights()[right].label)


api = RegistryAPI(
    title="Gwa",
    version="1",
    description=_DESCRIPTION.strip(),
    docs_url=None,
    openapi_url=None,  # served below, completed
    urls_namespace="api",
    servers=[],
)
for module in (accounts, zones, variables, registry, collection):
    api.add_router("", module.router)


@api.exception_handler(DomainError)
def _refused(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    return refuse(request, refusal, fields_of(refusal))


@api.exception_handler(ValidationError)
def _misshapen(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return refuse_values(request, error.errors)


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    return refuse(request, errors.BodyUnreadable())


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return refuse(request, errors.NotFound())


@api.exception_handler(RequestDataTooBig)
def _too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return refuse(request, errors.BodyTooLarge())


@api.exception_handler(Exception)
def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("the API failed at %s", request.resolver_match, exc_info=error)
    request.has_failed = True  # type: ignore[attr-defined]  # nothing of it is kept
    return refuse(request, errors.Failed())


def fields_of(refusal: DomainError) -> list[FieldProblem]:
    """Say which fields a refusal of the registry is about, where it knows."""
    if isinstance(refusal, AnswersRefused):
        return [
            FieldProblem(
                field=f"answers.{problem.variable}",
                detail=explain(problem),
                code=f"variables.{problem.kind.value}",
            )
            for problem in refusal.problems
        ]
    name = refusal.facts.get("field") or _FIELD_OF.get(refusal.code)
    return (
        [FieldProblem(field=str(name), detail=refusal.sentence, code=refusal.code)] if name else []
    )


_FIELD_OF = {
    "collection.choose_zone": "zone_code",
    "collection.data_source_unknown": "data_source",
    "collection.mapping_refused": "saved_mapping",
    "collection.mapping_unknown": "saved_mapping",
    "registry.birth_impossible": "birth_date",
    "registry.dictionary_unknown": "dictionary_version",
    "registry.head_not_one": "members",
    "registry.identifier_malformed": "value",
    "registry.phone_malformed": "phone",
    "registry.position_off_earth": "lat",
    "registry.reason_missing": "reason",
    "registry.registry_number_refused": "registry_number",
    "registry.relationship_refused": "relationship",
    "registry.zone_closed": "zone_code",
    "registry.zone_not_settlement": "zone_code",
    "registry.zone_not_yours": "zone_code",
}


@public
@require_GET
def show_versions(request: HttpRequest) -> HttpResponse:
    """Tell which versions are served, since when, and until when where that is decided."""
    versions = [
        {
            "version": one.name,
            "status": "deprecated" if one.deprecated_on else "current",
            "since": one.since.isoformat(),
            "deprecated_on": one.deprecated_on and one.deprecated_on.isoformat(),
            "ends_on": one.ends_on and one.ends_on.isoformat(),
            "document": f"/api/{one.name}/openapi.json",
        }
        for one in VERSIONS
    ]
    return JsonResponse({"versions": versions, "notice_days": NOTICE.days})


@public
@require_GET
def show_document(request: HttpRequest) -> HttpResponse:
    """Give the OpenAPI document, in the language asked for."""
    return HttpResponse(_document(get_language()), content_type="application/json")


@cache
def _document(_language: str) -> bytes:
    """Write the document once a language: it takes the time of twenty pages."""
    return JsonResponse(api.get_openapi_schema()).content


def _operations() -> list[URLPattern]:
    """Return the routes of the operations, each marked with whom it opens to."""
    found = []
    doors = {operation.view_func.__name__: operation for _path, operation in api.operations()}
    for pattern in api.urls[0]:
        if not isinstance(pattern, URLPattern):
            continue
        operation = doors.get(str(pattern.name))
        if operation is None:  # the root, by which ninja finds its own address
            public(pattern.callback)
        else:
            (for_machines if operation.auth_callbacks else public)(pattern.callback)
        found.append(pattern)
    return found


urlpatterns: list[URLPattern | URLResolver] = [
    path("", show_versions, name="versions"),
    path("v1/openapi.json", show_document, name="document"),
    path("v1/", include(_operations())),
]
