"""What each route asks of the person who opens it.

The marks are plain attributes of the view, so that every module may set them, the ones below
`accounts` too; the middleware of `accounts` enforces them. A view without a mark is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol, TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise

View = TypeVar("View", bound=Callable[..., object])

PUBLIC = "public"
SIGNED_IN = "signed_in"
MACHINE = "machine"
DEVICE = "device"
_MARK = "access_needed"


@dataclass(frozen=True, slots=True)
class Right:
    """One thing a person may do, listed in the `rights.py` of its module.

    `personal` rights open personal data: outside the technical unit their use is journalled.
    `for_machines` rights are those that the API asks, and that a partner's machine may be given.
    """

    code: str
    label: str | Promise
    personal: bool = False
    for_machines: bool = False


@cache
def all_rights() -> dict[str, Right]:
    """Every right of the program by code, module by module."""
    rights: dict[str, Right] = {}
    for module in settings.MODULES:
        if find_spec(f"{module}.rights") is not None:
            for right in import_module(f"{module}.rights").RIGHTS:
                if right.code in rights:
                    raise ValueError(f"two rights are called {right.code}")
                rights[right.code] = right
    return rights


class Person(Protocol):
    """What modules below `accounts` may ask of the person who acts."""

    def has_right(self, code: str) -> bool:
        """Tell whether the person's profile grants the right."""

    def scope_paths(self) -> list[str]:
        """Return the zone paths the person may see; `*` for the whole country."""


def needs(right: str) -> Callable[[View], View]:
    """Mark a view as open only to those who hold the right."""

    def mark(view: View) -> View:
        setattr(view, _MARK, right)
        return view

    return mark


def signed_in(view: View) -> View:
    """Mark a view as open to anybody with an account."""
    setattr(view, _MARK, SIGNED_IN)
    return view


def public(view: View) -> View:
    """Mark a view as open to everybody."""
    setattr(view, _MARK, PUBLIC)
    return view


def for_machines(view: View) -> View:
    """Mark a view as open to machines alone; each of its operations says which right it asks."""
    setattr(view, _MARK, MACHINE)
    return view


def for_devices(view: View) -> View:
    """Mark a view as open to telephones alone; the door of interviews says which right it asks."""
    setattr(view, _MARK, DEVICE)
    return view


def access_needed(view: Callable[..., object]) -> str | None:
    """Return what the view asks, or None where it says nothing."""
    return getattr(view, _MARK, None) or getattr(getattr(view, "view_class", None), _MARK, None)


def person_of(request: HttpRequest) -> Person:
    """Return the person of a request that the middleware has let through."""
    return request.user  # type: ignore[return-value]
