"""A clerk's desk for tests: who sits there, and a sheet filled in as the pages send it."""

import json
from dataclasses import dataclass
from uuid import UUID

from django.test import Client
from django.urls import reverse

from gwa.accounts.models import User
from gwa.common.drafts import list_drafts
from gwa.testing.cast import Cast

HEAD = {
    "given_name": "Moussa", "family_name": "Dembélé", "sex": "M", "birth": "1980",
    "relationship": "head",
}  # fmt: skip
WIFE = {
    "given_name": "Assitan", "family_name": "Kanté", "sex": "F", "birth": "34",
    "relationship": "spouse",
}  # fmt: skip
CHILD = {
    "given_name": "Adama", "family_name": "Dembélé", "sex": "M", "birth": "12/03/2016",
    "relationship": "child",
}  # fmt: skip
CONSENT = {
    "c-consent_registration": "true", "c-consent_sharing": "false", "c-consent_form": "spoken",
}  # fmt: skip


@dataclass(slots=True)
class Desk:
    """One clerk's browser and the sheet being filled in."""

    client: Client
    user: User
    cast: Cast
    id: UUID

    def url(self, step: str, *args: object) -> str:
        return reverse(f"collection:desk_{step}", args=[self.id, *args])

    def send(self, step: str, fields: dict[str, object], *args: object):
        return self.client.post(self.url(step, *args), fields | {"whole": "1"})

    def place(self, **changes: object):
        zone = changes.pop("zone", self.cast.places.sevare)
        fields = {
            "source_kind": "paper", "interviewed_on": "01/10/2026", "paper_number": "F-12",
            "place": zone.name, "address": "près du puits",
        } | changes  # fmt: skip
        return self.send("place", {f"place-{name}": value for name, value in fields.items()})

    def members(self, *lines: dict[str, str], **more: object):
        fields = {
            f"m{key}-{name}": value
            for key, line in enumerate(lines, 1)
            for name, value in line.items()
        }
        return self.send("members", fields | more)

    def close(self, **changes: object):
        return self.send("closing", CONSENT | changes)

    def fill(self, *lines: dict[str, str]) -> None:
        """Fill in the least a household needs."""
        self.place()
        self.members(*(lines or (HEAD, WIFE, CHILD)))
        self.close()

    def register(self, reason: str = ""):
        return self.send("check", {"register": "1", "reason": reason})

    def told(self) -> dict[str, list[str]] | None:
        drafts = list_drafts(author_id=self.user.pk, begins=f"desk:{self.id}")
        return drafts[0].fields if drafts else None

    def keep(self, step: str, fields: dict[str, list[str]], key: int = 0):
        url = self.url("draft", step, key)
        return self.client.post(url, json.dumps(fields), content_type="application/json")


def sit_down(client: Client, user: User, cast: Cast) -> Desk:
    """Begin a new sheet."""
    answer = client.post(reverse("collection:desk"))
    assert answer.status_code == 302, answer.content
    return Desk(client, user, cast, UUID(answer["Location"].split("/")[-3]))


def said(answer) -> list[str]:
    """What the page of the last step asks to mend or to confirm, and why it refused."""
    context = answer.context
    lines = [line["finding"].sentence for line in [*context["problems"], *context["warnings"]]]
    return [*lines, *filter(None, [context["refusal"]])]
