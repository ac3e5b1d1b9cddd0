"""What waits for somebody: each module says what, the first page lists it.

Modules register a provider from their AppConfig; the page that lists them lies below and knows none
of them by name.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from gwa.common.display import Text


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of "what waits for you": words, where they lead, and a note beside them."""

    label: Text
    url: str
    note: Text = ""


Provider = Callable[[Any], Iterable[Waiting]]
_providers: list[Provider] = []


def register_waiting(provider: Provider) -> None:
    """Add a provider: it takes the user and returns what waits for them, perhaps nothing."""
    if provider not in _providers:
        _providers.append(provider)


def list_waiting(user: Any) -> list[Waiting]:  # noqa: ANN401 (the user model lives above)
    """Return everything that waits for this user, module by module."""
    return [line for provider in _providers for line in provider(user)]
