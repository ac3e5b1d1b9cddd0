"""Moussa's telephone with Gwa Collecte, greeted."""

import pytest

from gwa.submissions.tests.conftest import (  # noqa: F401 (fixtures)
    Telephone,
    assigned,
    form,
    telephone,
)
from gwa.testing.collecte import Collecte


@pytest.fixture
def enrolled(telephone, assigned) -> Collecte:  # noqa: F811
    """The code was shown, and the application has not called yet."""
    return Collecte(telephone.token)


@pytest.fixture
def collecte(enrolled) -> Collecte:
    """The application has greeted the server."""
    assert enrolled.hello().status_code == 200
    return enrolled
