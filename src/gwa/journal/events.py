"""What each action is called in words. Each module names its own in `events.py`.

`EVENTS` maps a code ("registry.member_moved") to a French phrase ("Membre déplacé"). A test finds
the codes that are recorded without a name.
"""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENTS = {
    "journal.reasons_erased": _("Motifs effacés avec un ménage"),
    "journal.searched": _("Journal consulté"),
}


@cache
def all_events() -> dict[str, str | Promise]:
    """Every named action of the program by code, module by module."""
    events: dict[str, str | Promise] = {}
    for module in (app.name for app in apps.get_app_configs() if app.name.startswith("gwa.")):
        if find_spec(f"{module}.events") is not None:
            events |= import_module(f"{module}.events").EVENTS
    return events


def name_of(action: str) -> str:
    """Return the action in words, or its code where nobody named it."""
    return str(all_events().get(action, action))
