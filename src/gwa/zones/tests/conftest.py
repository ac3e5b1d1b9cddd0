import datetime as dt

import pytest

from gwa.accounts.models import Profile, User
from gwa.common.scope import everywhere
from gwa.journal.models import Actor
from gwa.zones.actions import import_zones
from gwa.zones.boundaries.files import read_files
from gwa.zones.models import Geography, Zone
from gwa.zones.rules.orders import ImportOrder
from gwa.zones.tests.invented import write_country

ON = dt.date(2026, 11, 22)
ACTOR = Actor(label="essai")


@pytest.fixture
def actor():
    return ACTOR


@pytest.fixture
def run_import(db):
    """Import files as the command does, in one line."""

    def run(*paths, geography="2015", on=ON, **order):
        order = ImportOrder(geography=geography, on=on, **order)
        with everywhere():
            return import_zones(readings=read_files(paths), order=order, actor=ACTOR)

    return run


@pytest.fixture
def country(run_import, tmp_path):
    """The invented country, in force."""
    run_import(*write_country(tmp_path), name="Pays d’essai")
    return Geography.objects.get(code="2015")


@pytest.fixture
def zone(country):
    """Find a zone of the invented country by its code."""
    return lambda code: Zone.objects.get(geography=country, code=code)


@pytest.fixture
def sign_in(client):
    """Sign in somebody with these rights, nationwide or in some zones."""

    def sign(*rights, zones=None):
        profile = Profile.objects.create(
            code="essai", name="Essai", rights=list(rights), is_national=zones is None
        )
        user = User.objects.create(
            username="awa", email="awa@example.org", full_name="Awa", profile=profile
        )
        user.zones.set(zones or [])
        client.force_login(user)
        return client

    return sign
