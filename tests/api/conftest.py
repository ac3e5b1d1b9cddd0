"""The API as a partner's program meets it: over WSGI, with a world to read and change."""

import pytest

from gwa.registry.actions import set_identifier
from gwa.testing.cast import FATOU, Cast, correction
from gwa.testing.machines import Caller, make_machine


@pytest.fixture
def world(cast: Cast, dictionary: object) -> Cast:
    """The cast, with a number and a published dictionary."""
    set_identifier(
        person=cast.person("Awa"),
        kind="nina",
        value="12345678901234A",
        source=correction(),
        actor=FATOU,
    )
    return cast


@pytest.fixture
def caller(world: Cast) -> Caller:
    """A machine with every right, in the whole country."""
    return make_machine(calls_per_minute=100_000)
