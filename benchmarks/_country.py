"""The country that several benchmarks measure, loaded once a run."""

import os
import resource
import sys
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection

from benchmarks._demo import find_family
from gwa.journal.models import SYSTEM
from gwa.testing.demo import load_first_dictionary
from gwa.testing.loading.country import load_country

# Fields of /proc/…/stat, counted after the name.
_PARENT, _OWN, _OF_ENDED = 1, slice(11, 13), slice(13, 15)
_TICKS = os.sysconf("SC_CLK_TCK")


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
    connection.ensure_connection()
    started, python, server = time.perf_counter(), python_seconds(), server_seconds()

    def say(text: str) -> None:
        print(f"    {time.perf_counter() - started:6.1f} s  {text}", file=sys.stderr, flush=True)

    loaded = load_country(households=size, seed=1, actor=SYSTEM, say=say)
    return Country(
        households=loaded.households,
        persons=loaded.persons,
        seconds=time.perf_counter() - started,
        python_seconds=python_seconds() - python,
        postgres_seconds=server_seconds() - server,
    )


def become_owner() -> None:
    """Speak as the owner of the tables."""
    connection.close()
    connection.settings_dict.update(settings.OWNER_DATABASE)


def become_application() -> None:
    """Ask as the role that the policies bind."""
    connection.close()
    connection.settings_dict.update(settings.APPLICATION_DATABASE)


def python_seconds() -> float:
    """Processor time of this process and of those that drew the people."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(use.ru_utime + use.ru_stime for use in map(resource.getrusage, whose))


def server_seconds() -> float:
    """Processor time of all PostgreSQL's processes, also those that ended, when it runs here."""
    connection.ensure_connection()
    assert connection.connection is not None
    backend = _read_stat(connection.connection.info.backend_pid)
    if not backend:
        return 0.0
    postmaster = int(backend[_PARENT])
    ended = sum(map(int, _read_stat(postmaster)[_OF_ENDED]))
    living = [_read_stat(process)[_OWN] for process in find_family(postmaster)]
    return (ended + sum(int(ticks) for own in living for ticks in own)) / _TICKS


def _read_stat(process: int) -> list[str]:
    """Return what Linux says of a process after its name; nothing elsewhere, or when it is gone."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
