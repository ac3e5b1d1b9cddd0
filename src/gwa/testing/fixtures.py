"""Fixtures for every module's tests: a plugin of pytest, named in the root `conftest.py`."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import trans_real

from gwa.common.scope import everywhere
from gwa.common.typography import typeset
from gwa.journal.models import SYSTEM
from gwa.testing.cast import Cast, make_cast
from gwa.testing.places import TestPlaces, make_places
from gwa.variables.actions import load_dictionary, publish_version
from gwa.variables.models import DictionaryVersion


@pytest.fixture(scope="session", autouse=True)
def french_as_typed() -> None:
    """Let tests quote sentences as the source has them: `gwa.common.typography` has its own."""
    words = trans_real.translation("fr")._catalog  # type: ignore[attr-defined]
    spaces = str.maketrans("\u00a0\u202f", "  ")
    for source, shown in list(words.items()):
        is_typed = isinstance(source, str) and shown == typeset(source, "fr")
        words[source] = source if is_typed else shown.translate(spaces)


@pytest.fixture
def places(db: None) -> TestPlaces:
    """The tiny geography."""
    return make_places()


@pytest.fixture
def whole_country(db: None) -> Iterator[None]:
    """An open transaction that sees every zone, as the technical unit does."""
    with transaction.atomic(), everywhere():
        yield


@pytest.fixture
def cast(whole_country: None, places: TestPlaces) -> Cast:
    """The named households, with the whole country in sight."""
    return make_cast(places)


@pytest.fixture
def dictionary(db: None) -> DictionaryVersion:
    """The dictionary that the project ships, in service."""
    folder = settings.BASE_DIR / "questionnaires" / "rsu-menage"
    version = load_dictionary(folder=folder, actor=SYSTEM)
    return publish_version(version=version, actor=SYSTEM, at=timezone.now())
