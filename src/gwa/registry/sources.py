"""Where facts come from, and which source is believed."""

import datetime as dt
from functools import cache

import yaml
from django.conf import settings
from django.utils import timezone

from gwa.common.people import name_of_account
from gwa.journal.models import Actor
from gwa.registry.models import Source
from gwa.registry.rules.identifiers import NinaLayout
from gwa.registry.rules.precedence import Precedence


def new_source(kind: Source.Kind, label: str, collected_on: dt.date) -> Source:
    """Return a source for one action; the action keeps it with what it changes."""
    return Source(kind=kind, label=label, collected_on=collected_on, recorded_at=timezone.now())


def source_of_person(kind: Source.Kind, actor: Actor, on: dt.date, *, paper: str = "") -> Source:
    """Return the source of facts that a person brings, perhaps from a paper, under its name."""
    name = name_of_account(actor.user_id, otherwise=actor.label)
    return new_source(kind, f"{paper} · {name}" if paper else name, on)


@cache
def precedence_rules() -> tuple[Precedence, ...]:
    """Read `parameters/source_precedence.yaml`, once a process."""
    text = (settings.BASE_DIR / "parameters" / "source_precedence.yaml").read_text("utf-8")
    return tuple(
        Precedence(
            valid_from=rule["valid_from"],
            reference=rule["reference"].strip(),
            ranks=tuple(rule["ranks"]),
            lasting=frozenset(rule["lasting"]),
        )
        for rule in yaml.safe_load(text)
    )


@cache
def nina_layout() -> NinaLayout | None:
    """Read `parameters/nina.yaml`: where a NINA is said to carry sex and year, if anywhere."""
    text = (settings.BASE_DIR / "parameters" / "nina.yaml").read_text("utf-8")
    layout = max(yaml.safe_load(text), key=lambda rule: rule["valid_from"])["layout"]
    return NinaLayout(**layout) if layout else None
