"""The country that several benchmarks measure, loaded once a run."""

import resource
import sys
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection

from gwa.journal.models import SYSTEM
from gwa.testing.demo import load_first_dictionary
from gwa.testing.loading.country import load_country


@dataclass(frozen=True, slots=True)
class Country:
    """A loaded country, and what the load took: clock, and processor on both sides."""

    households: int
    persons: int
    seconds: float
    python_seconds: float
    postgres_seconds: float


@cache
def load_once(size: int) -> Country:
    """Load into the empty database as the command does, the first time it is asked."""
    become_owner()
    load_first_dictionary()
    started, python = time.perf_counter(), _python_seconds()

    def say(text: str) -> None:
        print(f"    {time.perf_counter() - started:6.1f} s  {text}", file=sys.stderr, flush=True)

    loaded = load_country(households=size, seed=1, actor=SYSTEM, say=say)
    return Country(
        households=loaded.households,
        persons=loaded.persons,
        seconds=time.perf_counter() - started,
        python_seconds=_python_seconds() - python,
        postgres_seconds=_backend_seconds(),
    )


def become_owner() -> None:
    """Speak as the owner of the tables."""
    connection.close()
    connection.settings_dict.update(settings.OWNER_DATABASE)


def become_application() -> None:
    """Ask as the role that the policies bind."""
    connection.close()
    connection.settings_dict.update(settings.APPLICATION_DATABASE)


def _python_seconds() -> float:
    """Processor time of this process and of those that drew the people."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(use.ru_utime + use.ru_stime for use in map(resource.getrusage, whose))


def _backend_seconds() -> float:
    """Processor time of this connection's PostgreSQL process, when it runs here under Linux.

    Its parallel workers are not in it.
    """
    assert connection.connection is not None
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100
