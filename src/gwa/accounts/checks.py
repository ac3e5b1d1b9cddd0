"""What `manage check` and `./gwa doctor` refuse in the settings of accounts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


def connect() -> None:
    """Add our checks to Django's."""
    register(check_second_factor)


def check_second_factor(**_: Any) -> list[CheckMessage]:  # noqa: ANN401
    """Refuse an installation that would let profiles do without a second factor."""
    if settings.SECOND_FACTOR == "required" or settings.MODE == "demo":
        return []
    return [
        Error(
            "GWA_SECOND_FACTOR may be 'optional' in a demonstration only.",
            hint="Remove GWA_SECOND_FACTOR from the environment.",
            id="accounts.E001",
        )
    ]
