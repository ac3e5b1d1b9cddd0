"""People who look at the registry's screens, each in a browser of their own."""

import pytest
from django.test import Client

from gwa.accounts.models import User
from gwa.testing.accounts import browser_of, make_account


@pytest.fixture
def operator(cast) -> User:
    """Sira, operator of the technical unit: the whole country."""
    return make_account("operator", username="sira")


@pytest.fixture
def agent(cast) -> User:
    """The agent of the commune of Socoura: reads, in one commune."""
    return make_account("commune_agent", cast.places.socoura)


@pytest.fixture
def desk(operator) -> Client:
    """The operator's browser."""
    return browser_of(operator)


@pytest.fixture
def commune(agent) -> Client:
    """The commune agent's browser."""
    return browser_of(agent)
