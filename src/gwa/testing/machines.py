"""Machines of partners, for tests: opened by the action, calling over HTTP."""

import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

from gwa.accounts.actions.machines import open_machine
from gwa.accounts.models import Machine, Organisation
from gwa.accounts.rights import rights_of_machines
from gwa.journal.models import SYSTEM
from gwa.zones.models import Zone

PREFIX = "/api/v1"


@dataclass(slots=True)
class Caller:
    """A machine with its token: what a partner's program would do."""

    machine: Machine
    secret: str
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))
    token: str = ""

    def sign_in(self, scope: str = "") -> HttpResponse:
        """Ask for a token, and keep it."""
        form = {
            "grant_type": "client_credentials",
            "client_id": self.machine.client_id,
            "client_secret": self.secret,
            **({"scope": scope} if scope else {}),
        }
        answer = self.client.post(
            f"{PREFIX}/token",
            "&".join(f"{name}={value}" for name, value in form.items()),
            content_type="application/x-www-form-urlencoded",
        )
        self.token = answer.json().get("access_token", "")
        return answer  # type: ignore[return-value]

    def get(self, path: str, **headers: str) -> Any:  # noqa: ANN401 (the test client's answer)
        """Read."""
        return self.client.get(f"{PREFIX}{path}", headers=self._headers(headers))

    def post(self, path: str, body: object, *, key: str | None = None, **headers: str) -> Any:  # noqa: ANN401
        """Write, under a key of its own unless one is given; an empty one sends none."""
        key = uuid.uuid4().hex if key is None else key
        return self.client.post(
            f"{PREFIX}{path}",
            body if isinstance(body, str) else json.dumps(body),
            content_type=headers.pop("content_type", "application/json"),
            headers=self._headers(headers) | ({"Idempotency-Key": key} if key else {}),
        )

    def patch(self, path: str, body: object, *, tag: str, **headers: str) -> Any:  # noqa: ANN401
        """Correct, from the state that has this tag; an empty one sends none."""
        return self.client.patch(
            f"{PREFIX}{path}",
            json.dumps(body),
            content_type="application/json",
            headers=self._headers(headers) | ({"If-Match": tag} if tag else {}),
        )

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return {"Authorization": f"Bearer {self.token}", **named}


def make_machine(
    *zones: Zone,
    rights: list[str] | None = None,
    name: str = "Caisse",
    **more: Any,  # noqa: ANN401
) -> Caller:
    """Open a machine with every right of machines, or those given, and sign it in.

    It sees the whole country unless zones are given.
    """
    organisation, _ = Organisation.objects.get_or_create(name="CANAM", kind="scheme")
    machine, secret = open_machine(
        name=name,
        organisation=organisation,
        rights=list(rights_of_machines()) if rights is None else rights,
        zones=zones,
        is_national=not zones,
        actor=SYSTEM,
        **more,
    )
    caller = Caller(machine, secret)
    caller.sign_in()
    return caller
