"""The tests' database: each worker has its own clone of the template made by `./gwa test`.

Tests connect as `gwa_app`, as the product does. It can neither empty nor own tables, so a test that
commits (`transaction=True`) is followed by a fresh clone instead of the usual flush.
"""

import os
import time
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connections
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from pytest_django import DjangoDbBlocker

from gwa.testing.stage import Stage

pytest_plugins = ["gwa.testing.fixtures"]

# A busy machine draws slowly, and no test asserts a speed: as many examples, however long.
settings.register_profile("gwa", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("gwa")


class Clones:
    """The clone that this worker's tests use."""

    def __init__(self, template: str, worker: str) -> None:
        self.template = template
        self.name = f"gwa_test_{os.environ['GWA_TEST_RUN']}_{worker}"
        # On the private PostgreSQL its superuser, who may end any forgotten connection.
        owner = os.environ["DATABASE_OWNER_URL"]
        self.server_url = os.environ.get("GWA_TEST_SERVER_URL", owner)
        self.owner = conninfo_to_dict(owner)["user"]

    def renew(self) -> None:
        """Replace the clone by a new one, as if no test had run."""
        make = "CREATE DATABASE {name} OWNER {owner} TEMPLATE {template} STRATEGY file_copy"
        self._tell_server("DROP DATABASE IF EXISTS {name} WITH (FORCE)", make)

    def drop(self) -> None:
        """Remove the clone."""
        self._tell_server("DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _tell_server(self, *statements: str) -> None:
        """Run statements, again where somebody was still connected: a page that is still loading,
        or a server's own process, comes and goes by itself.
        """
        connections.close_all()
        words = {"name": self.name, "owner": self.owner, "template": self.template}
        names = {word: sql.Identifier(str(value)) for word, value in words.items()}
        for patience in (0.2, 0.5, 1, 2, 4, 0):
            try:
                with psycopg.connect(self.server_url, dbname="postgres", autocommit=True) as server:
                    for statement in statements:
                        server.execute(sql.SQL(statement).format(**names))
                return
            except psycopg.Error:
                if not patience:
                    raise
                time.sleep(patience)

    def use(self) -> None:
        """Point Django, and the processes that tests start, at the clone."""
        for connection in connections.all():
            connection.settings_dict["NAME"] = self.name
        for variable in ("DATABASE_URL", "DATABASE_OWNER_URL"):
            os.environ[variable] = os.environ[variable].replace(self.template, self.name)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    worker_id: str,
    stage: Stage,
) -> Iterator[None]:
    """Give this worker its database."""
    template = os.environ.get("GWA_TEST_TEMPLATE")
    if not template:
        pytest.exit("Lancez les tests par ./gwa test · run the tests with ./gwa test", 2)
    clones = Clones(template, worker_id)
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]
    TransactionTestCase._fixture_teardown = lambda case: clones.renew()  # type: ignore[attr-defined]
    with django_db_blocker.unblock():
        clones.renew()
        clones.use()
        yield
        stage.clear()
        TransactionTestCase._fixture_teardown = flush  # type: ignore[attr-defined]
        clones.drop()


@pytest.fixture
def owner_connection(transactional_db: None) -> Iterator[psycopg.Connection]:
    """Connect as the tables' owner: for tests of the protections themselves.

    What it does is committed at once; the clone is renewed after the test.
    """
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as connection:
        yield connection
