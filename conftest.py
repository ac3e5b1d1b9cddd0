"""The tests' database: each worker has its own clone of the template made by `./gwa test`.

Tests connect as `gwa_app`, as the product does. It can neither empty nor own tables, so a test that
commits (`transaction=True`) is followed by a fresh clone instead of the usual flush.
"""

import os
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connections
from django.test import TransactionTestCase
from psycopg import sql
from pytest_django import DjangoDbBlocker

pytest_plugins = ["gwa.testing.fixtures"]


class Clones:
    """The clone that this worker's tests use."""

    def __init__(self, template: str, worker: str) -> None:
        self.template = template
        self.name = f"gwa_test_{os.environ['GWA_TEST_RUN']}_{worker}"
        self.owner_url = os.environ["DATABASE_OWNER_URL"]

    def renew(self) -> None:
        """Replace the clone by a new one, as if no test had run."""
        connections.close_all()
        with psycopg.connect(self.owner_url, dbname="postgres", autocommit=True) as server:
            name, template = sql.Identifier(self.name), sql.Identifier(self.template)
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
            server.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(name, template)
            )

    def drop(self) -> None:
        """Remove the clone."""
        connections.close_all()
        with psycopg.connect(self.owner_url, dbname="postgres", autocommit=True) as server:
            name = sql.Identifier(self.name)
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))

    def use(self) -> None:
        """Point Django, and the processes that tests start, at the clone."""
        for connection in connections.all():
            connection.settings_dict["NAME"] = self.name
        for variable in ("DATABASE_URL", "DATABASE_OWNER_URL"):
            os.environ[variable] = os.environ[variable].replace(self.template, self.name)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, worker_id: str
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
        TransactionTestCase._fixture_teardown = flush  # type: ignore[attr-defined]
        clones.drop()


@pytest.fixture
def owner_connection(transactional_db: None) -> Iterator[psycopg.Connection]:
    """Connect as the tables' owner: for tests of the protections themselves.

    What it does is committed at once; the clone is renewed after the test.
    """
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as connection:
        yield connection
