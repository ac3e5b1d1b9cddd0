"""Real processes and real PostgreSQL for the launcher's tests, apart from everything else."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from launcher.postgres import Cluster
from launcher.project import ROOT, make_state

# What `./gwa test` gave this process must not reach the installations that the tests make.
_OURS = ("GWA_", "DATABASE_", "DJANGO_", "PYTEST_")


@pytest.fixture(autouse=True)
def fresh_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run as from a new shell."""
    for name in list(os.environ):
        if name.startswith(_OURS):
            monkeypatch.delenv(name)


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the test a state folder that PostgreSQL's user can pass through, and use it."""
    folder = Path(tempfile.mkdtemp(prefix="gwa-test-"))
    monkeypatch.setenv("GWA_STATE_DIR", str(folder))
    make_state(folder)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def cluster(state: Path) -> Iterator[Cluster]:
    """Give the test a private PostgreSQL of its own."""
    made = Cluster(state, ("fsync=off",))
    yield made
    made.stop()
    if not made.home.is_relative_to(state):
        shutil.rmtree(made.home)


@pytest.fixture
def gwa() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run `./gwa` to its end on the installation of a state folder."""

    def run(*words: str, state: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [ROOT / "gwa", *words],
            cwd=ROOT,
            env={**os.environ, "GWA_STATE_DIR": str(state)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )

    return run
