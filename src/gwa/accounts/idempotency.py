"""The same write sent twice is done once: a network that fails must not register a family twice."""

import hashlib
import json
from collections.abc import Callable

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from gwa.accounts.models import Machine, MachineAnswer
from gwa.common.api.errors import KeyReused
from gwa.common.crypto import seal, unseal
from gwa.common.ids import new_id
from gwa.journal.actions import record

_KEPT_HEADERS = ("ETag", "Location")
_CELL = {"table": "accounts_machineanswer", "column": "sealed"}
# A second call with the same key waits here until the first has ended, whichever way.
_TAKE = """
    INSERT INTO accounts_machineanswer (id, machine_id, key, request_digest, made_at)
    VALUES (%s, %s, %s, %s, %s) ON CONFLICT (machine_id, key) DO NOTHING
"""


def once(
    request: HttpRequest, key: str, do: Callable[[], HttpResponse], *, content: bytes | None = None
) -> HttpResponse:
    """Do what the request asks unless this machine's key was used: then answer the same again.

    Only what was done is kept. A refusal (any `DomainError` that `do` raises) gives the key back:
    nothing happened, and the same key may carry the mended request.
    """
    machine: Machine = request.machine  # type: ignore[attr-defined]
    digest = _digest_of(request, request.body if content is None else content)
    number = new_id()
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [number, machine.pk, key, digest, timezone.now()])
        is_first = cursor.rowcount == 1
    if not is_first:
        return _answer_again(request, machine, key, digest)
    try:
        with transaction.atomic():
            answer = do()
    except Exception:
        MachineAnswer.objects.filter(pk=number).delete()
        raise
    kept = {
        "status": answer.status_code,
        "body": answer.content.decode(),
        "headers": {name: answer[name] for name in _KEPT_HEADERS if name in answer.headers},
    }
    MachineAnswer.objects.filter(pk=number).update(
        sealed=seal(json.dumps(kept), row=number, **_CELL)
    )
    return answer


def _digest_of(request: HttpRequest, content: bytes) -> bytes:
    parts = (request.method or "", request.path, request.headers.get("If-Match", ""))
    return hashlib.sha256("\0".join(parts).encode() + b"\0" + content).digest()


def _answer_again(request: HttpRequest, machine: Machine, key: str, digest: bytes) -> HttpResponse:
    found = MachineAnswer.objects.get(machine=machine, key=key)
    if bytes(found.request_digest) != digest or found.sealed is None:
        raise KeyReused
    kept = json.loads(unseal(found.sealed, row=found.pk, **_CELL))
    record("accounts.call_repeated", actor=request.actor)  # type: ignore[attr-defined]
    answer = HttpResponse(kept["body"], status=kept["status"], content_type="application/json")
    for name, value in kept["headers"].items():
        answer[name] = value
    answer["Idempotency-Replayed"] = "true"
    return answer
