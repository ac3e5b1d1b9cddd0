"""Machines that call the registry."""

import pytest

from gwa.testing.cast import Cast
from gwa.testing.machines import Caller, make_machine


@pytest.fixture
def caller(cast: Cast) -> Caller:
    """A machine with every right, in the whole country."""
    return make_machine()


@pytest.fixture
def neighbour(cast: Cast) -> Caller:
    """A machine of Gao, with every right there."""
    return make_machine(cast.places.gao, name="Gao")
