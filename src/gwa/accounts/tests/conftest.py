"""The people these tests are about."""

import pytest

from gwa.accounts.models import User
from gwa.journal.models import Actor, Entry
from gwa.testing.accounts import make_account


@pytest.fixture
def administrator(whole_country) -> User:
    """Kadiatou, who manages accounts."""
    return make_account("administrator", username="kadiatou")


@pytest.fixture
def actor(administrator) -> Actor:
    """Kadiatou, acting."""
    return Actor(
        label=administrator.username,
        user_id=administrator.pk,
        right="accounts.manage_accounts",
    )


@pytest.fixture
def last_line():
    """Give the newest journal line of an action."""

    def find(action: str) -> Entry:
        return Entry.objects.filter(action=action).order_by("-at").first()

    return find
