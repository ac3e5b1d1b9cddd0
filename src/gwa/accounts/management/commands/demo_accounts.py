"""`demo_accounts`: one account for each profile, written where the launcher shows them."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.db.models import F

from gwa.accounts.actions.demo import CAST, create_demo_accounts, make_passphrase
from gwa.accounts.models import Profile, User
from gwa.common.scope import everywhere
from gwa.zones.models import Level, Zone


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Make the accounts of the demonstration; run it as often as you like."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say where those of the cast who work in one place work."""
        parser.add_argument("--commune", help="code of a current commune")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        """Make what is missing; passwords already shown stay as they are."""
        file = Path(settings.STATE_DIR) / "demo-accounts.json"
        shown = json.loads(file.read_text()) if file.exists() else []
        passwords = {one["login"]: one["password"] for one in shown}
        logins = {one.login for one in CAST}
        present = set(User.objects.filter(username__in=logins).values_list("username", flat=True))
        if passwords.keys() == logins == present:
            return
        passwords = {login: passwords.get(login) or make_passphrase() for login in logins}
        with transaction.atomic(), everywhere():
            create_demo_accounts(passwords=passwords, places=choose_places(options["commune"]))
        write_private(file, _as_shown(passwords))


def choose_places(code: str | None = None) -> dict[str, Zone]:
    """Return the commune of that code, or the one with most people, and its cercle."""
    communes = Zone.objects.current().filter(level=Level.COMMUNE)
    if code:
        communes = communes.filter(code=code)
    commune = communes.order_by(F("population").desc(nulls_last=True), "code").first()
    if commune is None:
        raise CommandError("There is no commune yet: load the demonstration country first.")
    above = Zone.objects.filter(pk__in=commune.ancestor_ids, level=Level.CERCLE)
    return {"commune": commune, "cercle": above.first() or commune}


def _as_shown(passwords: dict[str, str]) -> str:
    names = dict(Profile.objects.values_list("code", "name"))
    lines = [
        {
            "profile": names[one.profile],
            "login": one.login,
            "password": passwords[one.login],
        }
        for one in CAST
    ]
    return json.dumps(lines, ensure_ascii=False, indent=1)


def write_private(file: Path, text: str) -> None:
    """Write a file that only its owner may read."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as output:
        output.write(text)
    draft.replace(file)
