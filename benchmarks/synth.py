"""How long `./gwa synth` takes: drawing, sealing, loading, indexes, keys and search.

Seconds of processor are told beside seconds of clock: on a machine that others use, only they can
be compared with another run.
"""

import resource
import sys
import time
from pathlib import Path

from django.conf import settings
from django.db import connection

from benchmarks import Figure
from gwa.journal.models import SYSTEM
from gwa.testing.demo import load_first_dictionary
from gwa.testing.loading.country import Loaded, load_country

NAME = "synth"
SIZE = 1_000_000
_TARGET_SECONDS = 300


def run(size: int) -> list[Figure]:
    """Load a country into the empty database."""
    loaded, seconds = load_as_owner(size)
    data = f"{loaded.households} households, {loaded.persons} persons"
    target = _TARGET_SECONDS if size >= SIZE else None
    return [
        Figure("synth", seconds, "s", data, target=target),
        Figure("synth_cpu_python", _python_seconds(), "s", data),
        Figure("synth_cpu_postgres", _backend_seconds(), "s", data),
    ]


def load_as_owner(size: int) -> tuple[Loaded, float]:
    """Load as the command does; give what was loaded and the seconds it took."""
    connection.close()
    connection.settings_dict.update(settings.OWNER_DATABASE)
    load_first_dictionary()
    started = time.perf_counter()

    def say(text: str) -> None:
        print(f"    {time.perf_counter() - started:6.1f} s  {text}", file=sys.stderr, flush=True)

    loaded = load_country(households=size, seed=1, actor=SYSTEM, say=say)
    return loaded, time.perf_counter() - started


def _python_seconds() -> float:
    """Processor time of this process and of those that drew the people."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(use.ru_utime + use.ru_stime for use in map(resource.getrusage, whose))


def _backend_seconds() -> float:
    """Processor time of this connection's PostgreSQL process, when it runs here under Linux."""
    assert connection.connection is not None
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100
