"""A private PostgreSQL of its own for each test, with fsync, as an installation has."""

import shutil
import subprocess

import pytest
from launcher import environment, postgres
from launcher.environment import Addresses
from launcher.project import PYTHON


@pytest.fixture
def cluster(tmp_path_factory):
    """A private PostgreSQL, empty."""
    state = tmp_path_factory.mktemp("killed")
    state.chmod(0o755)
    cluster = postgres.Cluster(state, ("max_connections=40", "shared_buffers=64MB"))
    cluster.make()
    cluster.start()
    yield cluster
    cluster.stop()
    shutil.rmtree(cluster.home)


@pytest.fixture
def env(cluster):
    """The environment of processes that serve, once the tables and the tiny geography stand."""
    addresses = Addresses(*(cluster.url(role) for role in ("gwa_app", "gwa_owner", "gwa_backup")))
    env = environment.for_django("test", cluster.state, addresses)
    environment.manage("migrate", env=environment.as_owner(env, addresses))
    environment.manage("make_partitions", env=environment.as_owner(env, addresses))
    play("from gwa.testing.places import make_places; make_places()", env)
    return env


def play(scene, env):
    """Run a few lines of Python in the installation, and return what they print."""
    words = [PYTHON, "-c", f"import django; django.setup()\n{scene}"]
    done = subprocess.run(words, env=env, check=True, capture_output=True, text=True)  # noqa: S603 (our own words)
    return done.stdout
