"""Fixtures for every module's tests: a plugin of pytest, named in the root `conftest.py`."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import trans_real
from pytest_django.plugin import blocking_manager_key

from gwa.common.scope import everywhere
from gwa.common.typography import typeset
from gwa.journal.models import SYSTEM
from gwa.questionnaires.models import FormVersion
from gwa.testing.cast import Cast, make_cast
from gwa.testing.places import TestPlaces, make_places
from gwa.testing.small_form import publish_test_form
from gwa.testing.stage import Stage
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


def _make_cast(below: dict[str, Any]) -> Cast:
    with everywhere():
        return make_cast(below["places"])


def _publish_dictionary() -> DictionaryVersion:
    folder = settings.BASE_DIR / "questionnaires" / "rsu-menage"
    version = load_dictionary(folder=folder, actor=SYSTEM)
    return publish_version(version=version, actor=SYSTEM, at=timezone.now())


STAGE = Stage(
    {
        "places": lambda below: make_places(),
        "cast": _make_cast,
        "dictionary": lambda below: _publish_dictionary(),
        "small_form": lambda below: publish_test_form(),
    }
)


@pytest.fixture(scope="session")
def stage() -> Stage:
    """What stays between tests."""
    return STAGE


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Function) -> None:
    """Clear the stage for a test that meets the database in a way of its own: it would wait."""
    if "django_db_setup" in item.fixturenames and "db" not in item.fixturenames:
        _set_stage(item.config, set())


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[object], request: pytest.FixtureRequest
) -> Iterator[None]:
    """Set the stage before a test's own transaction begins; clear it for a test that commits."""
    if fixturedef.argname == "_django_db_helper":
        marker = request.node.get_closest_marker("django_db")
        commits = "transactional_db" in request.fixturenames or (
            marker is not None and marker.kwargs.get("transaction", False)
        )
        _set_stage(request.config, set() if commits else {*request.fixturenames})
    return (yield)


def _set_stage(config: pytest.Config, wanted: set[str]) -> None:
    with config.stash[blocking_manager_key].unblock():
        STAGE.prepare(wanted)


@pytest.fixture
def places(db: None, stage: Stage) -> TestPlaces:
    """The tiny geography."""
    found: TestPlaces = stage.show("places")
    return found


@pytest.fixture
def whole_country(db: None) -> Iterator[None]:
    """An open transaction that sees every zone, as the technical unit does."""
    with transaction.atomic(), everywhere():
        yield


@pytest.fixture
def cast(whole_country: None, places: TestPlaces, stage: Stage) -> Cast:
    """The named households, with the whole country in sight."""
    found: Cast = stage.show("cast")
    return found


@pytest.fixture
def dictionary(db: None, stage: Stage) -> DictionaryVersion:
    """The dictionary that the project ships, in service."""
    found: DictionaryVersion = stage.show("dictionary")
    return found


@pytest.fixture
def small_form(dictionary: DictionaryVersion, stage: Stage) -> FormVersion:
    """The small form, in service."""
    found: FormVersion = stage.show("small_form")
    return found
