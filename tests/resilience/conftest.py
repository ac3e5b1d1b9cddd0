"""A private PostgreSQL of its own for each test, with fsync, as an installation has.

Tables and the tiny geography are made once; each test gets a copy of the stopped database.
"""

import shutil
import subprocess

import pytest
from launcher import environment, postgres, prepare
from launcher.environment import Addresses
from launcher.project import PYTHON


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A database with its tables and the tiny geography, stopped."""
    cluster = cluster_in(tmp_path_factory)
    cluster.make()
    cluster.start()
    env = environment_of(cluster)
    prepare.make_tables(env, addresses_of(cluster), None)
    play("from gwa.testing.places import make_places; make_places()", env)
    cluster.stop()
    yield cluster
    shutil.rmtree(cluster.home)


@pytest.fixture
def cluster(tmp_path_factory, made):
    """A copy of it, running."""
    cluster = cluster_in(tmp_path_factory)
    cluster.home.mkdir(parents=True)
    # Owners too: PostgreSQL's user is not ours.
    subprocess.run(["cp", "-a", f"{made.home}/.", cluster.home], check=True)  # noqa: S603, S607 (our own words)
    cluster.start()
    yield cluster
    cluster.stop()
    shutil.rmtree(cluster.home)


def cluster_in(tmp_path_factory):
    """Name a private PostgreSQL in a state folder of its own."""
    state = tmp_path_factory.mktemp("killed")
    state.chmod(0o755)
    return postgres.Cluster(state, ("max_connections=40", "shared_buffers=64MB"))


def addresses_of(cluster):
    """Return the addresses of its three roles."""
    return Addresses(*(cluster.url(role) for role in ("gwa_app", "gwa_owner", "gwa_backup")))


def environment_of(cluster):
    """Return the environment of processes that serve."""
    return environment.for_django("test", cluster.state, addresses_of(cluster))


@pytest.fixture
def env(cluster):
    """The environment of processes that serve."""
    return environment_of(cluster)


def play(scene, env):
    """Run a few lines of Python in the installation, and return what they print."""
    words = [PYTHON, "-c", f"import django; django.setup()\n{scene}"]
    done = subprocess.run(words, env=env, check=True, capture_output=True, text=True)  # noqa: S603 (our own words)
    return done.stdout
