"""What actions, and the records they are about, are called in words. Each module says its own.

In a module's `events.py`, `EVENTS` maps a code ("registry.member_moved") to a French phrase
("Membre déplacé"), and `SUBJECTS` a model ("registry.household") to its kind. Tests find the codes
that are recorded without a name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENTS = {
    "journal.reasons_erased": _("Motifs effacés avec un ménage"),
    "journal.searched": _("Journal consulté"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of record, and how any reader of the journal tells one of them from another.

    `field` holds its name or number: never personal data, for lines tell it to whoever reads them.
    """

    kind: str | Promise
    field: str = ""
    written: Callable[[str], str] = str


@cache
def all_events() -> dict[str, str | Promise]:
    """Every named action of the program by code, module by module."""
    return _gather("EVENTS")


@cache
def all_subjects() -> dict[str, Subject]:
    """Every named kind of record of the program by model, module by module."""
    return _gather("SUBJECTS")


def _gather(name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for module in (app.name for app in apps.get_app_configs() if app.name.startswith("gwa.")):
        if find_spec(f"{module}.events") is not None:
            found |= getattr(import_module(f"{module}.events"), name, {})
    return found


def name_of(action: str) -> str:
    """Return the action in words, or its code where nobody named it."""
    return str(all_events().get(action, action))
