"""Memory of a demonstration at rest: launcher, web server, worker and PostgreSQL."""

import shutil
import tempfile
import time
from pathlib import Path

from launcher.project import ROOT

from benchmarks import Figure, _demo

NAME = "memory"
# Seconds of rest before weighing.
SIZE = 30


def run(size: int) -> list[Figure]:
    """Start the demonstration on data of its own, let it rest `size` seconds, and weigh it."""
    state = Path(tempfile.mkdtemp(prefix="gwa-memory-"))
    own = {"GWA_STATE_DIR": str(state), "DATABASE_URL": "", "GWA_MODE": ""}
    try:
        with _demo.running(ROOT, **own) as (launcher, _):
            time.sleep(size)
            family = _demo.find_family(launcher, _demo.find_postmaster(state))
            weight = _demo.weigh(family)
    finally:
        shutil.rmtree(state)
    data = f"demonstration country, {len(family)} processes, {size} s at rest"
    return [Figure("memory at rest", round(weight, 2), "GiB", data, target=1)]
