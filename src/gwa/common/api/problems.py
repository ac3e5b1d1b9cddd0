"""Refusals as machines read them: problem details (RFC 9457), in French or English.

`code` is the code of the `DomainError`, the same on screens and in the journal; `errors` says what
is wrong field by field.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, Field

from gwa.common.api import errors
from gwa.common.errors import Busy, DomainError

MEDIA_TYPE = "application/problem+json"
SEEN = "api_refusal"

log = logging.getLogger(__name__)


class FieldProblem(BaseModel):
    """What is wrong with one field."""

    field: str = Field(description="Path of the field, for example `members.0.birth_date`.")
    detail: str
    code: str = ""


class Problem(BaseModel):
    """A refusal (RFC 9457): what happened, in words, and a code that never changes."""

    type: str = Field(description="`urn:gwa:` and the code.")
    title: str
    status: int
    detail: str
    code: str
    request_id: str = Field(description="Quote it when you report a problem.")
    errors: list[FieldProblem] = []


TITLES: dict[int, str | Promise] = {
    400: _("Requête illisible"),
    401: _("Non identifié"),
    403: _("Interdit"),
    404: _("Introuvable"),
    405: _("Verbe refusé"),
    406: _("Format de réponse impossible"),
    409: _("Conflit"),
    412: _("L’objet a changé"),
    413: _("Corps trop grand"),
    415: _("Format de corps refusé"),
    422: _("Valeurs refusées"),
    428: _("Il manque l’état de départ"),
    429: _("Trop d’appels"),
    500: _("Panne du registre"),
}
_STATUS: dict[type[DomainError], int] = {
    errors.NotSignedIn: 401,
    errors.RightMissing: 403,
    errors.NotFound: 404,
    errors.MethodNotAllowed: 405,
    errors.NotAcceptable: 406,
    errors.BodyTooLarge: 413,
    errors.WrongMediaType: 415,
    errors.BodyUnreadable: 400,
    errors.KeyMissing: 400,
    errors.TagMissing: 428,
    errors.TagStale: 412,
    errors.TooManyCalls: 429,
    errors.Failed: 500,
    Busy: 409,
}
# Refusals of modules that mean something more precise to HTTP than "not like this" (422).
_BY_CODE: dict[str, int] = {}
_OF_STATUS: dict[int, type[DomainError]] = {
    400: errors.BodyUnreadable,
    403: errors.NotFound,
    404: errors.NotFound,
    405: errors.MethodNotAllowed,
    413: errors.BodyTooLarge,
}


def answer_with(statuses: Mapping[str, int]) -> None:
    """Say which HTTP status answers the refusals of a module, by code; 422 for all others."""
    _BY_CODE.update(statuses)


def status_of(refusal: DomainError) -> int:
    """Return the HTTP status of a refusal."""
    return _STATUS.get(type(refusal)) or _BY_CODE.get(refusal.code, 422)


def refuse(
    request: HttpRequest, refusal: DomainError, fields: Iterable[FieldProblem] = ()
) -> HttpResponse:
    """Put a refusal into the answer's words, and let the middleware know it for the journal."""
    status = status_of(refusal)
    problem = Problem(
        type=f"urn:gwa:{refusal.code}",
        title=str(TITLES.get(status, TITLES[422])),
        status=status,
        detail=refusal.sentence,
        code=refusal.code,
        request_id=request_id_of(request),
        errors=list(fields),
    )
    answer = HttpResponse(
        problem.model_dump_json(exclude_defaults=True), status=status, content_type=MEDIA_TYPE
    )
    if status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="gwa"'
    if status == 429:
        answer["Retry-After"] = str(refusal.facts.get("seconds", 1))
    setattr(request, SEEN, (status, refusal.code))
    return answer


def request_id_of(request: HttpRequest) -> str:
    """Return the number under which the journal knows the request."""
    return str(getattr(request, "request_id", ""))


def translate(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Turn a refusal that the framework made into a problem; leave others alone."""
    if answer.status_code < 400 or answer.headers.get("Content-Type", "").startswith(
        (MEDIA_TYPE, "application/json")
    ):
        return answer
    kind = _OF_STATUS.get(answer.status_code)
    if answer.status_code >= 500:
        kind = errors.Failed
    if kind is None:
        return answer
    problem = refuse(request, kind())
    if "Allow" in answer.headers:
        problem["Allow"] = answer["Allow"]
    return problem


_SENTENCES: dict[str, str | Promise] = {
    "missing": _("Cette valeur manque."),
    "extra_forbidden": _("Ce nom n’est pas prévu ici."),
    "string_type": _("Un texte est attendu."),
    "string_too_short": _("%(min_length)s signes au moins."),
    "string_too_long": _("%(max_length)s signes au plus."),
    "string_pattern_mismatch": _("Ce texte n’a pas la forme attendue."),
    "bool_type": _("true ou false est attendu."),
    "bool_parsing": _("true ou false est attendu."),
    "int_type": _("Un nombre entier est attendu."),
    "int_parsing": _("Un nombre entier est attendu."),
    "int_from_float": _("Un nombre entier est attendu."),
    "float_type": _("Un nombre est attendu."),
    "float_parsing": _("Un nombre est attendu."),
    "finite_number": _("Un nombre est attendu."),
    "greater_than_equal": _("%(ge)s au moins."),
    "less_than_equal": _("%(le)s au plus."),
    "enum": _("Une de ces valeurs est attendue : %(expected)s."),
    "literal_error": _("Une de ces valeurs est attendue : %(expected)s."),
    "uuid_parsing": _("Un identifiant (UUID) est attendu."),
    "uuid_type": _("Un identifiant (UUID) est attendu."),
    "date_type": _("Une date est attendue, écrite 2026-11-22."),
    "date_parsing": _("Une date est attendue, écrite 2026-11-22."),
    "date_from_datetime_parsing": _("Une date est attendue, écrite 2026-11-22."),
    "date_from_datetime_inexact": _("Une date est attendue, sans heure."),
    "datetime_type": _("Un instant est attendu, avec son fuseau : 2026-11-22T10:00:00Z."),
    "datetime_parsing": _("Un instant est attendu, avec son fuseau : 2026-11-22T10:00:00Z."),
    "datetime_from_date_parsing": _(
        "Un instant est attendu, avec son fuseau : 2026-11-22T10:00:00Z."
    ),
    "timezone_aware": _("Un instant est attendu, avec son fuseau : 2026-11-22T10:00:00Z."),
    "dict_type": _("Un objet est attendu."),
    "model_attributes_type": _("Un objet est attendu."),
    "model_type": _("Un objet est attendu."),
    "list_type": _("Une liste est attendue."),
    "too_short": _("%(min_length)s éléments au moins."),
    "too_long": _("%(max_length)s éléments au plus."),
    "birth_one_way": _(
        "Dites la naissance d’une seule façon : birth_date, birth_year, ou birth_from et birth_to."
    ),
    "position_whole": _("lat et lon vont ensemble."),
    "one_member": _(
        "Donnez « member » (une personne nouvelle) ou « known » (une personne connue)."
    ),
    "too_old": _("Pas avant l’an 2000."),
}
_OTHER = _("Cette valeur ne convient pas.")


def refuse_values(request: HttpRequest, found: Sequence[Mapping[str, Any]]) -> HttpResponse:
    """Refuse a request that has not the shape the document describes.

    A missing header has a status of its own: it is not a value to mend but a step left out.
    """
    places = {".".join(map(str, one["loc"])) for one in found if one["type"] == "missing"}
    for header, kind in (("If-Match", errors.TagMissing), ("Idempotency-Key", errors.KeyMissing)):
        if f"header.{header}" in places:
            return refuse(request, kind())
    return refuse(request, errors.ValuesRefused(), [_say(one) for one in found])


def _say(one: Mapping[str, Any]) -> FieldProblem:
    # The first part is where the value stands (query, body), the second the parameter's name.
    place = list(map(str, one["loc"]))
    place = place[2:] if place[0] == "body" and len(place) > 2 else place[1:]
    sentence = str(_SENTENCES.get(one["type"], _OTHER))
    detail = sentence % one["ctx"] if one.get("ctx") and "%(" in sentence else sentence
    return FieldProblem(field=".".join(place), detail=detail, code=one["type"])
